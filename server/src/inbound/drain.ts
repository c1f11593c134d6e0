import { classifyDbError } from '../storage/db-errors';
import type { Database } from '../storage/database';
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
  /** Known already before anything is written: events of numbers that nobody here owns. */
  unroutable: QuarantineRecord[];
  record: DeliveryRecord;
}

export interface DrainReport {
  applied: Applied[];
  quarantined: number;
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

export const createDrain = (db: Database, describe: DescribeError, now: () => number) => {
  /** One transaction for the events and whatever else has to be true together with them. */
  const commit = async (
    units: Unit[],
    records: DeliveryRecord[],
    quarantined: QuarantineRecord[],
  ): Promise<Applied> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction(async (tx) => {
          const at = now();
          const applied = await applyUnits(db, tx, units, at, describe);
          await parkUnits(db, tx, applied.parked, at);
          await quarantine(db, tx, quarantined);
          await logDeliveries(db, tx, records);
          // Early events found their message in this very transaction or wait for another one: no pass is due for them.
          return { ...applied, parked: [] };
        });
      } catch (error) {
        const kind = classifyDbError(error);
        if (mayRetry(error) && attempt < ATTEMPTS) {
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
          continue;
        }
        // A deadlock that six attempts did not solve is the database's trouble, not the event's.
        if (kind === 'unavailable' || kind === 'retry') throw new StorageUnavailable(error);
        throw error;
      }
    }
  };

  /** Halves the drain until the poison stands alone; its neighbours are committed without it. */
  const isolate = async (units: Unit[], report: DrainReport, poison: Map<Unit, unknown>): Promise<void> => {
    try {
      report.applied.push(await commit(units, [], []));
    } catch (error) {
      if (error instanceof StorageUnavailable) throw error;
      if (units.length === 1) {
        poison.set(units[0], error);
        return;
      }
      const middle = units.length >> 1;
      await isolate(units.slice(0, middle), report, poison);
      await isolate(units.slice(middle), report, poison);
    }
  };

  return async (deliveries: Delivery[]): Promise<DrainReport> => {
    const units = deliveries.flatMap((delivery) => delivery.units);
    const unroutable = deliveries.flatMap((delivery) => delivery.unroutable);
    const records = deliveries.map((delivery) => delivery.record);
    try {
      return { applied: [await commit(units, records, unroutable)], quarantined: unroutable.length };
    } catch (error) {
      if (error instanceof StorageUnavailable) throw error;
    }
    const report: DrainReport = { applied: [], quarantined: 0 };
    const poison = new Map<Unit, unknown>();
    await isolate(units, report, poison);
    const quarantined = [...poison].map(([unit, error]) => quarantineOf(unit, error));
    for (const delivery of deliveries) {
      if (delivery.units.some((unit) => poison.has(unit))) delivery.record.outcome = 'partly';
    }
    await commit([], records, [...unroutable, ...quarantined]);
    report.quarantined = quarantined.length + unroutable.length;
    return report;
  };
};
