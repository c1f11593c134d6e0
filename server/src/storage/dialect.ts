import { postgresArray } from './postgres-arrays';
import type { Cell, ColumnType, Param } from './values';

export type { Cell, ColumnType } from './values';

/**
 * Everything in which SQLite, PostgreSQL and MySQL/MariaDB differ for us. Statements elsewhere are written once with `?`
 * placeholders and these fragments.
 */
export type Dialect = 'sqlite' | 'postgres' | 'mysql';

/** Columns of a row set in the order in which the rows' arrays hold them. */
export type RowShape = Record<string, ColumnType>;

/**
 * Rows per statement. A full 1,000-event delivery as one knex insert fails on SQLite ("too many terms in compound
 * SELECT") and many of them overflow PostgreSQL's bind limit; a row set cut at 500 rows avoids both.
 */
export const ROWS_PER_STATEMENT = 500;

/** JSON travels as text there: JSON_TABLE gives a JSON column the literal `null` for NULL, and MariaDB no objects. */
const mysqlType: Record<ColumnType, string> = { int: 'BIGINT', text: 'LONGTEXT', json: 'LONGTEXT' };
const postgresType: Record<ColumnType, string> = { int: 'bigint', text: 'text', json: 'jsonb' };

/**
 * A derived table that unfolds bound rows. Bind `bindRows(dialect, shape, rows)` for its placeholders.
 * PostgreSQL takes an array for each column. The others take ONE JSON parameter: SQLite reads positions out of arrays
 * (cheapest there), MySQL reads named keys.
 */
export const rowSet = (dialect: Dialect, shape: RowShape, alias = 'r'): string => {
  const names = Object.keys(shape);
  if (dialect === 'postgres') {
    const arrays = names.map((name) => `?::${postgresType[shape[name]]}[]`);
    return `unnest(${arrays.join(', ')}) AS ${alias}(${names.map((name) => `"${name}"`).join(', ')})`;
  }
  if (dialect === 'mysql') {
    const columns = names.map((name) => `\`${name}\` ${mysqlType[shape[name]]} PATH '$.${name}'`).join(', ');
    return `JSON_TABLE(?, '$[*]' COLUMNS (${columns})) AS ${alias}`;
  }
  const columns = names.map((name, index) => `value ->> ${index} AS "${name}"`).join(', ');
  return `(SELECT ${columns} FROM json_each(?)) AS ${alias}`;
};

/** Parameters for the placeholders of `rowSet`. `json` cells are given as JSON text already. */
export const bindRows = (dialect: Dialect, shape: RowShape, rows: Cell[][]): Param[] => {
  if (dialect === 'sqlite') return [JSON.stringify(rows)];
  const names = Object.keys(shape);
  if (dialect === 'postgres') {
    return names.map((name, column) =>
      postgresArray(
        shape[name],
        rows.map((row) => row[column]),
      ),
    );
  }
  const parts = rows.map((row) => {
    const cells = names.map((name, index) => `${JSON.stringify(name)}:${JSON.stringify(row[index])}`);
    return `{${cells.join(',')}}`;
  });
  return [`[${parts.join(',')}]`];
};

/** Cuts a list into runs of at most `size`. */
export const chunks = <T>(list: T[], size = ROWS_PER_STATEMENT): T[][] => {
  if (list.length <= size) return list.length === 0 ? [] : [list];
  const result: T[][] = [];
  for (let start = 0; start < list.length; start += size) result.push(list.slice(start, start + size));
  return result;
};

/** Keys that differ in the last column only. */
export interface KeyGroup {
  /** Cells of all columns but the last. */
  fixed: Cell[];
  values: Set<string>;
}

interface KeySet {
  /** Derived table `r` with the columns of the shape. */
  source: string;
  bound: Param[];
}

/**
 * Row sets to look things up by. SQLite takes a list of the last column for each group: taking rows apart there costs
 * more than the look-up itself.
 */
export const keySets = (dialect: Dialect, shape: RowShape, groups: Iterable<KeyGroup>): KeySet[] => {
  if (dialect !== 'sqlite') {
    const source = rowSet(dialect, shape);
    const rows = [...groups].flatMap(({ fixed, values }) => [...values].map((value) => [...fixed, value]));
    return chunks(rows).map((chunk) => ({ source, bound: bindRows(dialect, shape, chunk) }));
  }
  const names = Object.keys(shape);
  const fixed = names.slice(0, -1);
  const columns = [...fixed.map((name) => `? AS "${name}"`), `value AS "${names[fixed.length]}"`];
  const source = `(SELECT ${columns.join(', ')} FROM json_each(?)) AS r`;
  return [...groups].map((group) => ({ source, bound: [...group.fixed, JSON.stringify([...group.values])] }));
};

/**
 * Join of a stored table to the rows that are wanted of it: they drive, the table is only probed by its index. A planner
 * left alone reads the whole of a table for them when it has no or old statistics of it, and keeps to that plan.
 */
export const probe = (dialect: Dialect, table: string, alias: string, condition: string): string => {
  // OFFSET 0 keeps PostgreSQL from turning the sub-select into a plain join again.
  if (dialect === 'postgres') {
    return ` CROSS JOIN LATERAL (SELECT ${alias}.* FROM ${table} ${alias} WHERE ${condition} OFFSET 0) ${alias}`;
  }
  // MySQL plans each time anew.
  return ` ${dialect === 'mysql' ? 'JOIN' : 'CROSS JOIN'} ${table} ${alias} ON ${condition}`;
};

/** Name of the value that an upsert would have inserted. */
export const incoming = (dialect: Dialect, column: string): string =>
  dialect === 'mysql' ? `VALUES(${column})` : `excluded.${column}`;

/** Tail of an upsert on a unique key. */
export const onConflictUpdate = (dialect: Dialect, key: string[], assignments: string): string =>
  dialect === 'mysql'
    ? `ON DUPLICATE KEY UPDATE ${assignments}`
    : `ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assignments}`;

/** `UPDATE t SET … FROM rows`, which MySQL spells as a join. `set` uses `m` for the table's own columns. */
export const updateFrom = (
  dialect: Dialect,
  table: string,
  rows: string,
  join: string,
  assignments: [column: string, value: string][],
): string => {
  if (dialect === 'mysql') {
    const set = assignments.map(([column, value]) => `m.${column} = ${value}`).join(', ');
    return `UPDATE ${table} m JOIN ${rows} ON ${join} SET ${set}`;
  }
  const set = assignments.map(([column, value]) => `${column} = ${value}`).join(', ');
  return `UPDATE ${table} AS m SET ${set} FROM ${rows} WHERE ${join}`;
};

/** Text compared by its bytes, whatever the collation of the database. */
export const bytewise = (dialect: Dialect, expression: string): string => {
  if (dialect === 'postgres') return `${expression} COLLATE "C"`;
  return dialect === 'mysql' ? `CAST(${expression} AS BINARY)` : expression;
};

/** Tail of a SELECT whose rows of `alias` are about to be written; SQLite has one writer at a time anyway. */
export const forUpdate = (dialect: Dialect, alias: string): string => {
  if (dialect === 'sqlite') return '';
  // MariaDB knows no `OF`; a table that is derived from a parameter has nothing to lock.
  return dialect === 'postgres' ? ` FOR UPDATE OF ${alias}` : ' FOR UPDATE';
};

/** A JSON object with the keys of another laid over it, where there is another. */
export const jsonMerged = (dialect: Dialect, stored: string, added: string): string => {
  const merged = {
    sqlite: `json_patch(COALESCE(${stored}, '{}'), ${added})`,
    postgres: `COALESCE(${stored}, '{}'::jsonb) || ${added}`,
    mysql: `JSON_MERGE_PATCH(COALESCE(${stored}, '{}'), ${added})`,
  }[dialect];
  return `CASE WHEN ${added} IS NULL THEN ${stored} ELSE ${merged} END`;
};

/** `DELETE` of the rows whose id is in column `i` of a row set; MariaDB would read the whole table for an IN. */
export const deleteByIds = (dialect: Dialect, table: string, rows: string): string =>
  dialect === 'mysql'
    ? `DELETE m FROM ${table} m JOIN ${rows} ON m.id = r.i`
    : `DELETE FROM ${table} WHERE id IN (SELECT r.i FROM ${rows})`;

/** A moment for a Strapi `datetime` column: SQLite keeps milliseconds, the others take a Date. */
export const datetime = (dialect: Dialect, ms: number): number | Date =>
  dialect === 'sqlite' ? ms : new Date(ms);

/** Digits that people write numbers with: ASCII, Arabic, Persian. */
const DIGIT = '[0-9٠-٩۰-۹]';

/** Whether a text has as many digits as a phone number (seven); false for NULL. */
export const manyDigits = (dialect: Dialect, column: string): string => {
  const value = `coalesce(${column}, '')`;
  if (dialect === 'sqlite') return `${value} GLOB '${`*${DIGIT}`.repeat(7)}*'`;
  return `${value} ${dialect === 'postgres' ? '~' : 'REGEXP'} '(${DIGIT}.*){7}'`;
};
