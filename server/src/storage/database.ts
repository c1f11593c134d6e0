import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { TABLES } from '../constants';
import { runAfterCommit } from './after-commit';
import type { Dialect } from './dialect';
import { runTransaction, type Meter, type Param, type Row, type Tx } from './transaction';

export type TableName = (typeof TABLES)[keyof typeof TABLES];

/** Our one handle on Strapi's database; rooms' repositories and batch files get it, nobody else. */
export interface Database {
  dialect: Dialect;
  /** Query builder on one table, in the configured schema. */
  table(name: string): Knex.QueryBuilder;
  knex: Knex;
  /** Quoted, schema-qualified name for handwritten SQL. */
  name(table: TableName): string;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Rows of one statement outside any transaction. */
  all<T extends Row = Row>(sql: string, params?: Param[]): Promise<T[]>;
  meter: Meter;
}

const rowsOf = (dialect: Dialect, result: unknown): Row[] => {
  if (dialect === 'postgres') return (result as { rows: Row[] }).rows;
  return dialect === 'mysql' ? (result as [Row[]])[0] : (result as Row[]);
};

export const createDatabase = (strapi: Core.Strapi): Database => {
  const dialect = strapi.db.dialect.client as Dialect;
  const knex = strapi.db.connection as unknown as Knex;
  const schema = strapi.db.getSchemaName();
  const quote = dialect === 'mysql' ? '`' : '"';
  const meter: Meter = { statements: 0, commits: 0 };
  return {
    dialect,
    knex,
    meter,
    table: (name) => strapi.db.getConnection(name) as unknown as Knex.QueryBuilder,
    name: (table) =>
      schema ? `${quote}${schema}${quote}.${quote}${table}${quote}` : `${quote}${table}${quote}`,
    async transaction(work) {
      let open: Tx | null = null;
      const result = await runTransaction(knex, dialect, meter, (tx) => work((open = tx)));
      if (open) runAfterCommit(open);
      return result;
    },
    async all<T extends Row>(sql: string, params: Param[] = []) {
      return rowsOf(dialect, await knex.raw(sql, params as Knex.RawBinding[])) as T[];
    },
  };
};
