import { createHash } from 'node:crypto';
import type { UserActed } from '../cloud-api/events';
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import type { Tx } from '../storage/transaction';
import type { Unit } from './plan';

const SHAPE: RowShape = {
  organization_id: 'int',
  integration_id: 'int',
  action: 'text',
  tracking_token: 'text',
  click_id: 'text',
  at: 'int',
  digest: 'text',
  raw: 'json',
};

/** Clicks on links of marketing messages. They carry no id of their own: the element's digest tells a repetition. */
export const storeActions = (db: Database, tx: Tx, units: Unit<UserActed>[]): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.userActions,
    shape: SHAPE,
    rows: units.map(({ event, route }) => {
      const raw = JSON.stringify(event.raw);
      return [
        route.organizationId,
        route.integrationId,
        event.action,
        event.trackingToken,
        event.clickId,
        event.timestamp,
        createHash('sha256').update(raw).digest('hex'),
        raw,
      ];
    }),
    conflict: 'ignore',
  });
