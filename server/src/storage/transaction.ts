import type { Knex } from 'knex';
import type { Dialect } from './dialect';
import { openPostgres } from './postgres-transaction';
import { gaveUpNames } from './postgres-statements';
import { openSqlite } from './sqlite-transaction';
import { createTail, createTurns, type Tail } from './tail';
import { noEach, type Meter, type Pool, type Row, type Tx } from './tx';
import type { Param } from './values';

export type { Meter, Row, Tx } from './tx';
export type { Param } from './values';

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
