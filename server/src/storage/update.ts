import type { Database, TableName } from './database';
import { bindRows, chunks, rowSet, updateFrom, type Cell, type RowShape } from './dialect';
import type { Tx } from './transaction';

/**
 * One statement over the rows of a row set, in as many goes as they take; answers how many rows were changed. All goes
 * are bound before the first is sent, and on their way at once: what is asked next comes behind them.
 */
export const runRows = async (
  db: Database,
  tx: Tx,
  sql: string,
  shape: RowShape,
  rows: Cell[][],
): Promise<number> => {
  const goes = chunks(rows).map((chunk) => bindRows(db.dialect, shape, chunk));
  const changed = await Promise.all(goes.map((params) => tx.run(sql, params)));
  return changed.reduce((sum, count) => sum + count, 0);
};

interface UpdateSpec {
  table: TableName;
  shape: RowShape;
  rows: Cell[][];
  /** Which row `r` is for which stored row `m`. */
  on: string;
  /** Columns and what they become. */
  set: [column: string, value: string][];
}

/** Updates many rows, each with values of its own; answers how many were changed. */
export const updateRows = async (
  db: Database,
  tx: Tx,
  { table, shape, rows, on, set }: UpdateSpec,
): Promise<number> => {
  if (rows.length === 0) return 0;
  const sql = updateFrom(db.dialect, db.name(table), rowSet(db.dialect, shape), on, set);
  return runRows(db, tx, sql, shape, rows);
};
