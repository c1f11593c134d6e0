import type {
  Message,
  SendContactCard,
  SendInteractive,
  SendMessage,
} from '../../../server/src/messages/contract';
import type { RenderedTemplate } from '../../../server/src/templates/render';
import type { TemplateValues } from '../../../server/src/templates/values';
import type { Upload } from '../../../server/src/uploads/contract';
import type { TrayItem } from './attachments/tray';

/** What one message says, before the server has it. */
export type JobContent =
  | { type: 'text'; body: string; previewUrl?: boolean }
  | { type: 'file'; item: TrayItem }
  | { type: 'location'; location: NonNullable<SendMessage.Body['location']> }
  | { type: 'contacts'; contacts: SendContactCard[] }
  | { type: 'interactive'; interactive: SendInteractive }
  | TemplateJob;

/** A template with its values, and how it looks with them. */
export interface TemplateJob {
  type: 'template';
  name: string;
  language: string;
  /** A header's file stands in it with `item.key` as its upload until that is through. */
  parameters: TemplateValues;
  rendered: RenderedTemplate;
  /** File of the header. */
  item: TrayItem | null;
}

/** The file that goes with a message, if any. */
export const itemOf = (content: JobContent): TrayItem | null =>
  content.type === 'file' || content.type === 'template' ? content.item : null;

const templateBody = (
  { name, language, parameters, item }: TemplateJob,
  upload: Upload | null,
): Partial<SendMessage.Body> => {
  if (!item || !upload) return { type: 'template', template: { name, language, parameters } };
  const header = Object.fromEntries(
    Object.entries(parameters.header ?? {}).map(([kind, file]) => [
      kind,
      { ...(file as Record<string, unknown>), uploadId: upload.uploadId },
    ]),
  );
  return { type: 'template', template: { name, language, parameters: { ...parameters, header } } };
};

/** The part of a send body that carries the content. */
export const bodyOf = (content: JobContent, upload: Upload | null): Partial<SendMessage.Body> => {
  if (content.type === 'text') {
    const { body, previewUrl } = content;
    return { type: 'text', text: { body, ...(previewUrl === undefined ? {} : { previewUrl }) } };
  }
  if (content.type === 'template') return templateBody(content, upload);
  if (content.type !== 'file') return content;
  const { caption, name } = content.item;
  const kind = upload?.kind ?? content.item.kind;
  const file = { uploadId: upload?.uploadId };
  const words = caption.trim() === '' ? {} : { caption: caption.trim() };
  switch (kind) {
    case 'voice':
      return { type: 'audio', audio: { ...file, voice: true } };
    case 'document':
      return { type: 'document', document: { ...file, ...words, fileName: upload?.fileName ?? name } };
    case 'image':
      return { type: 'image', image: { ...file, ...words } };
    case 'video':
      return { type: 'video', video: { ...file, ...words } };
    default:
      return { type: kind, [kind]: file };
  }
};

type Shown = Pick<Message, 'type' | 'text' | 'media' | 'content'>;

const shownMedia = (item: TrayItem): NonNullable<Shown['media']> => ({
  id: item.key,
  url: item.previewUrl,
  mimeType: item.mimeType,
  fileName: item.kind === 'document' ? item.name : null,
  size: item.size,
  state: item.previewUrl === null ? 'pending' : 'stored',
  width: item.width,
  height: item.height,
});

/** How a message looks before the server has answered for it. */
export const shownContent = (content: JobContent): Shown => {
  switch (content.type) {
    case 'text':
      return { type: 'text', text: content.body, media: null, content: {} };
    case 'file': {
      const { kind, caption } = content.item;
      return { type: kind, text: caption.trim(), content: {}, media: shownMedia(content.item) };
    }
    case 'template': {
      const { rendered, item } = content;
      return {
        type: 'template',
        text: rendered.text,
        content: { rendered },
        media: item && shownMedia(item),
      };
    }
    case 'location': {
      const { name, address } = content.location;
      const text = [name, address].filter(Boolean).join(', ');
      return { type: 'location', text, media: null, content: { ...content.location } };
    }
    case 'contacts':
      return {
        type: 'contacts',
        text: content.contacts.map(({ name }) => name.formatted_name).join(', '),
        media: null,
        content: { contacts: content.contacts },
      };
    default:
      return {
        type: 'interactive',
        text: content.interactive.body.text,
        media: null,
        content: { interactive: content.interactive },
      };
  }
};
