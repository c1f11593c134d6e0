import { TABLES } from '../constants';
import type { Database } from './database';
import { isUniqueViolation } from './db-errors';

/** After this long, whoever has begun is taken for dead. */
const ABANDONED_MS = 60_000;

/**
 * Whether this process may do what is done once for the whole database: the unique name decides between two that start
 * at the same time. Who began and died is followed by the next one that asks a minute later.
 */
export const claimOnce = async (db: Database, name: string, now: number): Promise<boolean> => {
  try {
    await db.table(TABLES.once).insert({ name, claimed_at: now });
    return true;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
  }
  const abandoned = db
    .table(TABLES.once)
    .where({ name })
    .where('claimed_at', '<', now - ABANDONED_MS);
  return (await abandoned.update({ claimed_at: now })) > 0;
};
