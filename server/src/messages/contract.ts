import type { MessageType } from '../cloud-api/events';
import type { TemplateValues } from '../templates/values';

export type { MessageType };

/**
 * Outbound states in the order they are reached. Inbound messages are always `received`.
 * `unknown`: the request left but no answer came; only a status webhook or the editor settles it.
 */
export type DeliveryStatus =
  | 'received'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'accepted'
  | 'sent'
  | 'delivered'
  | 'read'
  | 'played'
  | 'failed'
  | 'unknown'
  | 'cancelled';

/** What an error asks for; see cloud-api/error-table.ts. */
export type ErrorAct = 'retry' | 'wait' | 'stop_number' | 'stop_template' | 'opt_out' | 'agent' | 'bug';

/** Codes of failures that are not Meta's. */
export type OwnErrorCode =
  | 'unknown_outcome'
  | 'no_address'
  | 'not_found'
  | 'integration_inactive'
  | 'window_closed'
  | 'recipient_blocked'
  | 'recipient_opted_out'
  | 'recipient_not_opted_in'
  | 'rate_limit_exceeded'
  | 'outside_business_hours'
  | 'media_not_supported'
  | 'template_not_found'
  | 'template_not_approved'
  | 'template_not_allowed'
  | 'template_parameters_invalid'
  | 'file_missing'
  | 'cancelled_by_reply'
  | 'rejected'
  | 'retryable'
  | 'credential'
  | 'config'
  | 'unreachable';

export interface MessageError {
  /** Meta's number as text, or an OwnErrorCode. */
  code: string;
  /** Words are kept under it: the first code of Meta's in the table's row, or our own code; null when there are none. */
  key?: string | null;
  /** What it asks for. */
  class?: ErrorAct;
  title: string;
  message: string;
  /** What to do next, in words. */
  hint: string | null;
  retryable: boolean;
  /** ISO: when a limit that holds it back frees; absent or null when nothing does. */
  retryAt?: string | null;
}

export interface MessageMedia {
  id: string;
  /** Same-origin, signed, short-lived; null until the bytes are stored. */
  url: string | null;
  mimeType: string | null;
  fileName: string | null;
  /** Bytes. */
  size: number | null;
  state: 'pending' | 'stored' | 'failed' | 'expired';
  /** Pixels, for images whose header could be read: the thread reserves its place with them. */
  width: number | null;
  height: number | null;
}

export interface Message {
  id: string;
  conversationId: string;
  direction: 'inbound' | 'outbound';
  type: MessageType;
  /** The best plain-text rendering of any type. */
  text: string;
  status: DeliveryStatus;
  /** One entry per state reached, oldest first. */
  statuses: { status: DeliveryStatus; at: string }[];
  error: MessageError | null;
  wamid: string | null;
  replyTo: {
    id: string | null;
    wamid: string | null;
    text: string | null;
    direction: 'inbound' | 'outbound' | null;
    type: MessageType | null;
  } | null;
  reactions: { emoji: string; from: 'contact' | 'business' }[];
  media: MessageMedia | null;
  /** Type-specific; see cloud-api/events.ts. */
  content: Record<string, unknown>;
  origin: 'contact' | 'agent' | 'api' | 'campaign' | 'automation' | 'phone_app';
  /** Who wrote it on our side; null for inbound. */
  author: { id: string | null; name: string } | null;
  template: { name: string; language: string; parameters: unknown } | null;
  edited: boolean;
  revoked: boolean;
  /** When a `scheduled` message is to go, ISO; null or absent otherwise. */
  scheduledAt?: string | null;
  /** What the sender gave as idempotency key; null for inbound. */
  clientKey: string | null;
  /** When it was written, by the sender's clock (inbound) or ours (outbound). */
  timestamp: string;
  createdAt: string;
}

/** GET /conversations/:id/messages?before=|after=|around=&limit= : newest first. */
export namespace ListMessages {
  export interface Response {
    data: Message[];
    meta: {
      /** Cursor towards older messages: the `before` of the next page. */
      nextCursor: string | null;
      /** Present with `after`/`around`: true when newer messages exist past this page. */
      hasNewer?: boolean;
    };
  }
}

/** A file of a message: one of the three sources. */
export interface SendMedia {
  /** Of `POST /uploads`. */
  uploadId?: string;
  /** Meta's id of a file uploaded to the same number. */
  mediaId?: string;
  /** Public https address; fetched and checked by us. */
  url?: string;
  /** At most 1,024 characters; not for audio and stickers. */
  caption?: string;
  /** Documents only. */
  fileName?: string;
  /** Audio only: shows as a voice note; Ogg/Opus, mono. */
  voice?: boolean;
}

/** Meta's own naming (Cloud API, contacts messages). */
export interface SendContactCard {
  name: { formatted_name: string; first_name?: string; last_name?: string };
  phones?: { phone: string; type?: string; wa_id?: string }[];
  emails?: { email: string; type?: string }[];
  org?: { company?: string };
}

/** Meta's own naming (Cloud API, interactive messages). The kinds that the panel builds; the API takes all of them. */
export type SendInteractive = {
  header?: { type: 'text'; text: string };
  body: { text: string };
  footer?: { text: string };
} & (
  | {
      type: 'button';
      action: { buttons: { type: 'reply'; reply: { id: string; title: string } }[] };
    }
  | {
      type: 'list';
      action: {
        button: string;
        sections: { title?: string; rows: { id: string; title: string; description?: string }[] }[];
      };
    }
  | {
      type: 'cta_url';
      action: { name: 'cta_url'; parameters: { display_text: string; url: string } };
    }
  | { type: 'location_request_message'; action: { name: 'send_location' } }
);

/** POST /messages/send */
export namespace SendMessage {
  export interface Body {
    conversationId?: string;
    contactId?: string;
    /** E.164, also accepted as `phoneNumber`. */
    to?: string;
    phoneNumber?: string;
    /** BSUID. */
    userId?: string;
    integrationId?: string;
    /** Inferred when absent. */
    type?:
      | 'text'
      | 'image'
      | 'video'
      | 'audio'
      | 'document'
      | 'sticker'
      | 'location'
      | 'contacts'
      | 'interactive'
      | 'reaction'
      | 'template';
    text?: { body: string; previewUrl?: boolean };
    image?: SendMedia;
    video?: SendMedia;
    audio?: SendMedia;
    document?: SendMedia;
    sticker?: SendMedia;
    location?: { latitude: number; longitude: number; name?: string; address?: string };
    contacts?: SendContactCard[];
    interactive?: SendInteractive;
    /** Without a language: the only one there is, else Meta's usual one. Values as in `POST /templates/:id/preview`. */
    template?: {
      name: string;
      language?: string;
      parameters?: TemplateValues;
      /** What `parameters` leave out comes from the template's bindings and from this entry. */
      entry?: { contentType: string; documentId: string; locale?: string };
      /** The same without an entry. */
      bound?: boolean;
    };
    /** An empty emoji takes it back. The answer is the message that it sits on. */
    reaction?: { messageId: string; emoji: string };
    /** Short form of a text. */
    message?: string;
    /** Id (ours) or wamid of the message that is answered. */
    replyTo?: string;
    /** Idempotent for 24 h per organization. */
    clientKey?: string;
    /** ISO-8601; the message waits as `scheduled` until then. */
    scheduledAt?: string;
    /** With `scheduledAt`: dropped when the person writes before. */
    cancelOnReply?: boolean;
    /** Refused with `newer_reply_exists` when the conversation's last message is another one. */
    expectedLastMessageId?: string;
  }
  export interface Response {
    data: Message;
  }
}

/** GET /conversations/:id/scheduled : soonest first. */
export namespace ListScheduled {
  export interface Response {
    data: Message[];
  }
}

/** PUT /messages/:id while it is `scheduled`; POST /messages/:id/cancel takes it back. */
export namespace EditScheduled {
  export interface Body {
    text?: string;
    scheduledAt?: string;
  }
}
