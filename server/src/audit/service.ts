import { capText, storableText } from '../cloud-api/storable';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';
import { afterCommit } from '../storage/after-commit';
import { decodeCursor, pageOf } from '../storage/keyset';
import type { Scope } from '../storage/scope';
import type { AuditAction, AuditActor, AuditActorType, AuditEntry, ListAudit } from './contract';
import { changedFields, maskPhones } from './redact';
import { appendAudit, listAudit, type AuditRecord, type AuditRow } from './repository';
import type { AuditFilters } from './schema-input';

/** What a room says when something happened that somebody may later ask about. */
export interface AuditEvent {
  /** null: it concerns the whole installation (roles, encryption, debug mode). */
  organizationId: number | null;
  /** Left out: whoever makes the present request; the plugin itself outside of one. Background work has to say. */
  actor?: AuditActor;
  action: AuditAction;
  target: { type: string; id: string | number | null; label?: string | null };
  /** Whole objects or single fields; what is equal on both sides is left out, secrets and texts become dots. */
  before?: object | null;
  after?: object | null;
}

/** Who calls and from where, taken from the present request. */
export interface Caller {
  actor: AuditActor;
  ip: string | null;
}

/** An entry as others are told of it once it is committed. */
export type AuditTold = Pick<AuditEntry, 'target' | 'before' | 'after'> & {
  action: string;
  actorType: AuditActorType;
};

/** Whose entries somebody sees: a tenant's, and with `wide` also those of the whole installation. */
export interface AuditView {
  scope: Scope;
  wide: boolean;
}

interface Deps {
  db: Database;
  now(): number;
  caller(): Caller | null;
  /** Hears of each entry after its commit; must not throw. */
  tell(told: AuditTold): void;
}

/** What the plugin does by itself: retention, health checks, webhooks. */
export const SYSTEM: AuditActor = { type: 'system', id: null, name: null };

/** Columns of 255 characters. */
const MAX_WORD = 250;
const word = (value: string | null | undefined): string | null =>
  value === null || value === undefined ? null : storableText(capText(value, MAX_WORD));

const jsonOf = (fields: Record<string, unknown> | null): string | null =>
  fields === null ? null : storableText(JSON.stringify(fields));

const fieldsOf = (text: string | null): Record<string, unknown> | null =>
  text === null ? null : (JSON.parse(text) as Record<string, unknown>);

const toldOf = (record: AuditRecord): AuditTold => ({
  action: record.action,
  actorType: record.actorType as AuditActorType,
  target: { type: record.targetType, id: record.targetId, label: record.targetLabel },
  before: fieldsOf(record.before),
  after: fieldsOf(record.after),
});

const present = (row: AuditRow): AuditEntry => ({
  id: String(row.id),
  at: new Date(row.at).toISOString(),
  actor: { type: row.actorType as AuditActorType, id: row.actorId, name: row.actorName },
  action: row.action,
  target: { type: row.targetType, id: row.targetId, label: row.targetLabel },
  before: fieldsOf(row.before),
  after: fieldsOf(row.after),
  ip: row.ip,
});

export const createAudit = ({ db, now, caller, tell }: Deps) => {
  const recordOf = (event: AuditEvent): AuditRecord => {
    const calling = caller();
    const actor = event.actor ?? calling?.actor ?? SYSTEM;
    const person = actor.type === 'admin' || actor.type === 'api_token';
    const { before, after } = changedFields(
      event.before as Record<string, unknown> | null | undefined,
      event.after as Record<string, unknown> | null | undefined,
    );
    const { type, id, label } = event.target;
    return {
      organizationId: event.organizationId,
      at: now(),
      actorType: actor.type,
      actorId: word(actor.id),
      actorName: word(actor.name),
      action: event.action,
      targetType: type,
      targetId: id === null ? null : word(String(id)),
      targetLabel: word(label && maskPhones(label)),
      before: jsonOf(before),
      after: jsonOf(after),
      ip: person ? word(calling?.ip) : null,
    };
  };

  const recordAll = async (tx: Tx | null, events: AuditEvent[]): Promise<void> => {
    const records = events.map(recordOf);
    const write = async (open: Tx): Promise<void> => {
      await appendAudit(db, open, records);
      afterCommit(open, () => records.forEach((record) => tell(toldOf(record))));
    };
    await (tx ? write(tx) : db.transaction(write));
  };

  return {
    /**
     * Writes one line of the audit trail, in the transaction of what it tells of (`tx`) or, with null, in one of its own.
     * Rejects when it cannot be written: what must not happen unrecorded (reveals, exports) is recorded first.
     */
    record: (tx: Tx | null, event: AuditEvent): Promise<void> => recordAll(tx, [event]),
    /** Many lines in one statement. */
    recordAll,
    async list(
      view: AuditView,
      filters: AuditFilters,
      page: { limit: number; cursor?: string },
    ): Promise<ListAudit.Response> {
      const after = page.cursor ? decodeCursor(page.cursor) : null;
      const found = await listAudit(db, view, filters, after, page.limit + 1);
      const { rows, nextCursor } = pageOf(found, page.limit);
      return { data: rows.map(present), meta: { nextCursor } };
    },
  };
};

export type Audit = ReturnType<typeof createAudit>;
