/** What is really in the tables, read past the plugin. */
import type { Core } from '@strapi/strapi';

export type Row = Record<string, unknown>;

export interface Rows {
  all(table: string, where?: Row): Promise<Row[]>;
  count(table: string, where?: Row): Promise<number>;
  message(wamid: string): Promise<Row | undefined>;
  /** Conversations of one contact's phone or BSUID. */
  conversationsOf(contact: { phone?: string; userId?: string }): Promise<Row[]>;
  /**
   * How many rows every table of the inbox has: equal snapshots mean that nothing was stored. The log's count of unsigned
   * calls, which the maintenance writes when its minute comes, belongs to no delivery and is left out.
   */
  totals(): Promise<Record<string, number>>;
}

const TABLES = [
  'contacts',
  'contact_aliases',
  'conversations',
  'messages',
  'delivery_log',
  'quarantine',
  'parked_statuses',
  'changes',
  'jobs',
];

const text = (value: unknown): unknown =>
  typeof value === 'string' && /^[[{]/.test(value) ? JSON.parse(value) : value;

/** JSON columns as values on every database. */
export const json = <T = Row>(value: unknown): T => text(value) as T;

export const rowsOf = (strapi: Core.Strapi): Rows => {
  const table = (name: string) => strapi.db.connection(`whatsapp_${name}`);
  const count = async (name: string, where: Row = {}): Promise<number> =>
    Number(((await table(name).where(where).count({ n: '*' })) as Row[])[0].n);
  return {
    all: async (name, where = {}) => (await table(name).where(where).orderBy('id')) as Row[],
    count,
    message: async (wamid) => (await table('messages').where({ wamid }).first()) as Row | undefined,
    async conversationsOf({ phone, userId }) {
      const values = [phone, userId].filter((value): value is string => value !== undefined);
      const ids = ((await table('contact_aliases').whereIn('value', values)) as Row[]).map(
        (row) => row.contact_id as number,
      );
      return (await table('conversations').whereIn('contact_id', ids).orderBy('id')) as Row[];
    },
    async totals() {
      const entries = await Promise.all(TABLES.map(async (name) => [name, await count(name)] as const));
      const unsigned = await count('delivery_log', { outcome: 'rejected' });
      const totals = Object.fromEntries(entries);
      return { ...totals, delivery_log: totals.delivery_log - unsigned };
    },
  };
};
