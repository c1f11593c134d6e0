import { TABLES } from '../constants';
import type { DescribeError } from '../messages/batch';
import { classifyDbError } from '../storage/db-errors';
import type { Database } from '../storage/database';
import { quarantine } from '../webhooks-log/batch';
import { applyUnits } from './apply';
import type { ParkedEvent } from './lookup';
import { forgetParked, unitOf } from './parked';
import { quarantineOf } from './quarantine';

/** A status of a message that another tool sent never finds its message; it may be forgotten after this long. */
export const PARKED_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * A drain looks for parked events of the messages that it brings, whatever their age. What it cannot see are wamids that
 * a send's answer tells and what another process writes at the same moment; both happen within moments of the parking,
 * so that years of statuses of foreign messages need not be walked through each time.
 */
const RECENT_MS = 10 * 60 * 1000;
const PAGE = 500;

const applyRows = (db: Database, rows: ParkedEvent[], describe: DescribeError, now: number): Promise<void> =>
  db.transaction(async (tx) => {
    await applyUnits(db, tx, rows.map(unitOf), now, describe);
    await forgetParked(
      db,
      tx,
      rows.map(({ id }) => id),
    );
  });

/** One by one; an event that the database refuses goes to quarantine instead of being tried for a week. */
const applyEach = async (
  db: Database,
  rows: ParkedEvent[],
  describe: DescribeError,
  now: number,
): Promise<void> => {
  for (const row of rows) {
    try {
      await applyRows(db, [row], describe, now);
    } catch (error) {
      if (['unavailable', 'retry'].includes(classifyDbError(error))) throw error;
      await db.transaction(async (tx) => {
        await quarantine(db, tx, [quarantineOf(unitOf(row), error)]);
        await forgetParked(db, tx, [row.id]);
      });
    }
  }
};

/** Whether news about a message came before the message's own wamid was known; one probe of an index. */
export const isParked = async (db: Database, integrationId: number, wamid: string): Promise<boolean> => {
  const [row] = await db.all(
    `SELECT id FROM ${db.name(TABLES.parkedStatuses)} WHERE integration_id = ? AND wamid = ? LIMIT 1`,
    [integrationId, wamid],
  );
  return row !== undefined;
};

/**
 * Applies recently parked events whose message is there by now, and answers how many. Runs after the commits that could
 * have brought either side, so that whichever came second finds the other.
 */
export const applyParked = async (db: Database, describe: DescribeError, now: number): Promise<number> => {
  const due =
    `SELECT p.id, p.organization_id, p.integration_id, p.wamid, p.event, p.received_at FROM ${db.name(TABLES.parkedStatuses)} p ` +
    `JOIN ${db.name(TABLES.messages)} m ON m.integration_id = p.integration_id AND m.wamid = p.wamid ` +
    `WHERE p.received_at >= ? ORDER BY p.received_at, p.id LIMIT ${PAGE}`;
  let applied = 0;
  for (;;) {
    const found = await db.all(due, [now - RECENT_MS]);
    const rows = found.map((row) => ({
      id: Number(row.id),
      organizationId: Number(row.organization_id),
      integrationId: Number(row.integration_id),
      wamid: String(row.wamid),
      event: String(row.event),
      receivedAt: Number(row.received_at),
    }));
    if (rows.length > 0) {
      await applyRows(db, rows, describe, now).catch(async (error: unknown) => {
        if (['unavailable', 'retry'].includes(classifyDbError(error))) throw error;
        await applyEach(db, rows, describe, now);
      });
    }
    applied += rows.length;
    if (rows.length < PAGE) return applied;
  }
};

/** Forgets parked events that never found their message. */
export const dropOldParked = (db: Database, now: number): Promise<number> =>
  db.transaction((tx) =>
    tx.run(`DELETE FROM ${db.name(TABLES.parkedStatuses)} WHERE received_at < ?`, [now - PARKED_FOR_MS]),
  );
