/**
 * What a Meta webhook says, in our words. `normaliseWebhook` turns one signed body into a flat list of these;
 * everything after it (identity, storage, realtime) reads only this file and never Meta's JSON.
 *
 * Times are milliseconds since 1970 (Meta sends seconds, as text or as a number, and they are clamped to the
 * time of receipt when they lie in the future).
 */

/** Kinds of message a thread can show; the contract's `type` (`note` and `template` are only ever written by us). */
export const MESSAGE_TYPES = [
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'button',
  'interactive',
  'order',
  'reaction',
  'template',
  'system',
  'unsupported',
  'note',
] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** Every way Meta names a person. All of them may be absent: username users have no phone, old payloads no BSUID. */
export interface Identity {
  /** `+` and digits, made from `from`/`recipient_id`; null when Meta hides it or it is no plausible number. */
  phone: string | null;
  /** Meta's own spelling of the number: digits, not always equal to the phone (BR, MX, AR). */
  waId: string | null;
  /** BSUID, case-sensitive, `US.9x7K…`. */
  userId: string | null;
  parentUserId: string | null;
  /** Display only, never a key: people change it at will. */
  username: string | null;
  profileName: string | null;
}

export interface MediaRef {
  id: string;
  mimeType: string | null;
  sha256: string | null;
  fileName: string | null;
  /** Bytes; null when the webhook does not say. */
  size: number | null;
  /** Meta's own 5-minute address, bearer token needed; null in older payloads. */
  url: string | null;
}

export interface MetaErrorInfo {
  code: number;
  title: string | null;
  message: string | null;
  details: string | null;
}

interface Base {
  /** `entry[].id`: the WhatsApp Business Account. */
  wabaId: string;
  /** `metadata.phone_number_id`: the only safe routing key; null on account-level fields. */
  phoneNumberId: string | null;
  /** `changes[].field` as sent. */
  field: string;
  timestamp: number;
  /** Meta's own time was unreadable or minutes ahead of ours, so `timestamp` is the time of receipt. */
  clockSuspect?: true;
}

interface MessageBody {
  wamid: string;
  type: MessageType;
  /** The best plain-text rendering: body, caption, button title, place name … may be empty. */
  text: string;
  /** Type-specific content in our own camelCase shape (see content.ts); `kind`-specific keys only, never secrets. */
  content: Record<string, unknown>;
  media: MediaRef | null;
  /** wamid of the quoted message. */
  replyTo: string | null;
  /** Set for group chats: then the conversation is the group's, never the person's. */
  groupId: string | null;
  /** The element exactly as Meta sent it. */
  raw: unknown;
}

export interface MessageReceived extends Base, MessageBody {
  kind: 'message.received';
  sender: Identity;
  /** Somebody said or tapped something that the team should see: counts as unread. */
  isUtterance: boolean;
  /** False for system lines and imported history: they do not open the 24-hour window. */
  opensWindow: boolean;
}

/** Typed by the business in its phone app (coexistence): outbound, never opens the window. */
export interface PhoneAppEcho extends Base, MessageBody {
  kind: 'message.echoed';
  recipient: Identity;
}

export type DeliveryEvidence = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

export interface StatusChanged extends Base {
  kind: 'status.changed';
  wamid: string;
  status: DeliveryEvidence;
  recipient: Identity;
  /** Set when the message went to a group; `recipient` is then the participant this evidence is about. */
  groupId?: string | null;
  /** `biz_opaque_callback_data`: our own send key, echoed by Meta. */
  opaque: string | null;
  error: MetaErrorInfo | null;
  pricing: Record<string, unknown> | null;
}

export interface ReactionChanged extends Base {
  kind: 'reaction.changed';
  /** Id of the reaction event itself. */
  wamid: string;
  targetWamid: string;
  /** null = the reaction was taken back. */
  emoji: string | null;
  from: 'contact' | 'business';
  /** The person of the thread: who acted when `from` is `contact`, the other side when it is `business`. */
  sender: Identity;
  groupId: string | null;
}

export interface MessageEdited extends Base {
  kind: 'message.edited';
  wamid: string;
  targetWamid: string;
  from: 'contact' | 'business';
  /** The person of the thread, as in `ReactionChanged`. */
  sender: Identity;
  groupId?: string | null;
  type: MessageType;
  text: string;
  content: Record<string, unknown>;
  media: MediaRef | null;
  raw: unknown;
}

export interface MessageRevoked extends Base {
  kind: 'message.revoked';
  wamid: string;
  targetWamid: string;
  from: 'contact' | 'business';
  /** The person of the thread, as in `ReactionChanged`. */
  sender: Identity;
  groupId?: string | null;
}

export interface ContactIdentityChanged extends Base {
  kind: 'identity.changed';
  wamid: string | null;
  previous: Identity;
  current: Identity;
  /** Meta's word for it, e.g. `user_changed_number`. */
  change: string;
  /** Meta's sentence about the change. */
  text: string;
  raw: unknown;
}

/** What a person did with a message of ours without writing: a tap on a marketing message's link. Names nobody. */
export interface UserActed extends Base {
  kind: 'user.acted';
  action: string;
  /** Ours, given with the template's button. */
  trackingToken: string | null;
  clickId: string | null;
  raw: unknown;
}

/** Template, account and preference fields: kept with their value; the rooms that act on them come later. */
export interface TemplateChanged extends Base {
  kind: 'template.changed';
  value: Record<string, unknown>;
}
export interface AccountChanged extends Base {
  kind: 'account.changed';
  value: Record<string, unknown>;
}
export interface PreferenceChanged extends Base {
  kind: 'preference.changed';
  person: Identity;
  category: string;
  value: 'stop' | 'resume';
}

/** Signed and readable, but nothing we know: kept in the delivery log, never an error. */
export interface UnknownEvent extends Base {
  kind: 'unknown';
  reason: string;
  raw: unknown;
}

export type WebhookEvent =
  | MessageReceived
  | PhoneAppEcho
  | StatusChanged
  | ReactionChanged
  | MessageEdited
  | MessageRevoked
  | ContactIdentityChanged
  | UserActed
  | TemplateChanged
  | AccountChanged
  | PreferenceChanged
  | UnknownEvent;
