export type AuditActorType = 'admin' | 'api_token' | 'automation' | 'system';

export interface AuditEntry {
  id: string;
  at: string;
  actor: { type: AuditActorType; id: string | null; name: string | null };
  /** `integration.update`, `message.send` … */
  action: string;
  target: { type: string; id: string | null; label: string | null };
  /** Redacted settings before and after; null where nothing was changed by it. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  ip: string | null;
}

/** GET /audit, GET /audit/export (text/csv, the same filters) */
export namespace ListAudit {
  export interface Query {
    actor?: string;
    action?: string;
    target?: string;
    from?: string;
    to?: string;
    limit?: number;
    cursor?: string;
  }
  export interface Response {
    data: AuditEntry[];
    meta: { nextCursor: string | null };
  }
}
