/** Public shapes of the simulator. Times are milliseconds since 1970 unless a name says otherwise. */

/** Where a number sends its webhooks and how its app signs them. */
export interface NumberInput {
  phoneNumberId: string;
  /** WhatsApp Business Account; made with the seeded templates when it is not known yet. */
  wabaId: string;
  /** Any spelling; webhooks carry its digits. */
  displayPhoneNumber: string;
  verifiedName: string;
  /**
   * Business portfolio. People and their BSUIDs belong to one; a number sees those of its own only. Default `''`.
   */
  portfolioId?: string;
  /** Bearer token that may use this number, its WABA and their media and templates. */
  accessToken: string;
  /** Key of `X-Hub-Signature-256`. Numbers with the same secret belong to the same app. */
  appSecret: string;
  /** The app's callback. null: events are made but nothing is posted. */
  callbackUrl: string | null;
  /** Sent in the GET handshake of `verifyCallback()`. */
  verifyToken?: string;
  /** false: like a WABA whose `subscribed_apps` call was forgotten, no webhook is posted. Default true. */
  subscribed?: boolean;
  /** ms; afterwards every call answers 190/463. Default never. */
  tokenExpiresAt?: number;
  /** Default both WhatsApp scopes; a missing one makes its calls answer code 10. */
  scopes?: string[];
}

export interface AccountInput {
  wabaId: string;
  name?: string;
  /** Replaces the seeded templates. */
  templates?: TemplateInput[];
}

export type TemplateStatus = 'APPROVED' | 'PENDING' | 'REJECTED' | 'PAUSED' | 'DISABLED';

export interface TemplateComponent {
  type: string;
  format?: string;
  text?: string;
  buttons?: Record<string, unknown>[];
  [key: string]: unknown;
}

export interface TemplateInput {
  name: string;
  language: string;
  category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
  components: TemplateComponent[];
  /** Default POSITIONAL. */
  parameterFormat?: 'POSITIONAL' | 'NAMED';
  /** Default APPROVED. */
  status?: TemplateStatus;
  rejectedReason?: string;
}

export interface SimulatedTemplate extends Required<Omit<TemplateInput, 'rejectedReason'>> {
  id: string;
  wabaId: string;
  rejectedReason: string;
  /** Default UNKNOWN. */
  quality?: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  previousCategory?: TemplateInput['category'];
  /** Announced; it has not changed yet. */
  correctCategory?: TemplateInput['category'];
  ttlSeconds?: number;
  /** ms of the changes that were taken. */
  edits?: number[];
  /** Grows with each change, so that a review judges what it was begun for. */
  revision?: number;
}

/** What Meta decides about a template. */
export interface TemplateDecision {
  decide:
    | 'approve'
    | 'reject'
    | 'pause'
    | 'unpause'
    | 'disable'
    | 'flag'
    | 'quality'
    | 'category-warning'
    | 'category';
  /** Of a rejection; default INVALID_FORMAT. */
  reason?: string;
  rejection?: { reason: string; recommendation: string };
  /** Of a pause: FIRST_PAUSE (default), SECOND_PAUSE, RATE_LIMITING_PAUSE. */
  title?: string;
  /** Default RED. */
  quality?: 'GREEN' | 'YELLOW' | 'RED';
  /** Default MARKETING. */
  category?: TemplateInput['category'];
}

export interface CustomerInput {
  /** Generated when absent. */
  id?: string;
  name: string;
  /** E.164. Absent or null: Meta hides the phone, so every webhook lacks `from`, `wa_id` and `recipient_id`. */
  phone?: string | null;
  /** Meta's own spelling when it differs from the phone (Brazil, Mexico, Argentina). Default: the phone's digits. */
  waId?: string;
  username?: string | null;
  /** BSUID, generated when absent. */
  userId?: string;
  parentUserId?: string;
  /** Of the numbers that may talk to this customer. Default `''`. */
  portfolioId?: string;
}

export interface Customer {
  id: string;
  name: string;
  /** E.164; null for a username-only customer. */
  phone: string | null;
  username: string | null;
  /** BSUID. */
  userId: string;
  portfolioId: string;
}

export interface PhoneMessage {
  wamid: string;
  /** `in` = the business wrote to the customer, `out` = the customer wrote. */
  direction: 'in' | 'out';
  type: string;
  text: string;
  at: number;
  replyTo: string | null;
  reactions: { emoji: string; from: 'customer' | 'business' }[];
  /**
   * `out`: `sending` until the webhook answered 200 (`arrived`), `refused` while it answers something else, `read` once
   * the business marked it read. `in`: last status that was posted, `sending` before the first one.
   */
  state: 'sending' | 'arrived' | 'refused' | 'sent' | 'delivered' | 'read' | 'failed';
  /** The file in it, by its media id: `simulator.media(id)` has the bytes. null: none, or sent by a link. */
  media: { id: string; mimeType: string; fileName: string | null } | null;
  edited: boolean;
  /** Deleted for everyone; the text is gone. */
  revoked: boolean;
  /** What a tap can answer: reply buttons, list rows, quick replies of a template. */
  choices: {
    kind: 'button_reply' | 'list_reply' | 'button';
    id: string;
    title: string;
    description?: string;
  }[];
}

/** A status posted by hand, e.g. a second `delivered`, or `failed` after `read`. */
export interface StatusInput {
  /** A message that the business sent. */
  wamid: string;
  status: 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'deleted' | 'warning';
  /** ms; default now. */
  at?: number;
  /** For `failed`; default 131000. */
  code?: number;
  details?: string;
}

/** A click to WhatsApp from an ad or a post. */
export interface Referral {
  sourceType?: 'ad' | 'post';
  headline?: string;
  body?: string;
}

/** May accompany everything that a customer writes. */
export interface Manner {
  replyTo?: string;
  forwarded?: boolean | 'frequently';
  /** The chat began at an ad: opens a free entry point. */
  referral?: Referral;
  /** Written from a product's page. */
  product?: { catalogId: string; productRetailerId: string };
  /** Written in a group. */
  groupId?: string;
}

/** Every action takes `at` (ms) to write with an older timestamp. */
export type PlayAction = { at?: number } & (
  | (Manner & { type: 'text'; text: string })
  | (Manner & { type: 'image'; caption?: string; bytes?: Buffer; mimeType?: string })
  | (Manner & { type: 'video'; caption?: string })
  | (Manner & { type: 'audio'; voice?: boolean })
  | (Manner & { type: 'document'; fileName?: string; caption?: string; bytes?: Buffer; mimeType?: string })
  | (Manner & { type: 'sticker'; animated?: boolean })
  | (Manner & { type: 'location'; latitude?: number; longitude?: number; name?: string; address?: string })
  /** `asked`: the answer to the business's request for the phone number, with the customer's own card. */
  | (Manner & { type: 'contacts'; name?: string; phone?: string; asked?: boolean })
  /** A picture that Meta could not fetch: no id, error 131052. */
  | (Manner & { type: 'broken_media'; kind?: 'image' | 'video' | 'audio' | 'document' })
  /** Tap on a template's quick reply. Without `text` the first one of that message. */
  | { type: 'button'; messageId: string; text?: string; payload?: string }
  /** Tap on a free-form reply button. Without `id` the first one of that message. */
  | { type: 'button_reply'; messageId: string; id?: string; title?: string }
  | { type: 'list_reply'; messageId: string; id?: string; title?: string; description?: string }
  /** A submitted flow; `response` is what its author chose, a text is sent as it is. */
  | { type: 'flow_reply'; messageId?: string; response?: Record<string, unknown> | string }
  | { type: 'address_reply'; messageId?: string; values?: Record<string, string> }
  | { type: 'call_permission'; messageId?: string; response?: 'accept' | 'reject'; permanent?: boolean }
  | (Manner & { type: 'order'; text?: string })
  | { type: 'unsupported'; subtype?: string; code?: number }
  /** A type that nobody knows yet. */
  | { type: 'unknown'; name?: string; content?: unknown }
  /** The customer opened the chat for the first time. */
  | { type: 'request_welcome' }
  /** An empty emoji takes the reaction back. */
  | { type: 'reaction'; messageId: string; emoji: string }
  /** Of the customer's own message; on numbers that are in the phone app too. */
  | { type: 'edit'; messageId: string; text: string }
  | { type: 'revoke'; messageId: string }
  /** The customer moves to another phone: new number, new BSUID, a `system` message without `contacts`. */
  | { type: 'changed_number'; phone: string }
  /** Only the BSUID changes. */
  | { type: 'changed_user_id' }
  /** The business writes from its phone app (coexistence). */
  | { type: 'echo'; text: string }
  /** Imported past of the phone app: the texts alternate, the customer begins. `media`: ends with a placeholder. */
  | { type: 'history'; texts: string[]; media?: boolean; progress?: number }
  /** Stops or resumes marketing in WhatsApp itself. */
  | { type: 'preference'; value: 'stop' | 'resume' }
  /** Taps the link of a marketing message. */
  | { type: 'link_click' }
  /** Listens to a voice note of the business: `played`. */
  | { type: 'listen'; messageId: string }
);

/** One send that the simulator accepted, whether or not its answer reached the caller. */
export interface AcceptedSend {
  wamid: string;
  phoneNumberId: string;
  to: string | null;
  recipient: string | null;
  type: string;
  body: Record<string, unknown>;
  /** `biz_opaque_callback_data` */
  opaque: string | null;
  at: number;
}

export interface RequestRecord {
  method: string;
  /** Without version, host and query. */
  path: string;
  version: string | null;
  /** Without tokens. */
  query: Record<string, string>;
  /** JSON body without tokens and PINs; null for other bodies. */
  body: unknown;
  at: number;
  /** null: not answered (hung, or the socket was destroyed). */
  status: number | null;
  /** JSON body of the answer; null: none, or no JSON. */
  answer: unknown;
}

export interface WebhookRecord {
  /** The same for all attempts of one posting. */
  deliveryId: string;
  /** Numbers whose updates are inside. */
  phoneNumberIds: string[];
  /** `message:text`, `status:delivered`, `message_template_status_update` … */
  kinds: string[];
  /** First attempt is 1. */
  attempt: number;
  /** What the receiver answered; null when it could not be reached or did not answer in time. */
  status: number | null;
  payload: unknown;
  at: number;
}

export interface FaultSettings {
  /** Switches itself off after so many hits. Default: until cleared. */
  times?: number;
  /** For faults that wait; each has its own default. */
  delayMs?: number;
  /** Only for this number. */
  phoneNumberId?: string;
  /** `send` (default for faults of sends): only real sends. `all`: every Graph call. */
  scope?: 'send' | 'all';
  /** For `error` and `failed-status`: any code of Meta's table. */
  code?: number;
  /** `error_data.details` for them. */
  details?: string;
}

export interface FaultState {
  name: string;
  description: string;
  /** For a list that a person reads. */
  group: 'sending' | 'delivery' | 'media' | 'webhooks' | 'account' | 'everything';
  /** Setting it takes a `code`. */
  needsCode: boolean;
  active: boolean;
  /** Hits left; null when unlimited or inactive. */
  times: number | null;
  /** null: this fault does not wait. */
  delayMs: number | null;
  code: number | null;
}

export interface Pace {
  /** ms after the send was accepted; null = that status never comes. */
  sent: number | null;
  delivered: number | null;
  /** null: read follows when the customer opens the chat. */
  read: number | null;
}

export interface RetryOptions {
  /** ms before the second attempt. */
  firstMs: number;
  factor: number;
  maxMs: number;
  /** Including the first one. */
  attempts: number;
}

export interface ChangeEvent {
  kind: 'message' | 'status' | 'reaction' | 'customer' | 'number' | 'fault' | 'template' | 'typing';
  customerId?: string;
  phoneNumberId?: string;
}
