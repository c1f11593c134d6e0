import type { Param } from './values';

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
