import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import type { Tx } from '../storage/transaction';

/**
 * `applied`: all of it; `partly`: something was quarantined or is about a number that is not connected here; `ignored`:
 * understood, nothing to store.
 */
export type DeliveryOutcome = 'applied' | 'partly' | 'ignored' | 'not_understood';

export interface DeliveryRecord {
  organizationId: number | null;
  receivedAt: number;
  outcome: DeliveryOutcome;
  webhookKey: string | null;
  /** Size of the body as it came. */
  bytes: number;
  events: number;
  /** Events per kind: `{"message.received": 3, "unknown number": 1}`. */
  summary: Record<string, number>;
  /** Only when it was not understood, so that somebody can look at it. */
  body: string | null;
}

export interface QuarantineRecord {
  organizationId: number | null;
  receivedAt: number;
  phoneNumberId: string | null;
  reason: string;
  event: string;
}

const LOG: RowShape = {
  organization_id: 'int',
  received_at: 'int',
  outcome: 'text',
  webhook_key: 'text',
  bytes: 'int',
  events: 'int',
  summary: 'json',
  body: 'text',
};
const QUARANTINE: RowShape = {
  organization_id: 'int',
  received_at: 'int',
  phone_number_id: 'text',
  reason: 'text',
  event: 'text',
};

export const logDeliveries = (db: Database, tx: Tx, records: DeliveryRecord[]): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.deliveryLog,
    shape: LOG,
    rows: records.map((r) => [
      r.organizationId,
      r.receivedAt,
      r.outcome,
      r.webhookKey,
      r.bytes,
      r.events,
      JSON.stringify(r.summary),
      r.body,
    ]),
  });

/** Keeps what could not be applied, with its bytes, so that it can be replayed once the cause is mended. */
export const quarantine = (db: Database, tx: Tx, records: QuarantineRecord[]): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.quarantine,
    shape: QUARANTINE,
    rows: records.map((r) => [r.organizationId, r.receivedAt, r.phoneNumberId, r.reason, r.event]),
  });
