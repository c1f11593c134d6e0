import { TABLES } from '../constants';
import type { Database, TableName } from '../storage/database';
import { datetime, incoming } from '../storage/dialect';
import { documentId } from '../storage/ids';
import { insertRows } from '../storage/insert';
import type { Param, Tx } from '../storage/transaction';
import { hoursOf } from './business-hours';
import type { BusinessHours } from './contract';
import type { Tenant, Tenants } from './tenant';

type Row = Record<string, unknown>;

export interface OrganizationRow extends Tenant {
  businessHours: BusinessHours;
}

/** Columns that an administrator writes. */
export interface OrganizationWrite {
  name?: string;
  slug?: string;
  time_zone?: string;
  business_hours?: string;
}

const toTenant = (row: Row): Tenant => ({
  id: Number(row.id),
  name: String(row.name),
  slug: String(row.slug),
  timeZone: String(row.time_zone ?? 'UTC'),
});

const toRow = (row: Row): OrganizationRow => ({
  ...toTenant(row),
  businessHours: hoursOf(row.business_hours),
});

/** What makes an organization worth keeping; with any of it left it cannot be deleted. */
const HOLDINGS: TableName[] = [TABLES.integrations, TABLES.contacts, TABLES.conversations, TABLES.messages];

/** The one repository without a scope: it is what scopes are made from. */
export const createOrganizationRepository = (db: Database) => {
  const table = db.name(TABLES.organizations);

  return {
    /** Everything that decides whose data a call may see. */
    async tenants(): Promise<Tenants> {
      const organizations = await db.all(`SELECT id, name, slug, time_zone FROM ${table} ORDER BY id`);
      const members = await db.all(`SELECT organization_id, user_id FROM ${db.name(TABLES.members)}`);
      const bindings = await db.all(`SELECT token_id, organization_id FROM ${db.name(TABLES.apiAccess)}`);
      return {
        organizations: organizations.map(toTenant),
        members: members.map((row) => ({
          organizationId: Number(row.organization_id),
          userId: Number(row.user_id),
        })),
        bindings: new Map(bindings.map((row) => [Number(row.token_id), Number(row.organization_id)])),
      };
    },
    async find(ids: number[]): Promise<OrganizationRow[]> {
      return ((await db.table(TABLES.organizations).whereIn('id', ids).orderBy('id')) as Row[]).map(toRow);
    },
    async insert(tx: Tx, values: OrganizationWrite, now: number): Promise<number> {
      const at = datetime(db.dialect, now);
      const key = documentId();
      const columns: Record<string, Param> = {
        ...values,
        document_id: key,
        created_at: at,
        updated_at: at,
        published_at: at,
      };
      const names = Object.keys(columns);
      await tx.run(
        `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        Object.values(columns),
      );
      const [row] = await tx.all(`SELECT id FROM ${table} WHERE document_id = ?`, [key]);
      return Number(row.id);
    },
    async update(tx: Tx, id: number, values: OrganizationWrite, now: number): Promise<void> {
      const columns = { ...values, updated_at: datetime(db.dialect, now) };
      const sets = Object.keys(columns).map((name) => `${name} = ?`);
      await tx.run(`UPDATE ${table} SET ${sets.join(', ')} WHERE id = ?`, [...Object.values(columns), id]);
    },
    /** Holds the row until the end of the transaction, so that nothing can be added to it meanwhile. */
    async lock(tx: Tx, id: number): Promise<void> {
      await tx.all(`SELECT id FROM ${table} WHERE id = ?${db.dialect === 'sqlite' ? '' : ' FOR UPDATE'}`, [
        id,
      ]);
    },
    async holds(tx: Tx, id: number): Promise<boolean> {
      for (const name of HOLDINGS) {
        const rows = await tx.all(`SELECT id FROM ${db.name(name)} WHERE organization_id = ? LIMIT 1`, [id]);
        if (rows.length > 0) return true;
      }
      return false;
    },
    /** With what is left in `owned`: queues, logs and waiting files that nobody could see any more. */
    async remove(tx: Tx, id: number, owned: readonly TableName[]): Promise<void> {
      for (const name of owned) await tx.run(`DELETE FROM ${db.name(name)} WHERE organization_id = ?`, [id]);
      await tx.run(`DELETE FROM ${table} WHERE id = ?`, [id]);
    },
    async addMembers(tx: Tx, id: number, userIds: number[]): Promise<void> {
      await insertRows(db, tx, {
        table: TABLES.members,
        shape: { organization_id: 'int', user_id: 'int' },
        rows: [...new Set(userIds)].map((userId) => [id, userId]),
        conflict: 'ignore',
      });
    },
    async clearMembers(tx: Tx, id: number): Promise<void> {
      await tx.run(`DELETE FROM ${db.name(TABLES.members)} WHERE organization_id = ?`, [id]);
    },
    /** Binds an API token to an organization, or frees it (null). */
    async bind(tx: Tx, tokenId: number, organizationId: number | null): Promise<void> {
      if (organizationId === null) {
        await tx.run(`DELETE FROM ${db.name(TABLES.apiAccess)} WHERE token_id = ?`, [tokenId]);
        return;
      }
      await insertRows(db, tx, {
        table: TABLES.apiAccess,
        shape: { token_id: 'int', organization_id: 'int' },
        rows: [[tokenId, organizationId]],
        conflict: {
          key: ['token_id'],
          update: `organization_id = ${incoming(db.dialect, 'organization_id')}`,
        },
      });
    },
  };
};
