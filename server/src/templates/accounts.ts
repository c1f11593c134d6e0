import { TABLES } from '../constants';
import type { ConnectedNumber } from '../integrations/registry';
import type { Database } from '../storage/database';
import { insertRows } from '../storage/insert';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import type { TemplateAccount } from './contract';

/** An account of a tenant: what a listing is of. */
export interface AccountKey {
  organizationId: number;
  businessAccountId: string;
}

const iso = (value: unknown): string | null =>
  value === null || value === undefined ? null : new Date(Number(value)).toISOString();
const count = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

/** Each account once, by a number whose token works where there is one. */
export const speakersOf = (numbers: readonly ConnectedNumber[]): ConnectedNumber[] => {
  const speakers = new Map<string, ConnectedNumber>();
  for (const number of numbers) {
    const key = `${number.organizationId}:${number.businessAccountId}`;
    const known = speakers.get(key);
    if (!known || (known.problem !== null && number.problem === null)) speakers.set(key, number);
  }
  return [...speakers.values()];
};

/** The rows that say when an account was read and when it is due again. */
export const createAccountRows = (db: Database) => {
  const table = db.name(TABLES.templateAccounts);

  const ensure = (tx: Tx, keys: AccountKey[], dueAt: number): Promise<unknown> =>
    insertRows(db, tx, {
      table: TABLES.templateAccounts,
      shape: { organization_id: 'int', business_account_id: 'text', due_at: 'int' },
      rows: keys.map(({ organizationId, businessAccountId }) => [organizationId, businessAccountId, dueAt]),
      conflict: 'ignore',
    });

  return {
    ensure,
    async noteSynced(
      tx: Tx,
      { organizationId, businessAccountId }: AccountKey,
      told: { count: number; limit: number | null },
      now: number,
    ): Promise<void> {
      await ensure(tx, [{ organizationId, businessAccountId }], now);
      await tx.run(
        `UPDATE ${table} SET synced_at = ?, template_count = ?, template_limit = COALESCE(?, template_limit) WHERE organization_id = ? AND business_account_id = ?`,
        [now, told.count, told.limit, organizationId, businessAccountId],
      );
    },
    /** Whether the account was never read to its end. */
    async isUnread({ organizationId, businessAccountId }: AccountKey): Promise<boolean> {
      const [row] = await db.all(
        `SELECT synced_at FROM ${table} WHERE organization_id = ? AND business_account_id = ?`,
        [organizationId, businessAccountId],
      );
      return row?.synced_at === null || row?.synced_at === undefined;
    },
    /** Its next turn comes by then. */
    async putForward(id: number, dueAt: number): Promise<void> {
      await db.transaction((tx) =>
        tx.run(`UPDATE ${table} SET due_at = ? WHERE id = ? AND due_at > ?`, [dueAt, id, dueAt]),
      );
    },
    async due(now: number, limit: number): Promise<(AccountKey & { id: number; dueAt: number })[]> {
      const rows = await db.all(
        `SELECT * FROM ${table} WHERE due_at <= ? ORDER BY due_at, id LIMIT ${limit}`,
        [now],
      );
      return rows.map((row) => ({
        id: Number(row.id),
        organizationId: Number(row.organization_id),
        businessAccountId: String(row.business_account_id),
        dueAt: Number(row.due_at),
      }));
    },
    /** Whoever moves the time on reads the account; other processes find it done. */
    claim(id: number, dueAt: number, nextAt: number): Promise<boolean> {
      return db.transaction(
        async (tx) =>
          (await tx.run(`UPDATE ${table} SET due_at = ? WHERE id = ? AND due_at = ?`, [nextAt, id, dueAt])) >
          0,
      );
    },
    async list(scope: Scope, numbers: readonly ConnectedNumber[]): Promise<TemplateAccount[]> {
      const [rows, counts] = await Promise.all([
        db.all(`SELECT * FROM ${table} WHERE organization_id = ?`, [scope.organizationId]),
        db.all(
          `SELECT business_account_id, count(*) AS n FROM ${db.name(TABLES.templates)} WHERE organization_id = ? AND removed_at IS NULL GROUP BY business_account_id`,
          [scope.organizationId],
        ),
      ]);
      return [...new Set(numbers.map(({ businessAccountId }) => businessAccountId))].map((id) => {
        const of = (list: Record<string, unknown>[]) =>
          list.find((row) => String(row.business_account_id) === id);
        return {
          businessAccountId: id,
          integrations: numbers
            .filter(({ businessAccountId }) => businessAccountId === id)
            .map((number) => ({ id: String(number.id), name: number.name })),
          count: Number(of(counts)?.n ?? 0),
          limit: count(of(rows)?.template_limit),
          lastSyncedAt: iso(of(rows)?.synced_at),
        };
      });
    },
  };
};

export type AccountRows = ReturnType<typeof createAccountRows>;
