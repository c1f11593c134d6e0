export type AuditActorType = 'admin' | 'api_token' | 'automation' | 'system';

/** Who did it. `id` is the admin user's or the API token's; null for the plugin itself. */
export interface AuditActor {
  type: AuditActorType;
  id: string | null;
  name: string | null;
}

/** `<thing>.<verb>` in lower case, like `integration.update` or `message.send`. */
export type AuditAction = `${string}.${string}`;

export interface AuditEntry {
  id: string;
  at: string;
  actor: AuditActor;
  /** `integration.update`, `message.send` … */
  action: string;
  /** The label is a name for people; never a full phone number or what somebody wrote. */
  target: { type: string; id: string | null; label: string | null };
  /** Only the settings that changed, secrets as dots; null where nothing was changed by it. */
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** Address of the caller; null for what the plugin did by itself. */
  ip: string | null;
}

/** GET /audit, GET /audit/export (text/csv, the same filters) */
export namespace ListAudit {
  export interface Query {
    /** One of the actor types, an id, or a part of a name. */
    actor?: string;
    /** A part of an action: `integration`, `update`, `integration.update`. */
    action?: string;
    /** `<type>:<id>`, an id, or a part of a type or label. */
    target?: string;
    /** ISO-8601, both inclusive. */
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
