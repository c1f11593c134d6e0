import { capText } from '../cloud-api/storable';
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import type { Tx } from '../storage/transaction';
import type { DeliveryOutcome } from './outcome';

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
  /** The exact bytes, sealed; null when they speak of more than one tenant or of numbers that are not ours. */
  body: string | null;
  /** Address that was called, without its query. */
  path?: string | null;
  /** The number that it is about; null for none or several. */
  integrationId?: number | null;
  /** Why something of it is in quarantine. */
  error?: string | null;
  /** Ties the quarantined events to their call. */
  ref?: string | null;
  /** Set on a call that is applied again: its row is there already and is brought up to date afterwards. */
  replay?: boolean;
}

export interface QuarantineRecord {
  organizationId: number | null;
  receivedAt: number;
  phoneNumberId: string | null;
  reason: string;
  event: string;
  ref?: string | null;
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
  path: 'text',
  integration_id: 'int',
  error: 'text',
  ref: 'text',
  kinds: 'text',
  duration_ms: 'int',
};

/** For the filter; `summary` has the counts. */
const kindsOf = (summary: Record<string, number>): string =>
  capText(`,${Object.keys(summary).join(',')},`, 250);

const QUARANTINE: RowShape = {
  organization_id: 'int',
  received_at: 'int',
  phone_number_id: 'text',
  reason: 'text',
  event: 'text',
  ref: 'text',
};

/** Rows of a drain; `now` ends the time that they took: until they were handed to the database, without its commit. */
export const logDeliveries = (
  db: Database,
  tx: Tx,
  records: DeliveryRecord[],
  now: number,
): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.deliveryLog,
    shape: LOG,
    rows: records
      .filter((r) => !r.replay)
      .map((r) => [
        r.organizationId,
        r.receivedAt,
        r.outcome,
        r.webhookKey,
        r.bytes,
        r.events,
        JSON.stringify(r.summary),
        r.body,
        r.path ?? null,
        r.integrationId ?? null,
        r.error ?? null,
        r.ref ?? null,
        kindsOf(r.summary),
        Math.max(0, now - r.receivedAt),
      ]),
  });

/** Keeps what could not be applied, with its bytes, so that it can be replayed once the cause is mended. */
export const quarantine = (db: Database, tx: Tx, records: QuarantineRecord[]): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.quarantine,
    shape: QUARANTINE,
    rows: records.map((r) => [
      r.organizationId,
      r.receivedAt,
      r.phoneNumberId,
      r.reason,
      r.event,
      r.ref ?? null,
    ]),
  });
