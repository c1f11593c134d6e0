import type { TemplateElement } from '../cloud-api/element';
import type { ConnectedNumber } from '../integrations/registry';
import type { Scope } from '../storage/scope';
import type { PrepareTemplate, TemplateOrder } from '../templates/sending';
import type { TemplateValues } from '../templates/values';
import type { OutgoingContent } from './contract';

type OutgoingMessage = Extract<OutgoingContent, { kind: 'message' }>;

/** What is asked about a template. Whoever built Meta's components himself answers for them. */
export const orderOf = (
  { name, language, components }: TemplateElement,
  parameters: unknown,
): TemplateOrder & { language: string } => ({
  name,
  language: language.code,
  values: (parameters ?? (components ? null : {})) as TemplateValues | null,
});

/** A template is found, checked and filled; everything else passes as it is. */
export const withTemplate = async (
  prepare: PrepareTemplate,
  scope: Scope,
  number: ConnectedNumber,
  content: OutgoingContent,
): Promise<OutgoingMessage> => {
  if (content.kind !== 'message') throw new Error('A reaction is no message');
  const { element } = content;
  if (element.type !== 'template') return content;
  const { name, language, components } = element.template;
  const order = orderOf(element.template, content.parameters);
  const prepared = await prepare(scope, number, content.anyLanguage ? { ...order, language: null } : order);
  if (!prepared) return content;
  const filled = prepared.components ?? components ?? [];
  const template = {
    name,
    language: { ...language, code: prepared.language },
    ...(filled.length > 0 ? { components: filled } : {}),
  };
  return { ...content, element: { ...element, template }, rendered: prepared.rendered };
};
