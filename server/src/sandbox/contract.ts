import type { RenderedTemplate } from '../templates/render';

/**
 * Admin door of the built-in simulator (`/whatsapp/simulator…`): the phone-like pane where an editor plays the customer.
 * The shapes of customers and phone messages are the simulator's own (simulator/src/types.ts); they are repeated here as
 * the browser sees them, because the admin knows only contracts.
 */
export interface SimulatedCustomer {
  id: string;
  name: string;
  /** E.164; null for a username-only customer. */
  phone: string | null;
  username: string | null;
  /** BSUID. */
  userId: string;
}

export interface PhoneMessage {
  wamid: string;
  /** `in` = the business wrote to the customer, `out` = the customer wrote. */
  direction: 'in' | 'out';
  type: string;
  text: string;
  /** ms since 1970 */
  at: number;
  replyTo: string | null;
  /** Reaction of either side that sits on the message. */
  reactions: { emoji: string; from: 'customer' | 'business' }[];
  /** The file as the phone shows it: a same-origin, signed address. null: nothing to show. */
  media: { url: string; mimeType: string; fileName: string | null } | null;
  /** What can be tapped on a message of the business: reply buttons, list rows, a template's quick replies. */
  choices: {
    kind: 'button_reply' | 'list_reply' | 'button';
    id: string;
    title: string;
    description?: string;
  }[];
  /** A template of ours as it was filled in; null for everything else. */
  template: RenderedTemplate | null;
  /** `out`: whether our webhook answered 200 yet. `in`: last status posted for it. */
  state: 'sending' | 'arrived' | 'refused' | 'sent' | 'delivered' | 'read' | 'failed';
  edited: boolean;
  /** Deleted for everyone; the text is gone. */
  revoked: boolean;
}

export interface SimulatorFault {
  /** See simulator/README.md. */
  name: string;
  description: string;
  group: 'sending' | 'delivery' | 'media' | 'webhooks' | 'account' | 'everything';
  /** Switching it on takes a `code` of Meta's error table. */
  needsCode: boolean;
  active: boolean;
  /** Hits left; null when unlimited or inactive. */
  times: number | null;
  /** null: this fault does not wait. */
  delayMs: number | null;
  code: number | null;
}

export interface SimulatorState {
  running: boolean;
  /** Sandbox numbers that a customer can write to. */
  numbers: { integrationId: string; phoneNumberId: string; name: string; phoneNumber: string }[];
  customers: (SimulatedCustomer & { unread: number; lastText: string | null; lastAt: number | null })[];
  /** How they are set for this organization's numbers. */
  faults: SimulatorFault[];
}

/** GET /whatsapp/simulator */
export namespace GetSimulator {
  export interface Response {
    data: SimulatorState;
  }
}
/** POST /whatsapp/simulator/customers {name, phone?, username?} → 201 */
export namespace AddCustomer {
  export interface Body {
    name: string;
    phone?: string | null;
    username?: string | null;
  }
  export interface Response {
    data: SimulatedCustomer;
  }
}
/** GET /whatsapp/simulator/customers/:customerId/messages?number=<phoneNumberId> : oldest first */
export namespace PhoneThread {
  export interface Response {
    data: PhoneMessage[];
  }
}
/** POST /whatsapp/simulator/customers/:customerId/messages?number=<phoneNumberId> */
export namespace PlayCustomer {
  /** May accompany everything that a customer writes. */
  export interface Manner {
    replyTo?: string;
    forwarded?: boolean | 'frequently';
    /** The chat began at an ad or a post. */
    referral?: { sourceType?: 'ad' | 'post'; headline?: string; body?: string };
    product?: { catalogId: string; productRetailerId: string };
    groupId?: string;
  }
  export type Body =
    | (Manner & { type: 'text'; text: string })
    | (Manner & { type: 'image' | 'video'; caption?: string })
    | (Manner & { type: 'audio'; voice?: boolean })
    | (Manner & { type: 'document'; fileName?: string; caption?: string })
    | (Manner & { type: 'sticker' })
    | (Manner & { type: 'location'; latitude?: number; longitude?: number; name?: string; address?: string })
    /** `asked`: the customer's own card, as the answer to a request for the phone number. */
    | (Manner & { type: 'contacts'; name?: string; phone?: string; asked?: boolean })
    /** Short for a text with `referral`: somebody who comes from an ad. */
    | { type: 'referral'; text?: string }
    /** A file that Meta could not fetch from the phone (131052). */
    | (Manner & { type: 'broken_media'; kind?: 'image' | 'video' | 'audio' | 'document' })
    | (Manner & { type: 'order'; text?: string })
    /** Taps; `choices` of the phone message has what there is. Without an id or text: the first one. */
    | { type: 'button'; messageId: string; text?: string }
    | { type: 'button_reply' | 'list_reply'; messageId: string; id?: string; title?: string }
    | { type: 'flow_reply' | 'address_reply'; messageId?: string }
    | { type: 'call_permission'; messageId?: string; response?: 'accept' | 'reject' }
    | { type: 'unsupported'; subtype?: string }
    /** A type that nobody knows yet. */
    | { type: 'unknown' }
    | { type: 'request_welcome' }
    /** An empty emoji takes the reaction back. */
    | { type: 'reaction'; messageId: string; emoji: string }
    /** Of the customer's own message. */
    | { type: 'edit'; messageId: string; text: string }
    | { type: 'revoke'; messageId: string }
    | { type: 'changed_number'; phone: string }
    | { type: 'changed_user_id' }
    /** The business writes in its phone app. */
    | { type: 'echo'; text: string }
    /** Imported past of the phone app; the texts alternate, the customer begins. */
    | { type: 'history'; texts: string[]; media?: boolean }
    /** Stops or resumes marketing in WhatsApp itself. */
    | { type: 'preference'; value: 'stop' | 'resume' }
    | { type: 'link_click' }
    /** Listens to a voice note of the business: status `played`. */
    | { type: 'listen'; messageId: string };
  export interface Response {
    data: { wamid: string };
  }
}
/** POST /whatsapp/simulator/customers/:customerId/read?number= : the customer opens the chat; read receipts follow. 204 */
/** GET /whatsapp/simulator/faults */
export namespace ListFaults {
  export interface Response {
    data: SimulatorFault[];
  }
}
/** PUT /whatsapp/simulator/faults → the whole state. They hold for this organization's numbers only. */
export namespace SetFault {
  export interface Body {
    name: string;
    active: boolean;
    /** Switches itself off after so many hits. Default: until it is switched off. */
    times?: number;
    /** ms, for faults that wait. */
    delayMs?: number;
    /** For faults with `needsCode`. */
    code?: number;
  }
}
/** DELETE /whatsapp/simulator/faults : all of them off → the whole state */
/** POST /whatsapp/sandbox : "Try it without a Meta account" → the sandbox Integration (made once, returned again after). */

/** GET /whatsapp/simulator/templates : of this organization's sandbox numbers. */
export interface SimulatedTemplate {
  /** Meta's id. */
  id: string;
  name: string;
  language: string;
  category: string;
  status: string;
  quality: string;
}
/** POST /whatsapp/simulator/templates/:id : what Meta decides about it → the templates. */
export namespace DecideTemplate {
  export interface Body {
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
    reason?: string;
    quality?: 'GREEN' | 'YELLOW' | 'RED';
    category?: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION';
  }
}
