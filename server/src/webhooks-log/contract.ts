export type WebhookState = 'applied' | 'quarantined' | 'ignored' | 'rejected';

/** One call of our webhook. */
export interface WebhookCall {
  id: string;
  at: string;
  path: string;
  signature: 'valid' | 'invalid' | 'missing';
  bytes: number;
  /** Meta's field names, e.g. `messages`. */
  kinds: string[];
  integration: { id: string; name: string } | null;
  state: WebhookState;
  events: number;
  durationMs: number | null;
  error: string | null;
}

/** GET /webhook-log, GET /webhook-log/export (text/csv, the same filters) */
export namespace ListWebhookCalls {
  export interface Query {
    state?: WebhookState;
    integration?: string;
    kind?: string;
    from?: string;
    to?: string;
    limit?: number;
    cursor?: string;
  }
  export interface Response {
    data: WebhookCall[];
    meta: {
      nextCursor: string | null;
      /** Calls that nobody here signed, and since when they are counted. */
      rejected: { count: number; since: string };
    };
  }
}

/** GET /webhook-log/:id, POST /webhook-log/:id/replay */
export namespace OneWebhookCall {
  export interface Response {
    data: WebhookCall & {
      /** Redacted JSON; null once it has expired. */
      payload?: string | null;
    };
  }
}
