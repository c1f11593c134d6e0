export type AuditActorType = 'admin' | 'api_token' | 'automation' | 'system';

/** Who did it. `id` is the admin user's or the API token's; null for the plugin itself. */
export interface AuditActor {
  type: AuditActorType;
  id: string | null;
  name: string | null;
}

/** All that leaves a line: `<thing>.<verb>`. The panel has words for each, `audit.action.<action>`. */
export type AuditAction =
  | 'api-access.bind'
  | 'audit.export'
  | 'contact.block'
  | 'contact.link'
  | 'contact.reveal-phone'
  | 'contact.test-flag'
  | 'contact.unblock'
  | 'contact.unlink'
  | 'conversation.assign'
  | 'debug.off'
  | 'debug.on'
  | 'encryption.reseal'
  | 'integration.connect-from-environment'
  | 'integration.create'
  | 'integration.delete'
  | 'integration.erase'
  | 'integration.override-callback'
  | 'integration.pause'
  | 'integration.resume'
  | 'integration.reveal-verify-token'
  | 'integration.rotate-verify-token'
  | 'integration.subscribe'
  | 'integration.toggle'
  | 'integration.update'
  | 'message.cancel'
  | 'message.react'
  | 'message.reschedule'
  | 'message.retry'
  | 'message.send'
  | 'message.send-again'
  | 'organization.create'
  | 'template.delete'
  | 'template.edit'
  | 'template.submit'
  | 'template.unpause'
  | 'template-draft.approve'
  | 'template-draft.create'
  | 'template-draft.delete'
  | 'template-draft.request-review'
  | 'template-draft.return'
  | 'organization.delete'
  | 'organization.update'
  | 'role.permissions'
  | 'template.bind'
  | 'template.limit'
  | 'template.test'
  | 'webhook-log.export'
  | 'webhook.replay';

export interface AuditEntry {
  id: string;
  at: string;
  actor: AuditActor;
  action: AuditAction;
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
