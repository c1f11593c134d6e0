import type { Knex } from 'knex';
import type { Dialect } from './dialect';
import { gaveUpNames, postgresStatement, type PostgresStatement } from './postgres-statements';

export type Param = string | number | bigint | Date | null;
export type Row = Record<string, unknown>;

/** One open transaction. `all` answers rows, `run` how many rows were changed. Placeholders are `?`. */
export interface Tx {
  all<T extends Row = Row>(sql: string, params?: Param[]): Promise<T[]>;
  /** Rows as lists of their columns: objects of many columns cost SQLite's driver more than the query. */
  lists(sql: string, params?: Param[]): Promise<unknown[][]>;
  run(sql: string, params?: Param[]): Promise<number>;
  /**
   * SQLite only: one prepared statement, once for each row. Answers, for each, a query's first row or an insert's new
   * `id`; undefined where there was none. `tail`: parameters behind those of each row.
   */
  each(sql: string, rows: Param[][], tail?: Param[]): Promise<(Row | undefined)[]>;
}

/** Counts what reaches the database, so that tests can hold the statement and commit budgets. */
export interface Meter {
  statements: number;
  commits: number;
}

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
interface PostgresConnection {
  query<R = Row>(
    config: PostgresStatement & { values: unknown[]; rowMode?: 'array' },
  ): Promise<{ rows: R[]; rowCount: number | null }>;
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

const sqliteTx = (connection: SqliteConnection, meter: Meter): Tx => ({
  async all<T extends Row>(sql: string, params: Param[] = []) {
    meter.statements += 1;
    return statementFor(connection, sql).all(...params) as T[];
  },
  async lists(sql, params = []) {
    meter.statements += 1;
    return statementFor(connection, sql, true).all(...params) as unknown as unknown[][];
  },
  async run(sql, params = []) {
    meter.statements += 1;
    return statementFor(connection, sql).run(...params).changes;
  },
  async each(sql, rows, tail = []) {
    meter.statements += 1;
    const statement = statementFor(connection, sql);
    if (statement.reader) return rows.map((row) => statement.get(...row, ...tail));
    return rows.map((row) => {
      const { changes, lastInsertRowid } = statement.run(...row, ...tail);
      return changes === 0 ? undefined : { id: Number(lastInsertRowid) };
    });
  },
});

const noEach = (): Promise<never> => Promise.reject(new Error('Row by row statements are for SQLite only'));

const postgresTx = (connection: PostgresConnection, meter: Meter): Tx => ({
  async all<T extends Row>(sql: string, params: Param[] = []) {
    meter.statements += 1;
    return (await connection.query({ ...postgresStatement(sql), values: params })).rows as T[];
  },
  async lists(sql, params = []) {
    meter.statements += 1;
    const asked = { ...postgresStatement(sql), values: params, rowMode: 'array' as const };
    return (await connection.query<unknown[]>(asked)).rows;
  },
  async run(sql, params = []) {
    meter.statements += 1;
    return (await connection.query({ ...postgresStatement(sql), values: params })).rowCount ?? 0;
  },
  each: noEach,
});

const knexTx = (trx: Knex.Transaction, meter: Meter): Tx => ({
  async all<T extends Row>(sql: string, params: Param[] = []) {
    meter.statements += 1;
    const [rows] = (await trx.raw(sql, params as Knex.RawBinding[])) as [T[]];
    return rows;
  },
  async lists(sql, params = []) {
    meter.statements += 1;
    const [rows] = (await trx.raw(sql, params as Knex.RawBinding[])) as [Row[]];
    return rows.map((row) => Object.values(row));
  },
  async run(sql, params = []) {
    meter.statements += 1;
    const [result] = (await trx.raw(sql, params as Knex.RawBinding[])) as [{ affectedRows: number }];
    return result.affectedRows;
  },
  each: noEach,
});

/** better-sqlite3's own default, which Strapi's statements rely on. */
const SQLITE_BUSY_MS = 5_000;
const SQLITE_WAIT_MS = 800;
const SQLITE_PAUSE_MS = 25;

const isBusy = (error: unknown): boolean =>
  String((error as { code?: unknown }).code ?? '').startsWith('SQLITE_BUSY');

interface Pool {
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): Promise<void>;
}

/** An open transaction: `tx` is counted, `control` begins and ends it. */
interface Begun {
  connection: unknown;
  control: Tx;
  tx: Tx;
}

const beginAtOnce = async (connection: SqliteConnection, control: Tx): Promise<void> => {
  connection.pragma('busy_timeout = 0');
  try {
    await control.run('BEGIN IMMEDIATE');
  } finally {
    connection.pragma(`busy_timeout = ${SQLITE_BUSY_MS}`);
  }
};

/**
 * SQLite waits for another process's lock inside the driver, and this thread with it: no request of the whole Strapi
 * would be served for five seconds. So it is asked without waiting, and the waiting is done here, while the only
 * connection of the pool is free for others.
 */
const beginSqlite = async (pool: Pool, meter: Meter): Promise<Begun> => {
  const giveUpAt = Date.now() + SQLITE_WAIT_MS;
  for (;;) {
    const connection = (await pool.acquireConnection()) as SqliteConnection;
    const control = sqliteTx(connection, { statements: 0, commits: 0 });
    try {
      await beginAtOnce(connection, control);
      return { connection, control, tx: sqliteTx(connection, meter) };
    } catch (error) {
      await pool.releaseConnection(connection);
      if (!isBusy(error) || Date.now() >= giveUpAt) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, SQLITE_PAUSE_MS));
  }
};

const beginPostgres = async (pool: Pool, meter: Meter): Promise<Begun> => {
  const connection = (await pool.acquireConnection()) as PostgresConnection;
  const control = postgresTx(connection, { statements: 0, commits: 0 });
  try {
    await control.run('BEGIN');
    return { connection, control, tx: postgresTx(connection, meter) };
  } catch (error) {
    await pool.releaseConnection(connection);
    throw error;
  }
};

const onDriver = async <T>(
  pool: Pool,
  dialect: Dialect,
  meter: Meter,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  const { connection, control, tx } = await (dialect === 'sqlite' ? beginSqlite : beginPostgres)(pool, meter);
  try {
    const result = await work(tx);
    await control.run('COMMIT');
    meter.commits += 1;
    return result;
  } catch (error) {
    // A broken connection cannot roll back; the first error is the one that tells why.
    await control.run('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await pool.releaseConnection(connection);
  }
};

/**
 * Runs `work` in one transaction on a connection of Strapi's own pool. SQLite and PostgreSQL get the driver itself: the
 * query builder costs more than the statement on the webhook path, and better-sqlite3 then runs the whole transaction
 * without giving up the thread. Never await anything but the Tx inside.
 */
export const runTransaction = async <T>(
  knex: Knex,
  dialect: Dialect,
  meter: Meter,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  if (dialect === 'mysql') {
    const result = await knex.transaction((trx) => work(knexTx(trx, meter)));
    meter.commits += 1;
    return result;
  }
  const pool = knex.client as Pool;
  try {
    return await onDriver(pool, dialect, meter, work);
  } catch (error) {
    if (dialect !== 'postgres' || !gaveUpNames(error)) throw error;
    return onDriver(pool, dialect, meter, work);
  }
};
