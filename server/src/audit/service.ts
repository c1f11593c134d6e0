import { capText, storableText } from '../cloud-api/storable';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';
import type { AuditAction, AuditActor } from './contract';
import { changedFields, maskPhones } from './redact';
import { appendAudit, type AuditRecord } from './repository';

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

interface Deps {
  db: Database;
  now(): number;
  caller(): Caller | null;
}

/** What the plugin does by itself: retention, health checks, webhooks. */
export const SYSTEM: AuditActor = { type: 'system', id: null, name: null };

/** Columns of 255 characters. */
const MAX_WORD = 250;
const word = (value: string | null | undefined): string | null =>
  value === null || value === undefined ? null : storableText(capText(value, MAX_WORD));

const jsonOf = (fields: Record<string, unknown> | null): string | null =>
  fields === null ? null : storableText(JSON.stringify(fields));

export const createAudit = ({ db, now, caller }: Deps) => {
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
    if (tx) await appendAudit(db, tx, records);
    else await db.transaction((own) => appendAudit(db, own, records));
  };

  return {
    /**
     * Writes one line of the audit trail, in the transaction of what it tells of (`tx`) or, with null, in one of its own.
     * Rejects when it cannot be written: what must not happen unrecorded (reveals, exports) is recorded first.
     */
    record: (tx: Tx | null, event: AuditEvent): Promise<void> => recordAll(tx, [event]),
    /** Many lines in one statement. */
    recordAll,
  };
};

export type Audit = ReturnType<typeof createAudit>;
