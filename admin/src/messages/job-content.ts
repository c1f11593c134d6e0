import type {
  Message,
  SendContactCard,
  SendInteractive,
  SendMessage,
} from '../../../server/src/messages/contract';
import type { EntryRef } from '../../../server/src/template-use/contract';
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
  /** Files stand in it with `key` of their item as their upload until that is through. */
  parameters: TemplateValues;
  rendered: RenderedTemplate;
  /** File of the header. */
  item: TrayItem | null;
  /** Files of cards. */
  cardItems?: TrayItem[];
  /** The server fills in what is left out, from bindings: values that this person may send but not see. */
  bound?: { entry?: EntryRef };
}

/** The file that a bubble shows, if any. */
export const itemOf = (content: JobContent): TrayItem | null =>
  content.type === 'file' || content.type === 'template' ? content.item : null;

/** Files besides that one. */
export const cardItemsOf = (content: JobContent): TrayItem[] =>
  content.type === 'template' ? (content.cardItems ?? []) : [];

/** Ids of finished uploads by the key of their item. */
export type UploadIds = Record<string, string>;

const replaced = (value: unknown, ids: UploadIds): unknown => {
  if (Array.isArray(value)) return value.map((one) => replaced(one, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'uploadId' && typeof inner === 'string' ? (ids[inner] ?? inner) : replaced(inner, ids),
    ]),
  );
};

/** Values with finished uploads in the place of their items' keys. */
export const withUploads = (values: TemplateValues, ids: UploadIds): TemplateValues =>
  replaced(values, ids) as TemplateValues;

const templateBody = (job: TemplateJob, ids: UploadIds): Partial<SendMessage.Body> => {
  const { name, language, bound } = job;
  const parameters = withUploads(job.parameters, ids);
  const filled = bound ? { bound: true, ...(bound.entry ? { entry: bound.entry } : {}) } : {};
  return { type: 'template', template: { name, language, parameters, ...filled } };
};

/** The part of a send body that carries the content. */
export const bodyOf = (
  content: JobContent,
  upload: Upload | null,
  cardUploads: UploadIds = {},
): Partial<SendMessage.Body> => {
  if (content.type === 'text') {
    const { body, previewUrl } = content;
    return { type: 'text', text: { body, ...(previewUrl === undefined ? {} : { previewUrl }) } };
  }
  if (content.type === 'template') {
    const own = content.item && upload ? { [content.item.key]: upload.uploadId } : {};
    return templateBody(content, { ...own, ...cardUploads });
  }
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
