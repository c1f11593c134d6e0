import type { TableName, Database } from './database';
import { bindRows, chunks, datetime, onConflictUpdate, rowSet, type Cell, type RowShape } from './dialect';
import type { Param, Row, Tx } from './transaction';

export interface InsertSpec {
  table: TableName;
  shape: RowShape;
  rows: Cell[][];
  /** Adds created_at, updated_at and published_at with this moment: raw inserts into content types must bring them. */
  stampedAt?: number;
  /** `ignore` leaves rows that are there already alone; an upsert updates them. Absent: a conflict is an error. */
  conflict?: 'ignore' | { key: string[]; update: string };
  /** Columns to answer of the rows that were written: `id` and columns of `shape`. */
  returning?: string[];
  /** MySQL only: how to find the written rows again; columns of `shape`. */
  readBackBy?: string[];
}

const STAMPS = ['created_at', 'updated_at', 'published_at'];

const tailOf = (db: Database, spec: InsertSpec, table: string): string => {
  if (spec.conflict === 'ignore') {
    return db.dialect === 'mysql'
      ? ` ON DUPLICATE KEY UPDATE ${table}.id = ${table}.id`
      : ' ON CONFLICT DO NOTHING';
  }
  return spec.conflict ? ` ${onConflictUpdate(db.dialect, spec.conflict.key, spec.conflict.update)}` : '';
};

/** Rows of one statement where nothing has to be known about each: three times as fast as one by one. */
const SQLITE_ROWS = 16;

const insertBlindly = async (tx: Tx, head: string, width: number, rows: Cell[][]): Promise<void> => {
  const marks = `(${Array(width).fill('?').join(', ')})`;
  const groups = chunks(rows, SQLITE_ROWS);
  const rest = groups[groups.length - 1].length < SQLITE_ROWS ? groups.pop() : undefined;
  if (groups.length > 0) {
    const many = head + Array(SQLITE_ROWS).fill(marks).join(', ');
    await tx.each(
      many,
      groups.map((group) => group.flat()),
    );
  }
  if (rest) await tx.each(head + marks, rest);
};

/**
 * SQLite has no round trip to save: one prepared statement run per row, inside one synchronous transaction, costs a
 * third less than unfolding JSON. Without RETURNING, which builds a temporary table for each row and triples its cost
 * (bench/README.md): what was inserted is known but for its id.
 */
const insertSqlite = async (db: Database, tx: Tx, spec: InsertSpec): Promise<Row[]> => {
  const stamps = spec.stampedAt === undefined ? [] : STAMPS;
  const names = Object.keys(spec.shape);
  const columns = [...names, ...stamps];
  const table = db.name(spec.table);
  const head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
  const tail: Param[] = stamps.map(() => spec.stampedAt ?? 0);
  const { returning, conflict } = spec;
  if (!returning && !conflict && stamps.length === 0) {
    await insertBlindly(tx, head, columns.length, spec.rows);
    return [];
  }
  const sql = `${head}(${columns.map(() => '?').join(', ')})${tailOf(db, spec, table)}`;
  const inserted = await tx.each(sql, spec.rows, tail);
  if (!returning) return [];
  if (typeof conflict === 'object') return findAgain(tx, spec, table, conflict.key, returning);
  const written: Row[] = [];
  inserted.forEach((row, index) => {
    if (!row) return;
    const answer: Row = {};
    for (const column of returning) {
      answer[column] = column === 'id' ? row.id : spec.rows[index][names.indexOf(column)];
    }
    written.push(answer);
  });
  return written;
};

/** An upsert does not tell the id of a row that it updated. */
const findAgain = async (
  tx: Tx,
  spec: InsertSpec,
  table: string,
  key: string[],
  returning: string[],
): Promise<Row[]> => {
  const places = key.map((column) => Object.keys(spec.shape).indexOf(column));
  const sql = `SELECT ${returning.join(', ')} FROM ${table} WHERE ${key.map((column) => `${column} = ?`).join(' AND ')}`;
  const found = await tx.each(
    sql,
    spec.rows.map((row) => places.map((place) => row[place])),
  );
  return found.filter((row): row is Row => row !== undefined);
};

const insertRemote = async (db: Database, tx: Tx, spec: InsertSpec): Promise<Row[]> => {
  const names = Object.keys(spec.shape);
  const stamps = spec.stampedAt === undefined ? [] : STAMPS;
  const table = db.name(spec.table);
  const stampCast = db.dialect === 'postgres' ? '?::timestamp' : '?';
  const select = [...names.map((name) => `r.${name}`), ...stamps.map(() => stampCast)].join(', ');
  const head = `INSERT INTO ${table} (${[...names, ...stamps].join(', ')}) SELECT ${select} FROM ${rowSet(db.dialect, spec.shape)}`;
  const tail =
    tailOf(db, spec, table) +
    (db.dialect === 'postgres' && spec.returning ? ` RETURNING ${spec.returning.join(', ')}` : '');
  const stampParams: Param[] = stamps.map(() => datetime(db.dialect, spec.stampedAt ?? 0));
  const insert = ({ rows, params }: { rows: Cell[][]; params: Param[] }): Promise<Row[]> => {
    if (db.dialect === 'postgres') return tx.all(head + tail, params);
    return tx.run(head + tail, params).then(() => (spec.returning ? readBack(db, tx, spec, rows) : []));
  };
  const goes = chunks(spec.rows).map((rows) => ({
    rows,
    params: [...stampParams, ...bindRows(db.dialect, spec.shape, rows)],
  }));
  // All of them are bound before the first is sent, and on their way at once: what is asked next comes behind them.
  return (await Promise.all(goes.map(insert))).flat();
};

const readBack = (db: Database, tx: Tx, spec: InsertSpec, rows: Cell[][]): Promise<Row[]> => {
  const by = spec.readBackBy ?? ['document_id'];
  const names = Object.keys(spec.shape);
  const shape = Object.fromEntries(by.map((name) => [name, spec.shape[name]]));
  const keys = rows.map((row) => by.map((name) => row[names.indexOf(name)]));
  const join = by.map((name) => `m.${name} = r.${name}`).join(' AND ');
  const sql = `SELECT ${(spec.returning ?? []).map((c) => `m.${c}`).join(', ')} FROM ${db.name(spec.table)} m JOIN ${rowSet(db.dialect, shape)} ON ${join}`;
  return tx.all(sql, bindRows(db.dialect, shape, keys));
};

/** Writes many rows and answers `returning` of those that were really written (or, for an upsert, touched). */
export const insertRows = (db: Database, tx: Tx, spec: InsertSpec): Promise<Row[]> => {
  if (spec.rows.length === 0) return Promise.resolve([]);
  return db.dialect === 'sqlite' ? insertSqlite(db, tx, spec) : insertRemote(db, tx, spec);
};
