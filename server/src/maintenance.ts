import type { Database } from './storage/database';
import { TABLES } from './constants';
import { CHECKING, NOT_CONFIRMED } from './outbound/failure';
import type { Outbox } from './outbound/outbox';

interface Deps {
  db: Database;
  outbox: Outbox;
  now(): number;
  /** A claim older than this belongs to a process that died, ms. */
  abandonedAfterMs: number;
  retention: { deliveryLogDays: number; changeHours: number };
  applyParked(): Promise<unknown>;
  dropOldParked(): Promise<unknown>;
  notify(): void;
}

/** Meta's news of an unanswered send comes within minutes, if at all. */
const UNSETTLED_MS = 15 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
const PRUNE_EVERY_MS = 10 * 60 * 1000;

/** What has to happen even when nobody writes: claims of dead processes, unanswered sends, old rows. */
export const createMaintenance = (deps: Deps) => {
  const { db, outbox, now } = deps;
  let prunedAt = -Infinity;

  const prune = async (): Promise<void> => {
    if (now() - prunedAt < PRUNE_EVERY_MS) return;
    prunedAt = now();
    const { deliveryLogDays, changeHours } = deps.retention;
    await db
      .table(TABLES.deliveryLog)
      .where('received_at', '<', now() - deliveryLogDays * DAY_MS)
      .delete();
    await db
      .table(TABLES.changes)
      .where('at', '<', now() - changeHours * 60 * 60 * 1000)
      .delete();
    await deps.dropOldParked();
  };

  return async (): Promise<void> => {
    const lockedBefore = now() - deps.abandonedAfterMs;
    for (const row of await outbox.abandoned(lockedBefore)) {
      await outbox.outcomeUnknown(row, CHECKING, now(), lockedBefore);
    }
    for (const row of await outbox.unsettled(now() - UNSETTLED_MS))
      await outbox.release(row, NOT_CONFIRMED, now());
    await deps.applyParked();
    await prune();
    deps.notify();
  };
};
