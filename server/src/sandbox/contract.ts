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
  /** The file as the phone shows it: a same-origin, signed address. Absent: nothing to show. */
  media?: { url: string; mimeType: string; fileName: string | null } | null;
  /** What can be tapped on a message of the business: reply buttons, list rows, a template's quick replies. */
  choices?: { kind: 'button_reply' | 'list_reply' | 'button'; id: string; title: string }[];
  /** `out`: whether our webhook answered 200 yet. `in`: last status posted for it. */
  state: 'sending' | 'arrived' | 'refused' | 'sent' | 'delivered' | 'read' | 'failed';
}

export interface SimulatorState {
  running: boolean;
  /** Sandbox numbers that a customer can write to. */
  numbers: { integrationId: string; phoneNumberId: string; name: string; phoneNumber: string }[];
  customers: (SimulatedCustomer & { unread: number; lastText: string | null; lastAt: number | null })[];
  /** Names of faults and how they are set now; see simulator/README.md. */
  faults: { name: string; description: string; active: boolean }[];
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
  export type Body =
    | { type: 'text'; text: string; replyTo?: string; forwarded?: boolean }
    | { type: 'image'; caption?: string }
    | { type: 'video'; caption?: string }
    | { type: 'audio'; voice?: boolean }
    | { type: 'document'; fileName?: string; caption?: string }
    | { type: 'sticker' }
    | { type: 'location' }
    | { type: 'contacts' }
    | { type: 'order'; text?: string }
    /** The first message of somebody who comes from an ad. */
    | { type: 'referral'; text?: string }
    | { type: 'unsupported'; subtype?: string }
    | { type: 'button'; messageId: string; text?: string }
    | { type: 'button_reply'; messageId: string; id: string; title?: string }
    | { type: 'list_reply'; messageId: string; id: string; title?: string }
    /** A form (flow) is sent back. */
    | { type: 'flow_reply' }
    /** An empty emoji takes the reaction back. */
    | { type: 'reaction'; messageId: string; emoji: string }
    | { type: 'edit'; messageId: string; text: string }
    | { type: 'revoke'; messageId: string }
    | { type: 'changed_number'; phone: string };
  export interface Response {
    data: { wamid: string };
  }
}
/** POST /whatsapp/simulator/customers/:customerId/read?number= : the customer opens the chat; read receipts follow. 204 */
/** PUT /whatsapp/simulator/faults {name, active} → the whole state */
export namespace SetFault {
  export interface Body {
    name: string;
    active: boolean;
  }
}
/** POST /whatsapp/sandbox : "Try it without a Meta account" → the sandbox Integration (made once, returned again after). */
