import type { CommonContent } from '../content';
import type { MediaRef, MessageType } from '../events';
import { bool, compact, identifier, isObject, number, object, text, type JsonObject } from '../read';
import { capText } from '../storable';
import { bestText } from './best-text';
import { contactsContent } from './contact-cards';
import { interactiveContent } from './interactive';
import { readErrors } from './meta-error';
import { orderContent } from './order';
import { MAX_NAME_LENGTH } from './people';

export interface ReadBody {
  type: MessageType;
  text: string;
  content: Record<string, unknown>;
  media: MediaRef | null;
}

const MEDIA_TYPES = new Set(['image', 'video', 'audio', 'document', 'sticker']);
const OBJECT_TYPES = new Set(['text', 'location', 'button', 'interactive', 'order']);
const INFERABLE = [...MEDIA_TYPES, ...OBJECT_TYPES, 'contacts', 'reaction', 'system', 'edit', 'revoke'];

/** Meta's `type`; when it is missing, the one payload that is there names it. */
export function typeOf(message: JsonObject): string | null {
  return text(message.type) ?? INFERABLE.find((key) => isObject(message[key])) ?? null;
}

/**
 * Type, text, content and file of one message element. Whatever cannot be shown as what it claims to be (unknown
 * type, payload missing) becomes `unsupported`, which still counts as a message from the person.
 */
export function readBody(message: JsonObject): ReadBody {
  const type = typeOf(message);
  const common = commonContent(message);
  if (type !== null && MEDIA_TYPES.has(type)) return mediaBody(type, message, common);
  const own = ownContent(type, message);
  if (own === null) return unsupportedBody(type, message, common);
  return {
    type: type as MessageType,
    text: bestText(type === message.type ? message : { ...message, type }),
    content: { ...own, ...common },
    media: null,
  };
}

/** `readBody` for any element that makes a line of the thread, those included that nobody wrote. */
export function elementBody(message: JsonObject): ReadBody {
  const type = typeOf(message);
  return type === 'system' || type === 'request_welcome' ? systemLine(type, message) : readBody(message);
}

function systemLine(type: string, message: JsonObject): ReadBody {
  const event =
    text(object(message.system)?.type) ?? (type === 'request_welcome' ? 'request_welcome' : 'unknown');
  return { type: 'system', text: bestText({ ...message, type: 'system' }), content: { event }, media: null };
}

function ownContent(type: string | null, message: JsonObject): Record<string, unknown> | null {
  if (type === 'contacts') return Array.isArray(message.contacts) ? contactsContent(message) : null;
  if (type === null || !OBJECT_TYPES.has(type)) return null;
  const payload = object(message[type]);
  if (payload === null) return null;
  switch (type) {
    case 'text':
      return typeof payload.body === 'string' || text(payload.body) !== null ? {} : null;
    case 'location':
      return locationContent(payload);
    case 'button':
      return compact({ payload: text(payload.payload), title: text(payload.text) });
    case 'interactive':
      return interactiveContent(payload);
    default:
      return orderContent(payload);
  }
}

function locationContent(payload: JsonObject): Record<string, unknown> {
  return compact({
    latitude: number(payload.latitude),
    longitude: number(payload.longitude),
    name: text(payload.name),
    address: text(payload.address),
    url: text(payload.url),
  });
}

function mediaBody(type: string, message: JsonObject, common: CommonContent): ReadBody {
  const payload = object(message[type]);
  const voice = type === 'audio' && payload?.voice === true;
  return {
    type: voice ? 'voice' : (type as MessageType),
    text: bestText(type === message.type ? message : { ...message, type }),
    content: {
      ...compact({ caption: text(payload?.caption), animated: bool(payload?.animated) }),
      ...common,
    },
    media: payload === null ? null : mediaRef(payload),
  };
}

/** Without an id there is nothing to download (Meta then gives the reason in `errors`). */
function mediaRef(payload: JsonObject): MediaRef | null {
  const id = identifier(payload.id);
  if (id === null) return null;
  return {
    id,
    mimeType: short(payload.mime_type),
    sha256: short(payload.sha256),
    fileName: short(payload.filename),
    size: number(payload.file_size),
    url: text(payload.url),
  };
}

/** These go into indexed or short columns; the person chose the file name. */
function short(value: unknown): string | null {
  const read = text(value);
  return read === null ? null : capText(read, MAX_NAME_LENGTH);
}

function unsupportedBody(type: string | null, message: JsonObject, common: CommonContent): ReadBody {
  const content = compact({
    originalType: type,
    unsupportedType: text(object(message.unsupported)?.type),
    mediaPlaceholder: type === 'media_placeholder' ? true : null,
  });
  return { type: 'unsupported', text: '', content: { ...content, ...common }, media: null };
}

function commonContent(message: JsonObject): CommonContent {
  const context = object(message.context);
  const common: CommonContent = {};
  if (context?.forwarded === true || context?.frequently_forwarded === true) common.forwarded = true;
  if (context?.frequently_forwarded === true) common.frequentlyForwarded = true;
  const product = object(context?.referred_product);
  if (product) {
    common.referredProduct = {
      catalogId: text(product.catalog_id),
      productRetailerId: text(product.product_retailer_id),
    };
  }
  const referral = object(message.referral);
  if (referral) common.referral = readReferral(referral);
  const errors = readErrors(message.errors);
  if (errors.length > 0) common.errors = errors;
  return common;
}

function readReferral(referral: JsonObject) {
  return compact({
    sourceUrl: text(referral.source_url),
    sourceId: text(referral.source_id),
    sourceType: text(referral.source_type),
    headline: text(referral.headline),
    body: text(referral.body),
    mediaType: text(referral.media_type),
    imageUrl: text(referral.image_url),
    videoUrl: text(referral.video_url),
    thumbnailUrl: text(referral.thumbnail_url),
    ctwaClid: text(referral.ctwa_clid),
    welcomeText: text(object(referral.welcome_message)?.text),
  });
}
