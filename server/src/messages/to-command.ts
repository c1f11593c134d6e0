import type { MessageElement } from '../cloud-api/element';
import { invalid } from '../errors';
import { idOf } from '../http/validate';
import type { Addressee, FileSlot, OutgoingContent, SendCommand } from '../outbound/contract';
import { interactiveContent } from './interactive-content';
import { SEND_TYPES, textProblem, type SendInput, type SendType } from './send-input';
import { sourceOf, type FileSource, type SendMediaKind } from './send-media';
import {
  isBound,
  sendTemplate,
  templateElement,
  templateFile,
  type SendTemplateInput,
} from './send-template';

const addresseeOf = (input: SendInput): Addressee => {
  const given: [string, Addressee][] = [];
  if (input.conversationId !== undefined) {
    given.push(['conversationId', { conversationId: idOf(input.conversationId) }]);
  }
  if (input.contactId !== undefined) given.push(['contactId', { contactId: idOf(input.contactId) }]);
  if (input.to !== undefined) given.push(['to', { phone: input.to }]);
  if (input.phoneNumber !== undefined) given.push(['phoneNumber', { phone: input.phoneNumber }]);
  if (input.userId !== undefined) given.push(['userId', { userId: input.userId }]);
  if (given.length === 1) return given[0][1];
  const message = 'Name exactly one of conversationId, contactId, to (or phoneNumber) and userId';
  throw invalid([{ path: given.length === 0 ? 'to' : given[1][0], message }]);
};

/** The one kind that a body speaks of: its `type`, or the object that is there. */
const typeOf = (input: SendInput): SendType => {
  const objects = SEND_TYPES.filter((type) => input[type] !== undefined);
  if (input.message !== undefined) {
    if (input.text !== undefined)
      throw invalid([{ path: 'message', message: 'Is the short form of "text"; give one of them' }]);
    objects.push('text');
  }
  const type = input.type ?? (input.voice ? 'voice' : objects[0]);
  if (type === undefined)
    throw invalid([{ path: 'text', message: 'Say what to send: a text, a file, a template …' }]);
  // A voice note is audio at Meta, so its object may have either name.
  const fits = (object: SendType): boolean => object === type || (type === 'voice' && object === 'audio');
  const foreign = objects.find((object) => !fits(object));
  if (foreign) {
    const path = foreign === 'text' && input.message !== undefined ? 'message' : foreign;
    throw invalid([{ path, message: `Does not belong to a message of type ${type}` }]);
  }
  if (objects.length === 0) throw invalid([{ path: type, message: 'Is required for this type' }]);
  if (objects.length > 1) throw invalid([{ path: objects[1], message: 'Give one of voice and audio' }]);
  return type;
};

const textElement = (input: SendInput): MessageElement => {
  const text = input.text ?? { body: input.message ?? '', previewUrl: true };
  const problem = textProblem(text.body);
  if (problem) throw invalid([{ path: input.text ? 'text.body' : 'message', message: problem }]);
  return { type: 'text', text: { body: text.body, preview_url: text.previewUrl } };
};

const given = (value: string | undefined): string | undefined => (value?.trim() ? value : undefined);

const mediaContent = (input: SendInput, type: SendMediaKind): OutgoingContent => {
  const file = (type === 'voice' ? (input.voice ?? input.audio) : input[type]) as FileSource & {
    caption?: string;
    fileName?: string;
    voice?: boolean;
  };
  const isVoice = type === 'voice' || file.voice === true;
  const kind = type === 'voice' ? 'audio' : type;
  const caption = given(file.caption);
  const slot: FileSlot = {
    source: sourceOf(file),
    as: isVoice ? 'voice' : type,
    at: [kind],
    fileName: file.fileName ?? null,
    field: type,
  };
  const inner = { ...(caption ? { caption } : {}), ...(isVoice ? { voice: true } : {}) };
  return { kind: 'message', element: { type: kind, [kind]: inner } as unknown as MessageElement, file: slot };
};

const longTemplate = (input: SendInput): SendTemplateInput => {
  if (typeof input.template === 'object') return input.template;
  const parsed = sendTemplate.safeParse({
    name: input.template,
    language: input.language,
    parameters: input.templateParams ? { body: input.templateParams } : undefined,
  });
  if (parsed.success) return parsed.data;
  throw invalid(
    parsed.error.issues.map(({ path, message }) => ({
      path: path[0] === 'name' ? 'template' : path[0] === 'parameters' ? 'templateParams' : String(path[0]),
      message,
    })),
  );
};

const templateContent = (input: SendInput): OutgoingContent => {
  const template = longTemplate(input);
  const element: MessageElement = { type: 'template', template: templateElement(template) };
  const file = templateFile(template);
  return {
    kind: 'message',
    element,
    file: file && {
      source: sourceOf(file.file),
      as: file.kind,
      at: ['template', 'components', 0, 'parameters', 0, file.kind],
      fileName: file.file.fileName ?? null,
      field: `template.parameters.header.${file.kind}`,
    },
    parameters: template.parameters ?? null,
    ...(template.language === undefined ? { anyLanguage: true } : {}),
    ...(isBound(template) ? { bound: { entry: template.entry ?? null } } : {}),
  };
};

const contentOf = (input: SendInput): OutgoingContent => {
  const type = typeOf(input);
  switch (type) {
    case 'text':
      return { kind: 'message', element: textElement(input), file: null };
    case 'location':
    case 'contacts':
      return {
        kind: 'message',
        element: { type, [type]: input[type] } as unknown as MessageElement,
        file: null,
      };
    case 'interactive':
      return interactiveContent(input.interactive as NonNullable<SendInput['interactive']>);
    case 'template':
      return templateContent(input);
    case 'reaction':
      return { kind: 'reaction', ...(input.reaction as NonNullable<SendInput['reaction']>) };
    default:
      return mediaContent(input, type);
  }
};

const assertTogether = (input: SendInput, content: OutgoingContent): void => {
  const forbid = (path: keyof SendInput, message: string): void => {
    if (input[path] !== undefined) throw invalid([{ path, message }]);
  };
  if (content.kind === 'reaction') {
    forbid('replyTo', 'A reaction cannot quote');
    forbid('scheduledAt', 'A reaction goes at once');
  }
  if (input.scheduledAt === undefined) forbid('cancelOnReply', 'Belongs to a message with scheduledAt');
};

/** A checked body as the command that every sender gives. */
export const toCommand = (
  input: SendInput,
  who: Pick<SendCommand, 'scope' | 'origin' | 'author' | 'rights' | 'reader'>,
): SendCommand => {
  const content = contentOf(input);
  assertTogether(input, content);
  return {
    ...who,
    content,
    addressee: addresseeOf(input),
    // 0 is nobody's: an id that cannot exist is not found rather than ignored.
    integrationId: input.integrationId === undefined ? null : (idOf(input.integrationId) ?? 0),
    replyTo: input.replyTo ?? null,
    clientKey: input.clientKey ?? null,
    scheduledAt: input.scheduledAt === undefined ? null : Date.parse(input.scheduledAt),
    cancelOnReply: input.cancelOnReply ?? false,
    hours: input.hours ?? 'queue',
    ...(input.expectedLastMessageId === undefined
      ? {}
      : {
          expectedLastMessageId:
            input.expectedLastMessageId === null ? null : (idOf(input.expectedLastMessageId) ?? 0),
        }),
  };
};
