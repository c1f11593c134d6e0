/** Why nothing leaves a number for now, and until when. */
export interface SendingPause {
  /** `all`, or `bulk`: what people write still goes. */
  scope: 'all' | 'bulk';
  /** Meta's error code as text, or `manual`. */
  code: string;
  /** A sentence for a person. */
  reason: string;
  /** ISO; sending goes on by itself then. */
  until: string;
}

/** When a read receipt is sent to the customer. */
export type ReadReceipts = 'on_open' | 'on_reply' | 'never';

/** What Meta says about a number, read on a schedule and told by webhooks. */
export interface IntegrationHealth {
  /** Meta's own word, e.g. `CONNECTED`, `FLAGGED`, `BANNED`; null until read. */
  status: string | null;
  qualityRating: string | null;
  messagingLimit: string | null;
  throughput: string | null;
  nameStatus: string | null;
  checkedAt: string | null;
  alerts: { kind: string; message: string; at: string }[];
}

/** A connected WhatsApp Business number, as both doors show it. Secrets are write-only. */
export interface Integration {
  id: string;
  name: string;
  /** E.164. */
  phoneNumber: string;
  phoneNumberId: string;
  businessAccountId: string;
  /** Slug of the organization it belongs to. */
  organization: string;
  endpointUrl: string;
  /** `v25.0` */
  apiVersion: string;
  /** Calls go to the built-in simulator whatever `endpointUrl` says. */
  sandbox: boolean;
  active: boolean;
  status: 'unverified' | 'verified' | 'error';
  statusMessage: string | null;
  qualityRating: string | null;
  messagingLimit: string | null;
  throughput: string | null;
  hasAppSecret: boolean;
  accessTokenLast4: string | null;
  /** Where Meta is to post, this number's own path included. */
  webhookUrl: string;
  /** Only in the answer of create and of an explicit reveal. */
  verifyToken?: string;
  lastWebhookAt: string | null;
  createdAt: string;
  health?: IntegrationHealth;
  /** null while it sends. */
  pause?: SendingPause | null;
  /** Fields that the environment fixes; they are refused on PUT. */
  envLocked?: string[];
  /** When Meta switches this number's Graph version off. */
  apiVersionEndsAt?: string | null;
  /** Last message of a customer. */
  lastMessageAt?: string | null;
  callbackUrlWarning?: null | 'not_https' | 'localhost';
  readReceipts?: ReadReceipts;
  typingIndicator?: boolean;
  copyMediaToLibrary?: boolean;
}

/** POST takes all of the required ones, PUT any of them. */
export interface IntegrationInput {
  name: string;
  phoneNumber: string;
  phoneNumberId: string;
  businessAccountId: string;
  accessToken: string;
  appSecret: string;
  /** Generated when absent. */
  verifyToken?: string;
  /** Default `https://graph.facebook.com`; a version inside it (`…/v25.0`) is understood. */
  endpointUrl?: string;
  apiVersion?: string;
  sandbox?: boolean;
  active?: boolean;
  readReceipts?: ReadReceipts;
  typingIndicator?: boolean;
  copyMediaToLibrary?: boolean;
}

/** GET /integrations */
export namespace ListIntegrations {
  export interface Response {
    data: Integration[];
    meta: { nextCursor: string | null };
  }
}

/** GET|POST|PUT /integrations(/:id), POST /integrations/:id/toggle, POST /integrations/:id/reveal-verify-token */
export namespace OneIntegration {
  export interface Response {
    data: Integration;
  }
}

/** DELETE /integrations/:id?history=keep|erase answers 204. */
export type HistoryChoice = 'keep' | 'erase';

/** GET /integrations/:id/history-counts: what `history=erase` would take along. */
export namespace HistoryCounts {
  export interface Response {
    data: { conversations: number; messages: number; files: number };
  }
}

/** POST /integrations/:id/pause: nothing leaves until then, or until POST /integrations/:id/resume. */
export namespace PauseIntegration {
  export interface Request {
    /** Default 60, at most a week. */
    minutes?: number;
    reason?: string;
  }
  export type Response = OneIntegration.Response;
}

export type CheckState = 'ok' | 'warning' | 'error' | 'skipped';
/** What a button beside a check can do about it. */
export type CheckAction = 'subscribe' | 'reseal' | 'edit-number' | 'override-callback';

/** What a sentence is made of: a day as `2026-11-22`, counts as numbers, Meta's own words as they came. */
export type Facts = Record<string, string | number>;

export interface IntegrationCheck {
  /** Of a number: `token number account subscription callback secret`. */
  name: string;
  ok: boolean;
  state: CheckState;
  /** Names the sentence, e.g. `token.expired`: for words in another language, and for programs. */
  key: string;
  facts: Facts;
  /** The result or its cause, for a person, in English. */
  message: string;
  /** What to do about it, in English; null when there is nothing to do. */
  fix: string | null;
  /** Names that sentence; null where there is none, and where Meta wrote it. */
  fixKey: string | null;
  action: CheckAction | null;
}

/** POST /integrations/:id/test */
export namespace TestIntegration {
  export interface Response {
    data: { ok: boolean; checks: IntegrationCheck[] };
  }
}

/** POST /integrations/:id/subscribe, POST /integrations/:id/override-callback: the check, made again. */
export namespace RepairIntegration {
  export interface Response {
    data: IntegrationCheck;
  }
}

/** POST /integrations/:id/verify-token: shows it, or makes a new one. */
export namespace VerifyToken {
  export interface Request {
    rotate?: boolean;
  }
  export interface Response {
    data: { verifyToken: string };
  }
}
