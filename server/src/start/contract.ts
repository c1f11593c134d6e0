/**
 * POST /start/people (admin door): whom a conversation could be started with. A body and no query, because what is typed
 * may be a whole phone number, and addresses end up in access logs.
 */
export namespace FindPeople {
  export interface Body {
    /** The number to write from. */
    integrationId: string;
    /** A name, a part of a number, or a whole one; empty: whom one talked to last. */
    q: string;
  }
  export interface Response {
    data: {
      people: StartPerson[];
      /** What was typed, read as a phone number; null when it is none. */
      phone: TypedPhone | null;
    };
  }
}

/** Somebody who is known already. */
export interface StartPerson {
  contactId: string;
  name: string | null;
  profileName: string | null;
  /** E.164, masked for whoever may not see numbers. */
  phone: string | null;
  userId: string | null;
  username: string | null;
  /** The conversation on that number, if there is one that the asking person may see. */
  conversation: { id: string; windowOpen: boolean; blocked: boolean } | null;
  /** The typed number is this person's. */
  isTyped: boolean;
}

/** `problem`: no country code in front; too few or too many digits for that country; a code that no country has. */
export type TypedPhone =
  | { number: string; formatted: string; country: string | null; problem: null }
  | { number: null; problem: 'no_country_code' | 'too_short' | 'too_long' | 'unknown_code' };
