import type { Knex } from 'knex';
import type { Dialect } from './dialect';
import { openPostgres } from './postgres-transaction';
import { gaveUpNames } from './postgres-statements';
import { openSqlite } from './sqlite-transaction';
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

/** Knex' pool of connections. */
export interface Pool {
  acquireConnection(): Promise<unknown>;
  releaseConnection(connection: unknown): Promise<void>;
}

/** An open transaction on a connection of its own. */
export interface Opened {
  tx: Tx;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Gives the connection back as it came. */
  release(): Promise<void>;
}

export const noEach = (): Promise<never> =>
  Promise.reject(new Error('Row by row statements are for SQLite only'));

const onDriver = async <T>(
  pool: Pool,
  dialect: Dialect,
  meter: Meter,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  const tail = createTail();
  const opened = await (dialect === 'sqlite' ? openSqlite : openPostgres)(pool, meter, tail);
  try {
    const result = await work(opened.tx);
    await tail.settled();
    await opened.commit();
    meter.commits += 1;
    return result;
  } catch (error) {
    const cause = await tail.causeOf(error);
    // A broken connection cannot roll back; the first error is the one that tells why.
    await opened.rollback().catch(() => undefined);
    throw cause;
  } finally {
    await opened.release();
  }
};

const knexTx = (trx: Knex.Transaction, meter: Meter, { later }: Tail): Tx => {
  const { take } = createTurns();
  const ask = async <R>(sql: string, params: Param[]): Promise<R> => {
    meter.statements += 1;
    const raw = (): Promise<unknown> =>
      trx.raw(sql, params as Knex.RawBinding[]).then((answer: unknown) => answer);
    return ((await take(raw)) as [R])[0];
  };
  return {
    later,
    each: noEach,
    all: <T extends Row>(sql: string, params: Param[] = []) => ask<T[]>(sql, params),
    lists: async (sql, params = []) => (await ask<Row[]>(sql, params)).map((row) => Object.values(row)),
    run: async (sql, params = []) => (await ask<{ affectedRows: number }>(sql, params)).affectedRows,
  };
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
