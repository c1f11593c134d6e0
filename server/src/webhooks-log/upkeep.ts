import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { RejectedHour } from './rejections';

const LOG = TABLES.deliveryLog;

/** Brings the hour's row of this process up to date; made with the first rejected call of the hour. */
export const saveRejected = async (db: Database, owner: string, hour: RejectedHour): Promise<void> => {
  const key = {
    received_at: hour.hour,
    outcome: 'rejected',
    ref: `${hour.signature}:${owner}`.slice(0, 250),
  };
  const values = { events: hour.count, summary: JSON.stringify(hour.addresses) };
  const found = await db.table(LOG).whereNull('organization_id').where(key).update(values);
  if (found > 0) return;
  const { signature, path } = hour;
  await db
    .table(LOG)
    .insert({ ...key, ...values, signature, path: path?.slice(0, 250) ?? null, bytes: 0, duration_ms: 0 });
};

const CLEAR_BATCH = 500;

/**
 * Empties payloads whose time is over, walking the log once from its old end: `from` is where the last walk stopped.
 * What waits in quarantine keeps its bytes until its row goes. Answers where to go on.
 */
export const clearPayloads = async (db: Database, before: number, from: number): Promise<number> => {
  for (let at = from; ;) {
    const rows = (await db
      .table(LOG)
      .where('id', '>', at)
      .orderBy('id')
      .limit(CLEAR_BATCH)
      .select('id', 'received_at', 'outcome', 'error')) as Record<string, unknown>[];
    const old = rows.filter((row) => Number(row.received_at) < before);
    const done = old.filter((row) => row.outcome !== 'not_understood' && row.error === null);
    const ids = done.map((row) => Number(row.id));
    if (ids.length > 0) await db.table(LOG).whereIn('id', ids).whereNotNull('body').update({ body: null });
    if (old.length > 0) at = Number(old[old.length - 1].id);
    if (old.length < CLEAR_BATCH) return at;
  }
};
