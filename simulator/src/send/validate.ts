import { parameterError, required, whatsAppError } from '../errors';
import { findMedia } from '../media';
import { mediaProblem, voiceProblem, type MediaKind } from '../media-types';
import type { NumberRecord, World } from '../world';
import { isFields, limitText, listOf, requireText, textOf, type Fields } from './fields';
import { checkInteractive } from './interactive';
import { findSendable, renderTemplate } from './template';

const MEDIA_KINDS: readonly MediaKind[] = ['audio', 'document', 'image', 'sticker', 'video'];
const OPAQUE_MAX = 512;

/** A send that Meta would accept. */
export interface CheckedSend {
  type: string;
  /** What a person reads. */
  text: string;
  /** The object under the type's key. */
  content: unknown;
  /** `service` or the template's category in lower case. */
  category: string;
  opaque: string | null;
  /** Meta notices it only after accepting: becomes a failed status. */
  lateFailure: { code: number; details: string } | null;
}

type Checked = Pick<CheckedSend, 'text'> & Partial<Pick<CheckedSend, 'category' | 'lateFailure'>>;
type Check = (content: Fields, world: World, number: NumberRecord, type: string) => Checked;

const checkText: Check = (content) => ({ text: requireText(content.body, "text['body']", 4096) });

const checkMedia: Check = (content, world, number, type) => {
  const kind = type as MediaKind;
  if (!content.id && !content.link) throw required(`${type}['id'|'link']`);
  const caption = limitText(content.caption, `${type}['caption']`, 1024);
  if (caption && (type === 'audio' || type === 'sticker'))
    throw parameterError(`Unexpected key "caption" on param "${type}".`);
  const text = caption || textOf(content.filename);
  if (!content.id) {
    if (!/^https?:\/\/\S+$/.test(textOf(content.link)))
      throw parameterError(`Param ${type}['link'] is not a valid URI.`);
    return { text };
  }
  const media = findMedia(world, String(content.id));
  if (media?.phoneNumberId !== number.phoneNumberId) {
    throw parameterError(
      'Invalid parameter',
      `Media ID ${String(content.id)} does not exist or belongs to another number.`,
    );
  }
  const problem = mediaProblem(media, kind) ?? (content.voice === true ? voiceProblem(media) : null);
  return { text, lateFailure: problem ? { code: 131053, details: problem } : null };
};

const checkLocation: Check = (content) => {
  for (const [key, limit] of [
    ['latitude', 90],
    ['longitude', 180],
  ] as const) {
    if (content[key] === undefined || content[key] === '') throw required(`location['${key}']`);
    if (!(Math.abs(Number(content[key])) <= limit))
      throw parameterError(`Param location['${key}'] is out of range.`);
  }
  return { text: [content.name, content.address].map(textOf).filter(Boolean).join(', ') };
};

const checkReaction: Check = (content) => {
  requireText(content.message_id, "reaction['message_id']", 1024);
  if (typeof content.emoji !== 'string') throw required("reaction['emoji']");
  return { text: content.emoji };
};

const checkTemplate: Check = (content, world, number) => {
  const account = world.accounts.get(number.wabaId);
  if (!account) throw new Error(`Number ${number.phoneNumberId} has no account`);
  const template = findSendable(account, content);
  return { text: renderTemplate(template, content), category: template.category.toLowerCase() };
};

const CHECKS: Record<string, Check> = {
  text: checkText,
  ...Object.fromEntries(MEDIA_KINDS.map((kind) => [kind, checkMedia])),
  location: checkLocation,
  reaction: checkReaction,
  template: checkTemplate,
  interactive: (content) => {
    checkInteractive(content);
    return { text: isFields(content.body) ? textOf(content.body.text) : '' };
  },
};

const checkContacts = (contacts: unknown): Checked => {
  const list = listOf(contacts);
  if (list.length === 0 || list.length > 257)
    throw parameterError('Param contacts must have between 1 and 257 elements.');
  const names = list.map((contact) => (isFields(contact.name) ? contact.name : {}));
  names.forEach((name, index) => {
    requireText(name.formatted_name, `contacts[${index}]['name']['formatted_name']`, 1024);
    const parts = ['first_name', 'last_name', 'middle_name', 'suffix', 'prefix'];
    if (!parts.some((part) => textOf(name[part]))) {
      throw whatsAppError(
        131009,
        'At least one of first_name, last_name, middle_name, suffix or prefix is required',
      );
    }
  });
  return { text: names.map((name) => textOf(name.formatted_name)).join(', ') };
};

/** Checks type and content of a send. @throws GraphError as Meta answers it. */
export const checkSend = (world: World, number: NumberRecord, body: Fields): CheckedSend => {
  const type = body.type === undefined ? 'text' : String(body.type);
  const check = CHECKS[type];
  if (!check && type !== 'contacts') {
    const known = [...Object.keys(CHECKS), 'contacts'].map((name) => name.toUpperCase()).sort();
    throw parameterError(`Param type must be one of {${known.join(', ')}} - got "${type}".`);
  }
  const opaque = limitText(body.biz_opaque_callback_data, 'biz_opaque_callback_data', OPAQUE_MAX);
  const content = body[type];
  if (type !== 'contacts' && !isFields(content)) {
    throw whatsAppError(131008, `Parameter of type ${type} is missing in body`);
  }
  const checked = isFields(content) && check ? check(content, world, number, type) : checkContacts(content);
  return { type, content, opaque: opaque || null, category: 'service', lateFailure: null, ...checked };
};
