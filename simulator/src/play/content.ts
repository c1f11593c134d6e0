import { createVoiceNote } from '../fixtures/ogg';
import { createPdf } from '../fixtures/pdf';
import { createPng } from '../fixtures/png';
import { createSticker } from '../fixtures/webp';
import { isFields, listOf, textOf, type Fields } from '../send/fields';
import { webhookError } from '../errors';
import { mediaUrl, storeMedia, type NewMedia } from '../media';
import { findMessage } from '../threads';
import type { PlayAction } from '../types';
import type { World } from '../world';

/** A customer's message before it has an id and a sender. */
export interface PlayedContent {
  /** `type` of the webhook message. */
  type: string;
  /** Stands under the type's key; null: there is no such key. */
  content: unknown;
  /** What the phone shows. */
  text: string;
  replyTo?: string;
  /** More keys on the message itself. */
  beside?: Fields;
}

type Of<T extends PlayAction['type']> = Extract<PlayAction, { type: T }>;

const mediaContent = (world: World, media: Omit<NewMedia, 'origin'>, more: Fields): Fields => {
  const stored = storeMedia(world, { ...media, origin: 'received' });
  return {
    mime_type: stored.mimeType,
    sha256: stored.sha256,
    id: stored.id,
    url: mediaUrl(world, stored),
    ...more,
  };
};

const image = (world: World, phoneNumberId: string, action: Of<'image'>): PlayedContent => {
  const bytes = action.bytes ?? createPng(world.ids.random());
  const media = { phoneNumberId, mimeType: action.mimeType ?? 'image/png', fileName: null, bytes };
  return {
    type: 'image',
    content: mediaContent(world, media, action.caption ? { caption: action.caption } : {}),
    text: action.caption ?? '',
    replyTo: action.replyTo,
  };
};

const audio = (world: World, phoneNumberId: string, action: Of<'audio'>): PlayedContent => {
  const media = {
    phoneNumberId,
    mimeType: 'audio/ogg; codecs=opus',
    fileName: null,
    bytes: createVoiceNote(),
  };
  return {
    type: 'audio',
    content: mediaContent(world, media, { voice: action.voice ?? true }),
    text: '',
    replyTo: action.replyTo,
  };
};

const documentMessage = (world: World, phoneNumberId: string, action: Of<'document'>): PlayedContent => {
  const fileName = action.fileName ?? 'invoice.pdf';
  const media = { phoneNumberId, mimeType: 'application/pdf', fileName, bytes: createPdf(fileName) };
  const more = { filename: fileName, ...(action.caption && { caption: action.caption }) };
  return {
    type: 'document',
    content: mediaContent(world, media, more),
    text: action.caption ?? fileName,
    replyTo: action.replyTo,
  };
};

const sticker = (world: World, phoneNumberId: string, action: Of<'sticker'>): PlayedContent => {
  const colour = (): number => Math.floor(world.ids.random() * 256);
  const media = {
    phoneNumberId,
    mimeType: 'image/webp',
    fileName: null,
    bytes: createSticker(colour(), colour(), colour()),
  };
  return {
    type: 'sticker',
    content: mediaContent(world, media, { animated: false }),
    text: '',
    replyTo: action.replyTo,
  };
};

const location = (action: Of<'location'>): PlayedContent => {
  const name = action.name ?? 'Philz Coffee';
  const address = action.address ?? '101 Forest Ave, Palo Alto, CA 94301';
  const content = {
    latitude: action.latitude ?? 37.44221,
    longitude: action.longitude ?? -122.16166,
    name,
    address,
  };
  return { type: 'location', content, text: `${name}, ${address}` };
};

const contacts = (action: Of<'contacts'>): PlayedContent => {
  const name = action.name ?? 'Lucía Gómez';
  const phone = action.phone ?? '+15550100199';
  const [first, ...rest] = name.split(' ');
  const card = {
    name: { formatted_name: name, first_name: first, ...(rest.length > 0 && { last_name: rest.join(' ') }) },
    phones: [{ phone, wa_id: phone.replace(/\D/g, ''), type: 'MOBILE' }],
  };
  return { type: 'contacts', content: [card], text: name, beside: { origin: 'other' } };
};

/** The interactive object, or the template's components, of the business message that is tapped. */
const tappedOf = (world: World, wamid: string): Fields => {
  const found = findMessage(world, wamid);
  if (found?.message.direction !== 'in') throw new Error('Only a message of the business can be tapped');
  return isFields(found.message.content) ? found.message.content : {};
};

const actionOf = (content: Fields): Fields => (isFields(content.action) ? content.action : {});

const buttonReply = (world: World, action: Of<'button_reply'>): PlayedContent => {
  const replies = listOf(actionOf(tappedOf(world, action.messageId)).buttons).map((button) =>
    isFields(button.reply) ? button.reply : {},
  );
  const reply = replies.find((candidate) => !action.id || candidate.id === action.id);
  const id = action.id ?? textOf(reply?.id);
  const title = action.title ?? textOf(reply?.title);
  if (!id) throw new Error('That message has no reply buttons; give an id and a title');
  return {
    type: 'interactive',
    content: { type: 'button_reply', button_reply: { id, title } },
    text: title,
    replyTo: action.messageId,
  };
};

const listReply = (world: World, action: Of<'list_reply'>): PlayedContent => {
  const rows = listOf(actionOf(tappedOf(world, action.messageId)).sections).flatMap((section) =>
    listOf(section.rows),
  );
  const row = rows.find((candidate) => !action.id || candidate.id === action.id);
  const id = action.id ?? textOf(row?.id);
  const title = action.title ?? textOf(row?.title);
  const description = action.description ?? textOf(row?.description);
  if (!id) throw new Error('That message has no list; give an id and a title');
  return {
    type: 'interactive',
    content: { type: 'list_reply', list_reply: { id, title, ...(description && { description }) } },
    text: title,
    replyTo: action.messageId,
  };
};

const templateOf = (world: World, wamid: string, sent: Fields): Fields[] => {
  const number = world.numbers.get(findMessage(world, wamid)?.thread.phoneNumberId ?? '');
  const language = isFields(sent.language) ? sent.language.code : '';
  const template = world.accounts
    .get(number?.wabaId ?? '')
    ?.templates.find((candidate) => candidate.name === sent.name && candidate.language === language);
  return template?.components.find((component) => component.type.toUpperCase() === 'BUTTONS')?.buttons ?? [];
};

/** Tap on a template's quick reply: the payload is the one sent along, otherwise the label. */
const templateButton = (world: World, action: Of<'button'>): PlayedContent => {
  const sent = tappedOf(world, action.messageId);
  const buttons = templateOf(world, action.messageId, sent);
  const index = buttons.findIndex(
    (button) => button.type === 'QUICK_REPLY' && (!action.text || button.text === action.text),
  );
  const text = action.text ?? textOf(buttons[index]?.text);
  if (!text) throw new Error('That message has no quick replies; give a text');
  const component = listOf(sent.components).find(
    (candidate) =>
      textOf(candidate.type).toLowerCase() === 'button' && String(candidate.index) === String(index),
  );
  const given = component && textOf(listOf(component.parameters)[0]?.payload);
  return {
    type: 'button',
    content: { payload: action.payload ?? (given || text), text },
    text,
    replyTo: action.messageId,
  };
};

const order = (action: Of<'order'>): PlayedContent => ({
  type: 'order',
  content: {
    catalog_id: '194836987003835',
    text: action.text ?? '',
    product_items: [
      { product_retailer_id: 'SKU-1', quantity: 2, item_price: 30, currency: 'USD' },
      { product_retailer_id: 'SKU-2', quantity: 1, item_price: 25.5, currency: 'USD' },
    ],
  },
  text: action.text ?? '',
});

const unsupported = (action: Of<'unsupported'>): PlayedContent => ({
  type: 'unsupported',
  content: { type: action.subtype ?? 'poll_creation' },
  text: '',
  beside: { errors: [webhookError(131051, 'Message type is currently not supported.')] },
});

/** Builds what a customer sends; media are stored on the way. Reactions and number changes are no messages. */
export const buildContent = (
  world: World,
  phoneNumberId: string,
  action: Exclude<PlayAction, { type: 'reaction' | 'changed_number' }>,
): PlayedContent => {
  switch (action.type) {
    case 'text': {
      const beside = action.forwarded ? { context: { forwarded: true } } : undefined;
      return {
        type: 'text',
        content: { body: action.text },
        text: action.text,
        replyTo: action.replyTo,
        beside,
      };
    }
    case 'image':
      return image(world, phoneNumberId, action);
    case 'audio':
      return audio(world, phoneNumberId, action);
    case 'document':
      return documentMessage(world, phoneNumberId, action);
    case 'sticker':
      return sticker(world, phoneNumberId, action);
    case 'location':
      return location(action);
    case 'contacts':
      return contacts(action);
    case 'button':
      return templateButton(world, action);
    case 'button_reply':
      return buttonReply(world, action);
    case 'list_reply':
      return listReply(world, action);
    case 'order':
      return order(action);
    case 'unsupported':
      return unsupported(action);
  }
};
