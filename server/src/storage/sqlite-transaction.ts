import type { Tail } from './tail';
import type { Meter, Opened, Pool, Row, Tx } from './tx';

interface SqliteStatement {
  reader: boolean;
  raw(lists: boolean): SqliteStatement;
  all(...params: unknown[]): Row[];
  get(...params: unknown[]): Row | undefined;
  run(...params: unknown[]): { changes: number; lastInsertRowid: number | bigint };
}
interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
  pragma(source: string): unknown;
}
const prepared = new WeakMap<SqliteConnection, Map<string, SqliteStatement>>();

/** A text is always asked for in the same form: as lists or not. */
const statementFor = (connection: SqliteConnection, sql: string, lists = false): SqliteStatement => {
  let cache = prepared.get(connection);
  if (!cache) prepared.set(connection, (cache = new Map()));
  let statement = cache.get(sql);
  if (!statement) {
    statement = connection.prepare(sql);
    cache.set(sql, lists ? statement.raw(true) : statement);
  }
  return statement;
};

/**
 * Nothing runs behind a failure: when the disk is full, SQLite takes the transaction back by itself, and what came next
 * would be committed alone.
 */
const untilFailure = () => {
  let failure: { error: unknown } | null = null;
  return <T>(ask: () => T): T => {
    if (failure) throw failure.error;
    try {
      return ask();
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
};

const sqliteTx = (connection: SqliteConnection, meter: Meter, { later }: Tail): Tx => {
  const guarded = untilFailure();
  const asking = <T>(ask: () => T): T => {
    meter.statements += 1;
    return guarded(ask);
  };
  return {
    later,
    all: async <T extends Row>(sql: string, params: unknown[] = []) =>
      asking(() => statementFor(connection, sql).all(...params) as T[]),
    lists: async (sql, params = []) =>
      asking(() => statementFor(connection, sql, true).all(...params) as unknown as unknown[][]),
    run: async (sql, params = []) => asking(() => statementFor(connection, sql).run(...params).changes),
    each: async (sql, rows, tail = []) =>
      asking(() => {
        const statement = statementFor(connection, sql);
        // Two spreads in one call would go through iterators, at the price of the statement itself.
        const all = tail.length === 0 ? rows : rows.map((row) => row.concat(tail));
        if (statement.reader) return all.map((row) => statement.get(...row));
        return all.map((row) => {
          const { changes, lastInsertRowid } = statement.run(...row);
          return changes === 0 ? undefined : { id: Number(lastInsertRowid) };
        });
      }),
  };
};

/** better-sqlite3's own default, which Strapi's statements rely on. */
const SQLITE_BUSY_MS = 5_000;
const SQLITE_WAIT_MS = 800;
const SQLITE_PAUSE_MS = 25;

const isBusy = (error: unknown): boolean =>
  String((error as { code?: unknown }).code ?? '').startsWith('SQLITE_BUSY');

const beginAtOnce = (connection: SqliteConnection): void => {
  connection.pragma('busy_timeout = 0');
  try {
    statementFor(connection, 'BEGIN IMMEDIATE').run();
  } finally {
    connection.pragma(`busy_timeout = ${SQLITE_BUSY_MS}`);
  }
};

/**
 * SQLite waits for another process's lock inside the driver, and this thread with it: no request of the whole Strapi
 * would be served for five seconds. So it is asked without waiting, and the waiting is done here, while the only
 * connection of the pool is free for others.
 */
export const openSqlite = async (pool: Pool, meter: Meter, tail: Tail): Promise<Opened> => {
  const giveUpAt = Date.now() + SQLITE_WAIT_MS;
  for (;;) {
    const connection = (await pool.acquireConnection()) as SqliteConnection;
    try {
      beginAtOnce(connection);
      return {
        tx: sqliteTx(connection, meter, tail),
        commit: async () => void statementFor(connection, 'COMMIT').run(),
        rollback: async () => void statementFor(connection, 'ROLLBACK').run(),
        release: () => pool.releaseConnection(connection),
      };
    } catch (error) {
      await pool.releaseConnection(connection);
      if (!isBusy(error) || Date.now() >= giveUpAt) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, SQLITE_PAUSE_MS));
  }
};
