/** What Meta accepts. Lengths are UTF-16 units: Meta does not say what it counts, and this is the stricter reading. */

/** Meta, messages/send-messages: `text.body`. */
export const TEXT_BODY_MAX = 4096;
/** Meta, messages/image-messages and its siblings: `caption`. */
export const CAPTION_MAX = 1024;
/** Meta, messages/send-messages: `biz_opaque_callback_data`, echoed in every status. */
export const OPAQUE_DATA_MAX = 512;
/** Meta, messages/contacts-messages. */
export const CONTACT_CARDS_MAX = 257;

/** Meta, messages/interactive-*. */
export const INTERACTIVE_LIMITS = {
  body: 1024,
  listBody: 4096,
  headerText: 60,
  footer: 60,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  listButton: 20,
  listSections: 10,
  listRows: 10,
  sectionTitle: 24,
  rowId: 200,
  rowTitle: 24,
  rowDescription: 72,
  /** Meta, messages/interactive-cta-url-messages. */
  urlLabel: 20,
  /** Meta, flows/guides/sendingaflow. */
  flowLabel: 30,
  flowToken: 200,
  /** Meta, catalogs/sell-products-and-services. */
  productSections: 10,
  products: 30,
  /** Meta, messages/interactive-media-carousel-messages. */
  cardsMin: 2,
  cards: 10,
  cardBody: 160,
  cardButton: 20,
  /** Meta, calling/user-initiated-calls. */
  callLabel: 20,
  callPayload: 512,
} as const;

/** Names and addresses have no documented limit; this one only keeps nonsense out. */
export const FREE_FIELD_MAX = 1024;
/** An emoji with skin tones and joiners is some tens of UTF-16 units. */
export const EMOJI_MAX = 64;

/** Meta, templates/components. */
export const TEMPLATE_LIMITS = {
  name: 512,
  headerText: 60,
  body: 1024,
  footer: 60,
  buttons: 10,
  buttonLabel: 25,
  cards: 10,
  /** Of a multi-product template. */
  productSections: 10,
  productSectionTitle: 24,
} as const;

/** Meta, business-phone-numbers/media: how long ids and addresses of received media work. */
export const RECEIVED_MEDIA_ID_TTL_MS = 7 * 24 * 60 * 60 * 1000;
export const UPLOADED_MEDIA_ID_TTL_MS = 30 * 24 * 60 * 60 * 1000;

/** Meta, messages/contextual-replies, reaction-messages, mark-message-as-read: older targets are refused. */
export const QUOTE_MAX_AGE_MS = 30 * 24 * 60 * 60 * 1000;
/** Meta, typing-indicators. */
export const TYPING_INDICATOR_MS = 25_000;

export type SendableMediaKind = 'audio' | 'document' | 'image' | 'sticker' | 'video';

export interface MediaLimit {
  /** Bytes. */
  maxBytes: number;
  /** Accepted MIME types; null = any valid one (documents, in practice). */
  accepted: readonly string[] | null;
}

const KB = 1024;
const MB = 1024 * KB;

/** Meta, business-phone-numbers/media: what may be uploaded and sent. */
export const MEDIA_LIMITS: Readonly<Record<SendableMediaKind, MediaLimit>> = {
  audio: {
    maxBytes: 16 * MB,
    accepted: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg; codecs=opus', 'audio/ogg'],
  },
  document: { maxBytes: 100 * MB, accepted: null },
  image: { maxBytes: 5 * MB, accepted: ['image/jpeg', 'image/png'] },
  sticker: { maxBytes: 500 * KB, accepted: ['image/webp'] },
  video: { maxBytes: 16 * MB, accepted: ['video/mp4', 'video/3gpp'] },
};

/** Static stickers are held to a smaller size than animated ones (same page). */
export const STATIC_STICKER_MAX_BYTES = 100 * KB;

/** Meta's language of templates that were made in its interface in English: what a sender means who names none. */
export const USUAL_TEMPLATE_LANGUAGE = 'en_US';
