import { TABLES } from '../constants';
import { classifyDbError } from '../storage/db-errors';
import type { Database } from '../storage/database';
import { randomToken } from '../storage/ids';
import { RaceLost } from '../storage/race';
import { logDeliveries, quarantine, type DeliveryRecord, type QuarantineRecord } from '../webhooks-log/batch';
import type { DescribeError } from '../messages/batch';
import { applyUnits, type Applied } from './apply';
import { parkUnits } from './parked';
import type { Unit } from './plan';
import { quarantineOf } from './quarantine';

/** One signed request, normalised and routed to the numbers that its signer owns. */
export interface Delivery {
  units: Unit[];
  record: DeliveryRecord;
  /** Whether the bytes may be kept for the log and for a replay. */
  keepBody?: boolean;
}

export interface DrainReport {
  applied: Applied[];
  quarantined: number;
  /** Events that wait for their message now. */
  parked: number;
}

const ATTEMPTS = 6;
/** Between two attempts, times the attempt: whoever won the race commits meanwhile. */
const PAUSE_MS = 3;

/** The database is away: nothing was lost, Meta delivers again. */
export class StorageUnavailable extends Error {
  constructor(readonly cause: unknown) {
    super('The database did not take the delivery');
    this.name = 'StorageUnavailable';
  }
}

const mayRetry = (error: unknown): boolean =>
  error instanceof RaceLost || ['retry', 'unique'].includes(classifyDbError(error));

/** The call's row says why, and its quarantined events can be found again from it. */
const tieToCall = (record: DeliveryRecord, events: QuarantineRecord[]): void => {
  if (events.length === 0) return;
  record.error = events[0].reason;
  record.ref ??= randomToken(24);
  for (const event of events) event.ref = record.ref;
};

const reportOf = (applied: Applied[], quarantined: number): DrainReport => ({
  applied,
  quarantined,
  parked: applied.reduce((sum, { parked }) => sum + parked.length, 0),
});

interface Batch {
  units?: Unit[];
  records?: DeliveryRecord[];
  quarantined?: QuarantineRecord[];
  withParked?: boolean;
}

export const createDrain = (db: Database, describe: DescribeError, now: () => number) => {
  /** One transaction for the events and whatever else has to be true together with them. */
  const commit = async ({
    units = [],
    records = [],
    quarantined = [],
    withParked,
  }: Batch): Promise<Applied> => {
    for (let round = 1; ; round += 1) {
      try {
        return await db.transaction(async (tx) => {
          const at = now();
          const applied = await applyUnits(db, tx, units, at, describe, withParked);
          tx.later(parkUnits(db, tx, applied.parked, at));
          tx.later(quarantine(db, tx, quarantined));
          tx.later(logDeliveries(db, tx, records, now()));
          return applied;
        });
      } catch (error) {
        const kind = classifyDbError(error);
        if (mayRetry(error) && round < ATTEMPTS) {
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * round));
          continue;
        }
        // A deadlock that six attempts did not solve is the database's trouble, not the event's.
        if (kind === 'unavailable' || kind === 'retry') throw new StorageUnavailable(error);
        throw error;
      }
    }
  };

  /** What the batch did, or the reason why the database refuses it; throws when the database is away. */
  const attempt = async (batch: Batch): Promise<{ applied: Applied } | { refusal: unknown }> => {
    try {
      return { applied: await commit(batch) };
    } catch (refusal) {
      if (refusal instanceof StorageUnavailable) throw refusal;
      return { refusal };
    }
  };

  /** Halves the drain until the poison stands alone; its neighbours are committed without it. */
  const isolate = async (units: Unit[], done: Applied[], poison: Map<Unit, unknown>): Promise<void> => {
    let result = await attempt({ units });
    // The poison may be what waited for this event, not the event itself.
    if ('refusal' in result && units.length === 1) result = await attempt({ units, withParked: false });
    if ('applied' in result) done.push(result.applied);
    else if (units.length === 1) poison.set(units[0], result.refusal);
    else {
      const middle = units.length >> 1;
      await isolate(units.slice(0, middle), done, poison);
      await isolate(units.slice(middle), done, poison);
    }
  };

  /** The log of a drain; a row that the database refuses is kept without what came from outside. */
  const log = async (records: DeliveryRecord[], quarantined: QuarantineRecord[]): Promise<void> => {
    if ('applied' in (await attempt({ records, quarantined }))) return;
    for (const record of records) {
      const kept = await attempt({ records: [record] });
      if ('refusal' in kept) await commit({ records: [{ ...record, summary: {}, body: null }] });
    }
    for (const row of quarantined) {
      const kept = await attempt({ quarantined: [row] });
      if ('refusal' in kept) await commit({ quarantined: [{ ...row, phoneNumberId: null, event: '{}' }] });
    }
  };

  /** Numbers that were erased after these events had been routed to them. */
  const erasedOf = async (units: Unit[]): Promise<Set<number>> => {
    const ids = new Set(units.map(({ route }) => route.integrationId));
    if (ids.size === 0) return ids;
    const marks = [...ids].map(() => '?').join(', ');
    const sql = `SELECT id FROM ${db.name(TABLES.integrations)} WHERE id IN (${marks})`;
    for (const { id } of await db.all(sql, [...ids])) ids.delete(Number(id));
    return ids;
  };

  return async (deliveries: Delivery[]): Promise<DrainReport> => {
    const units = deliveries.flatMap((delivery) => delivery.units);
    const records = deliveries.map((delivery) => delivery.record);
    const whole = await attempt({ units, records });
    if ('applied' in whole) return reportOf([whole.applied], 0);
    const applied: Applied[] = [];
    const poison = new Map<Unit, unknown>();
    await isolate(units, applied, poison);
    const erased = await erasedOf([...poison.keys()]);
    const isErased = ({ route }: Unit): boolean => erased.has(route.integrationId);
    // Nobody wants what was said on a number that is gone, least of all in quarantine.
    const kept = [...poison].filter(([unit]) => !isErased(unit));
    const held = new Map(kept.map(([unit, error]) => [unit, quarantineOf(unit, error)]));
    for (const { units: own, record } of deliveries) {
      if (own.length > 0 && own.every(isErased)) record.outcome = 'ignored';
      else if (own.some((unit) => poison.has(unit))) {
        record.outcome = 'partly';
        tieToCall(
          record,
          own.flatMap((unit) => held.get(unit) ?? []),
        );
      }
    }
    const quarantined = [...held.values()];
    await log(records, quarantined);
    return reportOf(applied, quarantined.length);
  };
};
