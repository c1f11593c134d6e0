import type { ConnectedNumber } from '../integrations/registry';
import type { Scope } from '../storage/scope';
import type { PrepareTemplate } from '../templates/sending';
import type { TemplateValues } from '../templates/values';
import type { OutgoingContent } from './contract';

type OutgoingMessage = Extract<OutgoingContent, { kind: 'message' }>;

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
  const values = content.parameters ?? (components ? null : {});
  const prepared = await prepare(scope, number, {
    name,
    language: language.code,
    values: values as TemplateValues | null,
  });
  if (!prepared) return content;
  const filled = prepared.components ?? components ?? [];
  const template = { name, language, ...(filled.length > 0 ? { components: filled } : {}) };
  return { ...content, element: { ...element, template }, rendered: prepared.rendered };
};
