import type { Database, TableName } from './database';
import { bindRows, chunks, rowSet, updateFrom, type Cell, type RowShape } from './dialect';
import type { Param, Tx } from './transaction';

/** Waits for statements that are on their way together; answers how many rows they changed. */
const sumOf = async (goes: Promise<number>[]): Promise<number> =>
  (await Promise.all(goes)).reduce((sum, changed) => sum + changed, 0);

/**
 * One statement over the rows of a row set, in as many goes as they take; answers how many rows were changed. All goes
 * are on their way at once: what is asked next comes behind them.
 */
export const runRows = (
  db: Database,
  tx: Tx,
  sql: string,
  shape: RowShape,
  rows: Cell[][],
): Promise<number> => sumOf(chunks(rows).map((chunk) => tx.run(sql, bindRows(db.dialect, shape, chunk))));

interface UpdateSpec {
  table: TableName;
  shape: RowShape;
  rows: Cell[][];
  /** Which row `r` is for which stored row `m`. */
  on: string;
  /** Columns and what they become. */
  set: [column: string, value: string][];
  /** For the placeholders of `set`. */
  values?: Param[];
}

/** Updates many rows, each with values of its own; answers how many were changed. */
export const updateRows = (
  db: Database,
  tx: Tx,
  { table, shape, rows, on, set, values = [] }: UpdateSpec,
): Promise<number> => {
  if (rows.length === 0) return Promise.resolve(0);
  const { dialect } = db;
  const sql = updateFrom(dialect, db.name(table), rowSet(dialect, shape), on, set);
  const goes = chunks(rows).map((chunk) => {
    const bound = bindRows(dialect, shape, chunk);
    // MySQL names the rows before it sets anything.
    return tx.run(sql, dialect === 'mysql' ? [...bound, ...values] : [...values, ...bound]);
  });
  return sumOf(goes);
};
