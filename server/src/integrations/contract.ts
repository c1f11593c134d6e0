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
