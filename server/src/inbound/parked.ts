import type { WebhookEvent } from '../cloud-api/events';
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { deleteByIds, rowSet, type RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import type { Tx } from '../storage/transaction';
import { runRows } from '../storage/update';
import type { ParkedEvent } from './lookup';
import type { Unit } from './plan';

const SHAPE: RowShape = {
  organization_id: 'int',
  integration_id: 'int',
  wamid: 'text',
  kind: 'text',
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
      event.kind,
      JSON.stringify(event),
      now,
    ]),
  });

export const unitOf = (parked: ParkedEvent): Unit => ({
  event: JSON.parse(parked.event) as WebhookEvent,
  route: { integrationId: parked.integrationId, organizationId: parked.organizationId },
  receivedAt: parked.receivedAt,
});

const ID: RowShape = { i: 'int' };

export const forgetParked = async (db: Database, tx: Tx, ids: number[]): Promise<void> => {
  const sql = deleteByIds(db.dialect, db.name(TABLES.parkedStatuses), rowSet(db.dialect, ID));
  const rows = ids.map((id) => [id]);
  await runRows(db, tx, sql, ID, rows);
};
