import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { incoming, type Cell, type RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import type { TemplateAccess, TemplateBinding } from './contract';

/** A template in all its languages. */
export interface TemplateName {
  businessAccountId: string;
  name: string;
}

/** A binding with what was true when it was saved. */
export interface StoredBinding extends TemplateBinding {
  /** Of `linked`: uids of the types in which whoever saved it may read that field. */
  types?: string[];
}

export interface TemplateSettings {
  bindings: StoredBinding[];
  access: TemplateAccess;
}

export type PickerRow = Record<string, unknown>;

const listOf = <T>(value: unknown): T[] => {
  const list: unknown = typeof value === 'string' && value !== '' ? JSON.parse(value) : value;
  return Array.isArray(list) ? (list as T[]) : [];
};

export const accessOf = (row: Record<string, unknown> | undefined): TemplateAccess => ({
  roles: listOf<string>(row?.roles),
  integrations: listOf<string>(row?.integrations),
});

/** A thread without templates is not read to its beginning. */
const LOOK_BACK = 200;

const KEY = ['organization_id', 'business_account_id', 'name'];

export const createTemplateUseRepository = (db: Database, { organizationId }: Scope) => {
  const [templates, settings, marks] = [TABLES.templates, TABLES.templateSettings, TABLES.templateMarks].map(
    (table) => db.name(table),
  );

  const write = (
    tx: Tx,
    table: typeof TABLES.templateSettings | typeof TABLES.templateMarks,
    key: Record<string, string | number>,
    values: Record<string, Cell>,
  ): Promise<unknown> => {
    const row: Record<string, Cell> = { ...key, ...values };
    const shape = Object.fromEntries(
      Object.entries(row).map(([column]) => [
        column,
        /_id$|_at$/.test(column) && column !== 'business_account_id' ? 'int' : 'text',
      ]),
    ) as RowShape;
    const update = Object.keys(values).map((column) => `${column} = ${incoming(db.dialect, column)}`);
    return insertRows(db, tx, {
      table,
      shape,
      rows: [Object.values(row)],
      conflict: { key: Object.keys(key), update: update.join(', ') },
    });
  };

  const keyOf = ({ businessAccountId, name }: TemplateName) => ({
    organization_id: organizationId,
    business_account_id: businessAccountId,
    name,
  });

  return {
    async settings({ businessAccountId, name }: TemplateName): Promise<TemplateSettings> {
      const [row] = await db.all(
        `SELECT bindings, roles, integrations FROM ${settings} WHERE ${KEY.map((column) => `${column} = ?`).join(' AND ')}`,
        [organizationId, businessAccountId, name],
      );
      return { bindings: listOf<StoredBinding>(row?.bindings), access: accessOf(row) };
    },
    saveBindings: (tx: Tx, name: TemplateName, bindings: StoredBinding[]) =>
      write(tx, TABLES.templateSettings, keyOf(name), { bindings: JSON.stringify(bindings) }),
    saveAccess: (tx: Tx, name: TemplateName, access: TemplateAccess) =>
      write(tx, TABLES.templateSettings, keyOf(name), {
        roles: JSON.stringify(access.roles),
        integrations: JSON.stringify(access.integrations),
      }),
    /** `at` null takes the mark away. */
    markFavourite: (tx: Tx, name: TemplateName, userId: number, at: number | null) =>
      write(tx, TABLES.templateMarks, { ...keyOf(name), user_id: userId }, { favourite_at: at }),
    markUsed: (tx: Tx, name: TemplateName, userId: number, at: number) =>
      write(tx, TABLES.templateMarks, { ...keyOf(name), user_id: userId }, { last_used_at: at }),
    /** Components and category of each language: what a name's bindings may speak of. */
    languages({ businessAccountId, name }: TemplateName): Promise<PickerRow[]> {
      return db.all(
        `SELECT * FROM ${templates} WHERE organization_id = ? AND business_account_id = ? AND name = ? AND removed_at IS NULL`,
        [organizationId, businessAccountId, name],
      );
    },
    /** In which language the newest template of a thread was, as far as its last messages tell. */
    async lastLanguageIn(conversationId: number): Promise<string | null> {
      const newest = `SELECT id, template, written_at FROM ${db.name(TABLES.messages)} WHERE organization_id = ? AND conversation_id = ? ORDER BY written_at DESC, id DESC LIMIT ${LOOK_BACK}`;
      const [row] = await db.all(
        `SELECT template FROM (${newest}) n WHERE template IS NOT NULL ORDER BY written_at DESC, id DESC LIMIT 1`,
        [organizationId, conversationId],
      );
      const template = (typeof row?.template === 'string' ? JSON.parse(row.template) : row?.template) as
        { language?: unknown } | null | undefined;
      return typeof template?.language === 'string' ? template.language : null;
    },
    /** Every template of an account with what the site and this person decided about it. */
    picker(businessAccountId: string, userId: number): Promise<PickerRow[]> {
      const same = (alias: string) =>
        `${alias}.organization_id = t.organization_id AND ${alias}.business_account_id = t.business_account_id AND ${alias}.name = t.name`;
      return db.all(
        `SELECT t.*, s.bindings, s.roles, s.integrations, k.favourite_at, k.last_used_at FROM ${templates} t ` +
          `LEFT JOIN ${settings} s ON ${same('s')} LEFT JOIN ${marks} k ON ${same('k')} AND k.user_id = ? ` +
          `WHERE t.organization_id = ? AND t.business_account_id = ? AND t.removed_at IS NULL ORDER BY t.name, t.language, t.id`,
        [userId, organizationId, businessAccountId],
      );
    },
  };
};

export type TemplateUseRepository = ReturnType<typeof createTemplateUseRepository>;
