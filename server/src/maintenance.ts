import type { Database, TableName } from './storage/database';
import { TABLES } from './constants';
import { CHECKING, NOT_CONFIRMED } from './outbound/failure';
import type { Outbox } from './outbound/outbox';
import { clearPayloads } from './webhooks-log/upkeep';

interface Deps {
  db: Database;
  outbox: Outbox;
  now(): number;
  /** A claim older than this belongs to a process that died, ms. */
  abandonedAfterMs: number;
  retention: { deliveryLogDays: number; changeHours: number; auditDays: number };
  /** Days that the bytes of applied webhook calls are kept. */
  keepPayloadDays: number;
  saveRejected(): Promise<unknown>;
  applyParked: () => Promise<unknown>;
  dropOldParked(): Promise<unknown>;
  /** Drops scheduled messages whose person has written. */
  scheduled(): Promise<unknown>;
  /** Files and counts that nothing needs any more. */
  sweep(): Promise<unknown>;
  showOrphanedEdits(): Promise<unknown>;
  dropUnfinishedFiles(): Promise<unknown>;
  /** Files whose message is gone. */
  dropOrphanedFiles(): Promise<unknown>;
  notify(): void;
  onError(error: unknown): void;
}

/** Meta's news of an unanswered send comes within minutes, if at all. */
const UNSETTLED_MS = 15 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const PRUNE_EVERY_MS = 10 * 60 * 1000;
/** Quarantined events hold what people wrote: long enough to mend the cause and replay, no longer. */
const QUARANTINE_DAYS = 30;
/** Longer than Meta counts changes for. */
const TEMPLATE_EDIT_DAYS = 31;
/** What nobody has taken note of in this time is told by the template itself. */
const TEMPLATE_ALERT_DAYS = 90;
const PRUNE_BATCH = 1_000;

/**
 * Deletes old rows from the front of an append-only table, a batch at a time: ids grow with time, so no index on the time
 * is needed and no write lock is held for long.
 */
const dropOldest = async (db: Database, table: TableName, column: string, before: number): Promise<void> => {
  for (;;) {
    const rows = await db.all(
      `SELECT id, ${column} AS at FROM ${db.name(table)} ORDER BY id LIMIT ${PRUNE_BATCH}`,
    );
    const old = rows.filter((row) => Number(row.at) < before).map((row) => Number(row.id));
    if (old.length === 0) return;
    await db.table(table).whereIn('id', old).delete();
    if (old.length < PRUNE_BATCH) return;
  }
};

/** What has to happen even when nobody writes: claims of dead processes, unanswered sends, old rows. */
export const createMaintenance = (deps: Deps) => {
  const { db, outbox, now } = deps;
  let prunedAt = -Infinity;
  let payloadsClearedTo = 0;

  const prune = async (): Promise<void> => {
    if (now() - prunedAt < PRUNE_EVERY_MS) return;
    prunedAt = now();
    const { deliveryLogDays, changeHours, auditDays } = deps.retention;
    await dropOldest(db, TABLES.deliveryLog, 'received_at', now() - deliveryLogDays * DAY_MS);
    await dropOldest(db, TABLES.changes, 'at', now() - changeHours * 60 * 60 * 1000);
    await dropOldest(db, TABLES.quarantine, 'received_at', now() - QUARANTINE_DAYS * DAY_MS);
    await dropOldest(db, TABLES.auditEntries, 'at', now() - auditDays * DAY_MS);
    await dropOldest(db, TABLES.templateAlerts, 'at', now() - TEMPLATE_ALERT_DAYS * DAY_MS);
    await dropOldest(db, TABLES.templateEdits, 'at', now() - TEMPLATE_EDIT_DAYS * DAY_MS);
    const keptSince = now() - deps.keepPayloadDays * DAY_MS;
    payloadsClearedTo = await clearPayloads(db, keptSince, payloadsClearedTo);
    await deps.dropOldParked();
    await deps.sweep();
    await deps.dropUnfinishedFiles();
    await deps.dropOrphanedFiles();
  };

  /** One step's trouble is no reason to leave the others undone. */
  const steps = [
    async () => {
      const lockedBefore = now() - deps.abandonedAfterMs;
      for (const row of await outbox.abandoned(lockedBefore)) {
        await outbox.outcomeUnknown(row, CHECKING, now(), lockedBefore);
      }
    },
    async () => {
      for (const row of await outbox.unsettled(now() - UNSETTLED_MS)) {
        await outbox.release(row, NOT_CONFIRMED, now());
      }
    },
    deps.applyParked,
    deps.saveRejected,
    deps.scheduled,
    deps.showOrphanedEdits,
    prune,
  ];

  return async (): Promise<void> => {
    for (const step of steps) await step().catch(deps.onError);
    deps.notify();
  };
};
