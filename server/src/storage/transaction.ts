import type { Knex } from 'knex';
import type { Dialect } from './dialect';
import { gaveUpNames, postgresStatement, type PostgresStatement } from './postgres-statements';
import { createTail, createTurns, type Tail } from './tail';
import type { Param } from './values';

export type { Param } from './values';
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
  /**
   * Work whose answer nobody here needs: its statements go out at once, so that PostgreSQL writes while we go on, and the
   * transaction ends only after it. Its failure is the transaction's.
   */
  later(work: Promise<unknown>): void;
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
  /** Sends statements without waiting for the answers to those before; a driver that cannot has no such property. */
  pipeline?: boolean;
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

const sqliteTx = (connection: SqliteConnection, meter: Meter, { later }: Tail): Tx => ({
  later,
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
    // Two spreads in one call would go through iterators, at the price of the statement itself.
    const all = tail.length === 0 ? rows : rows.map((row) => row.concat(tail));
    if (statement.reader) return all.map((row) => statement.get(...row));
    return all.map((row) => {
      const { changes, lastInsertRowid } = statement.run(...row);
      return changes === 0 ? undefined : { id: Number(lastInsertRowid) };
    });
  },
});

const noEach = (): Promise<never> => Promise.reject(new Error('Row by row statements are for SQLite only'));

/**
 * `begun`: the answer to BEGIN. Nothing is written before it is there: without a transaction it would stay. A look-up may
 * go out along with it.
 */
const postgresTx = (
  connection: PostgresConnection,
  meter: Meter,
  { later }: Tail,
  begun?: Promise<unknown>,
): Tx => {
  const inTurn = createTurns();
  let pending = begun;
  begun?.then(
    () => (pending = undefined),
    () => undefined,
  );
  const ask = <R>(sql: string, params: Param[], rowMode?: 'array') => {
    meter.statements += 1;
    const query = () => connection.query<R>({ ...postgresStatement(sql), values: params, rowMode });
    if (connection.pipeline === undefined) return inTurn(() => (pending ? pending.then(query) : query()));
    return pending && rowMode !== 'array' ? pending.then(query) : query();
  };
  return {
    later,
    each: noEach,
    all: async <T extends Row>(sql: string, params: Param[] = []) => (await ask<T>(sql, params)).rows,
    lists: async (sql, params = []) => (await ask<unknown[]>(sql, params, 'array')).rows,
    run: async (sql, params = []) => (await ask(sql, params)).rowCount ?? 0,
  };
};

const knexTx = (trx: Knex.Transaction, meter: Meter, { later }: Tail): Tx => {
  const inTurn = createTurns();
  const ask = async <R>(sql: string, params: Param[]): Promise<R> => {
    meter.statements += 1;
    const raw = (): Promise<unknown> =>
      trx.raw(sql, params as Knex.RawBinding[]).then((answer: unknown) => answer);
    return ((await inTurn(raw)) as [R])[0];
  };
  return {
    later,
    each: noEach,
    all: <T extends Row>(sql: string, params: Param[] = []) => ask<T[]>(sql, params),
    lists: async (sql, params = []) => (await ask<Row[]>(sql, params)).map((row) => Object.values(row)),
    run: async (sql, params = []) => (await ask<{ affectedRows: number }>(sql, params)).affectedRows,
  };
};

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

const uncounted = (): Meter => ({ statements: 0, commits: 0 });

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
const beginSqlite = async (pool: Pool, meter: Meter, tail: Tail): Promise<Begun> => {
  const giveUpAt = Date.now() + SQLITE_WAIT_MS;
  for (;;) {
    const connection = (await pool.acquireConnection()) as SqliteConnection;
    const control = sqliteTx(connection, uncounted(), tail);
    try {
      await beginAtOnce(connection, control);
      return { connection, control, tx: sqliteTx(connection, meter, tail) };
    } catch (error) {
      await pool.releaseConnection(connection);
      if (!isBusy(error) || Date.now() >= giveUpAt) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, SQLITE_PAUSE_MS));
  }
};

const beginPostgres = async (pool: Pool, meter: Meter, tail: Tail): Promise<Begun> => {
  const connection = (await pool.acquireConnection()) as PostgresConnection;
  if (connection.pipeline !== undefined) connection.pipeline = true;
  const control = postgresTx(connection, uncounted(), tail);
  const begun = control.run('BEGIN');
  tail.later(begun);
  return { connection, control, tx: postgresTx(connection, meter, tail, begun) };
};

/** Others who borrow the connection expect one statement at a time. */
const release = async (pool: Pool, connection: PostgresConnection): Promise<void> => {
  if (connection.pipeline !== undefined) connection.pipeline = false;
  await pool.releaseConnection(connection);
};

const onDriver = async <T>(
  pool: Pool,
  dialect: Dialect,
  meter: Meter,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  const tail = createTail();
  const begin = dialect === 'sqlite' ? beginSqlite : beginPostgres;
  const { connection, control, tx } = await begin(pool, meter, tail);
  try {
    const result = await work(tx);
    await tail.settled();
    await control.run('COMMIT');
    meter.commits += 1;
    return result;
  } catch (error) {
    const cause = await tail.causeOf(error);
    // A broken connection cannot roll back; the first error is the one that tells why.
    await control.run('ROLLBACK').catch(() => undefined);
    throw cause;
  } finally {
    await release(pool, connection as PostgresConnection);
  }
};

const onKnex = async <T>(trx: Knex.Transaction, meter: Meter, work: (tx: Tx) => Promise<T>): Promise<T> => {
  const tail = createTail();
  try {
    const result = await work(knexTx(trx, meter, tail));
    await tail.settled();
    return result;
  } catch (error) {
    throw await tail.causeOf(error);
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
    const result = await knex.transaction((trx) => onKnex(trx, meter, work));
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
