import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { insertRows } from '../storage/insert';

/** A process that has not been seen this long is gone: three missed ticks. */
const GONE_MS = 35_000;
const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

/** Which processes share the database. Only for the Doctor: nothing is decided by it. */
export const createPresence = (db: Database, owner: string, startedAt: number) => ({
  /** Called with every maintenance tick. */
  async beat(now: number): Promise<void> {
    await db.transaction((tx) =>
      insertRows(db, tx, {
        table: TABLES.processes,
        shape: { owner: 'text', engine: 'text', started_at: 'int', seen_at: 'int' },
        rows: [[owner, 'embedded', startedAt, now]],
        conflict: {
          key: ['owner'],
          update: db.dialect === 'mysql' ? 'seen_at = VALUES(seen_at)' : 'seen_at = excluded.seen_at',
        },
      }),
    );
    await db
      .table(TABLES.processes)
      .where('seen_at', '<', now - FORGOTTEN_MS)
      .delete();
  },
  /** A process that ends says so; a killed one fades. */
  async leave(): Promise<void> {
    await db.table(TABLES.processes).where({ owner }).delete();
  },
  async embedded(now: number): Promise<number> {
    const [row] = await db.all(
      `SELECT count(*) AS n FROM ${db.name(TABLES.processes)} WHERE engine = 'embedded' AND seen_at > ?`,
      [now - GONE_MS],
    );
    return Number(row.n);
  },
});

export type Presence = ReturnType<typeof createPresence>;
