import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Tenant, Tenants } from './tenant';

type Row = Record<string, unknown>;

const toTenant = (row: Row): Tenant => ({
  id: Number(row.id),
  name: String(row.name),
  slug: String(row.slug),
  timeZone: String(row.time_zone ?? 'UTC'),
});

export const createOrganizationRepository = (db: Database) => ({
  /** Everything that decides whose data a call may see. */
  async tenants(): Promise<Tenants> {
    const organizations = (await db
      .table(TABLES.organizations)
      .orderBy('id')
      .select('id', 'name', 'slug', 'time_zone')) as Row[];
    const members = (await db.table(TABLES.members).select('organization_id', 'user_id')) as Row[];
    const bindings = (await db.table(TABLES.apiAccess).select('token_id', 'organization_id')) as Row[];
    return {
      organizations: organizations.map(toTenant),
      members: members.map((row) => ({
        organizationId: Number(row.organization_id),
        userId: Number(row.user_id),
      })),
      bindings: new Map(bindings.map((row) => [Number(row.token_id), Number(row.organization_id)])),
    };
  },
});
