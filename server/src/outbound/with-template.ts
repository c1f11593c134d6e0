import type { TemplateElement } from '../cloud-api/element';
import { WhatsAppError } from '../errors';
import type { ConnectedNumber } from '../integrations/registry';
import { senderOf, type AssertTemplateAllowed } from '../template-use/access';
import { strangerWith, type Fill } from '../template-use/fill';
import type { Bindings } from '../template-use/bindings';
import type { FillValues, PrepareTemplate, TemplateOrder } from '../templates/sending';
import { isMediaKind, type MediaReference, type TemplateValues } from '../templates/values';
import type { Target } from './addressee';
import type { Files, FileSlot, OutgoingContent, SendCommand } from './contract';

type OutgoingMessage = Extract<OutgoingContent, { kind: 'message' }>;

/** What sending needs of templates. */
export interface TemplateRooms {
  prepare: PrepareTemplate;
  assertAllowed: AssertTemplateAllowed;
  bindings: Pick<Bindings, 'stored'>;
  fill: Fill;
}

/** What is asked about a template. Whoever built Meta's components himself answers for them. */
export const orderOf = (
  { name, language, components }: TemplateElement,
  parameters: unknown,
): TemplateOrder & { language: string } => ({
  name,
  language: language.code,
  values: (parameters ?? (components ? null : {})) as TemplateValues | null,
});

const sourceOf = ({ uploadId, mediaId, url }: MediaReference): FileSlot['source'] => {
  if (uploadId !== undefined) return { uploadId };
  return mediaId !== undefined ? { mediaId } : { url };
};

/** Where the file of a template's header goes: the header is always its first component. */
const headerSlot = (values: TemplateValues | null): FileSlot | null => {
  const [kind, file] = Object.entries(values?.header ?? {}).find(([name]) => isMediaKind(name)) ?? [];
  if (kind === undefined || !isMediaKind(kind)) return null;
  const reference = file as MediaReference;
  return {
    source: sourceOf(reference),
    as: kind,
    at: ['template', 'components', 0, 'parameters', 0, kind],
    fileName: reference.fileName ?? null,
    field: `template.parameters.header.${kind}`,
  };
};

/** Values from the template's bindings for what the sender left out, when he asked for it. */
const fillerFor = (
  rooms: TemplateRooms,
  number: ConnectedNumber,
  { contactId }: Target,
  { scope, content, addressee, reader }: SendCommand,
): FillValues | undefined => {
  const bound = content.kind === 'message' ? content.bound : undefined;
  if (!bound) return undefined;
  return async (template, given) => {
    const name = { businessAccountId: number.businessAccountId, name: template.name };
    // The whole tenant's: what the writer may not see is still true of the person it is sent to.
    const tenant = { organizationId: scope.organizationId };
    const known = await rooms.fill.contactOf(tenant, contactId);
    const { values, parameters } = await rooms.fill.values(tenant, template, {
      bindings: await rooms.bindings.stored(tenant, name),
      given,
      contact: known ?? strangerWith('phone' in addressee ? addressee.phone : null),
      entry: bound.entry,
      reader: reader ?? null,
    });
    return { values, reasons: new Map(parameters.map(({ key, problem }) => [key, problem])) };
  };
};

/** A template is found, checked and filled; everything else passes as it is. */
export const withTemplate = async (
  rooms: TemplateRooms,
  files: Pick<Files, 'idNow'>,
  number: ConnectedNumber,
  target: Target,
  command: SendCommand,
): Promise<OutgoingMessage> => {
  const { scope, content, rights } = command;
  if (content.kind !== 'message') throw new Error('A reaction is no message');
  const { element } = content;
  if (element.type !== 'template') return content;
  const { name, language, components } = element.template;
  await rooms.assertAllowed(scope, number, name, senderOf(rights));
  const order = orderOf(element.template, content.parameters);
  const fill = fillerFor(rooms, number, target, command);
  const prepared = await rooms.prepare(scope, number, {
    ...order,
    ...(content.anyLanguage ? { language: null } : {}),
    ...(fill ? { fill, values: order.values ?? {} } : {}),
    fileIdOf: (kind, reference, field) =>
      files.idNow(scope, number, {
        source: sourceOf(reference),
        as: kind,
        fileName: reference.fileName ?? null,
        field: `template.parameters.${field}`,
      }),
  });
  if (!prepared) {
    if (fill) throw cannotFill(name);
    return content;
  }
  const filled = prepared.components ?? components ?? [];
  const template = {
    name,
    language: { ...language, code: prepared.language },
    ...(filled.length > 0 ? { components: filled } : {}),
  };
  return {
    ...content,
    element: { ...element, template },
    file: fill ? headerSlot(prepared.values) : content.file,
    ...(fill ? { parameters: prepared.values } : {}),
    rendered: prepared.rendered,
  };
};

const cannotFill = (name: string): WhatsAppError =>
  new WhatsAppError(
    'template_not_found',
    `The template "${name}" is not known here and WhatsApp cannot be asked now, so nothing can be filled in.`,
  );
