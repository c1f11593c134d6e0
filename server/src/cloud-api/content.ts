/**
 * Shapes of `content` by message type, in our camelCase. Keys without a value are left out.
 * Everything a person typed or a form author chose is untrusted text.
 */

/** May accompany any type. */
export type CommonContent = {
  /** Passed on from another chat. */
  forwarded?: true;
  /** Passed on more than five times. */
  frequentlyForwarded?: true;
  /** The ad or post the person came from; `ctwaClid` is what attribution needs. */
  referral?: Referral;
  /** Written from a product page of the catalog. */
  referredProduct?: { catalogId: string | null; productRetailerId: string | null };
  /** Imported from the phone app's past: never unread, never opens the window, never triggers anything. */
  history?: true;
  /** Delivery state of an imported message, as the phone app had it. */
  historyStatus?: string;
  /** Written while another app controls the thread (field `standby`). */
  standby?: true;
  /** What Meta said is wrong with this message. */
  errors?: { code: number; title: string | null; message: string | null; details: string | null }[];
};

export type Referral = {
  sourceUrl?: string;
  sourceId?: string;
  sourceType?: string;
  headline?: string;
  body?: string;
  mediaType?: string;
  imageUrl?: string;
  videoUrl?: string;
  thumbnailUrl?: string;
  ctwaClid?: string;
  welcomeText?: string;
};

/** `image video audio voice document sticker`; the file itself is in `media`. */
export type MediaContent = { caption?: string; animated?: boolean };

export type LocationContent = {
  latitude?: number;
  longitude?: number;
  name?: string;
  address?: string;
  url?: string;
};

export type ContactsContent = {
  contacts: ContactCard[];
  /** `contact_request`: the answer to our own question for the phone number. */
  origin?: string;
};

export type ContactCard = {
  name: string | null;
  phones: { phone: string | null; waId: string | null; type: string | null }[];
  emails: { email: string | null; type: string | null }[];
  urls: string[];
  addresses: string[];
  company: string | null;
  birthday: string | null;
  vcard: string | null;
};

/** Tap on a template's quick reply. */
export type ButtonContent = { payload?: string; title?: string };

export type InteractiveContent =
  | { kind: 'button_reply' | 'list_reply'; id?: string; title?: string; description?: string }
  | {
      kind: 'nfm_reply';
      name?: string;
      body?: string;
      /** The submitted form; absent when it is no JSON object, then `responseText` has it as it came. */
      response?: Record<string, unknown>;
      responseText?: string;
    }
  | {
      kind: 'call_permission_reply';
      response?: string;
      permanent?: boolean;
      expiresAt?: number;
      source?: string;
    }
  | { kind: 'product'; catalogId?: string; productRetailerId?: string }
  | { kind: string };

export type OrderContent = {
  catalogId?: string;
  note?: string;
  order: {
    items: {
      productRetailerId: string | null;
      quantity: number;
      price: number | null;
      currency: string | null;
    }[];
    /** null when currencies are mixed or a price is missing; see `totals`. */
    total: number | null;
    currency: string | null;
    totals: { currency: string; total: number }[];
  };
};

export type SystemContent = { event: string; body?: string };

export type UnsupportedContent = {
  /** `type` as Meta sent it. */
  originalType?: string;
  /** `unsupported.type`, e.g. `poll_creation`. */
  unsupportedType?: string;
  /** The bytes follow in a later history delivery with the same wamid. */
  mediaPlaceholder?: true;
};
