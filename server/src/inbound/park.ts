import type { WebhookEvent } from '../cloud-api/events';
import { TABLES } from '../constants';
import type { DescribeError } from '../messages/batch';
import type { Database } from '../storage/database';
import type { RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import type { Tx } from '../storage/transaction';
import { applyUnits } from './apply';
import type { Unit } from './plan';

/** A status of a message that another tool sent never finds its message; it may be forgotten after this long. */
export const PARKED_FOR_MS = 7 * 24 * 60 * 60 * 1000;

const SHAPE: RowShape = {
  organization_id: 'int',
  integration_id: 'int',
  wamid: 'text',
  event: 'text',
  received_at: 'int',
};

const targetOf = (event: WebhookEvent): string =>
  'targetWamid' in event ? event.targetWamid : 'wamid' in event ? (event.wamid ?? '') : '';

/** Keeps events that came before the message they speak of. */
export const parkUnits = (db: Database, tx: Tx, units: Unit[], now: number): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.parkedStatuses,
    shape: SHAPE,
    rows: units.map(({ event, route }) => [
      route.organizationId,
      route.integrationId,
      targetOf(event),
      JSON.stringify(event),
      now,
    ]),
  });

/**
 * Applies parked events whose message is there by now, and answers how many. Runs after the commits that could have
 * brought either side, so that whichever came second finds the other.
 */
export const applyParked = async (db: Database, describe: DescribeError, now: number, limit = 500): Promise<number> => {
  const parked = db.name(TABLES.parkedStatuses);
  const due = `SELECT p.id, p.organization_id, p.integration_id, p.event, p.received_at FROM ${parked} p JOIN ${db.name(TABLES.messages)} m ON m.integration_id = p.integration_id AND m.wamid = p.wamid ORDER BY p.id LIMIT ${limit}`;
  return db.transaction(async (tx) => {
    const rows = await tx.all(due);
    if (rows.length === 0) return 0;
    const units = rows.map((row): Unit => ({
      event: JSON.parse(String(row.event)) as WebhookEvent,
      route: { integrationId: Number(row.integration_id), organizationId: Number(row.organization_id) },
      receivedAt: Number(row.received_at),
    }));
    await applyUnits(db, tx, units, now, describe);
    const marks = rows.map(() => '?').join(', ');
    await tx.run(`DELETE FROM ${parked} WHERE id IN (${marks})`, rows.map((row) => Number(row.id)));
    return rows.length;
  });
};

/** Forgets parked events that never found their message. */
export const dropOldParked = (db: Database, now: number): Promise<number> =>
  db.transaction((tx) =>
    tx.run(`DELETE FROM ${db.name(TABLES.parkedStatuses)} WHERE received_at < ?`, [now - PARKED_FOR_MS]),
  );
