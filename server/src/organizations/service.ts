import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { documentId } from '../storage/ids';
import { insertRows } from '../storage/insert';
import type { Scope } from '../storage/scope';
import { createOrganizationRepository } from './repository';
import {
  DEFAULT_SLUG,
  defaultOf,
  tenantOfAdmin,
  tenantOfToken,
  tenantsOfAdmin,
  type AdminCaller,
  type Tenant,
  type Tenants,
  type TokenCaller,
} from './tenant';

/** Every request asks; what another process changed may go unnoticed this long. */
const FRESH_MS = 5_000;

export const createOrganizations = (db: Database, clock: () => number) => {
  const repository = createOrganizationRepository(db);
  let cached: Tenants | null = null;
  let loadedAt = -Infinity;
  let generation = 0;

  const tenants = async (): Promise<Tenants> => {
    if (cached && cached.organizations.length > 0 && clock() - loadedAt < FRESH_MS) return cached;
    const mine = generation;
    const loaded = await repository.tenants();
    // Read before a write that has been announced since: not to be kept.
    if (mine === generation) {
      cached = loaded;
      loadedAt = clock();
    }
    return loaded;
  };

  return {
    tenants,
    all: async (): Promise<Tenant[]> => (await tenants()).organizations,
    /** The tenant of everything as long as there is no second one. */
    default: async (): Promise<Tenant> => defaultOf(await tenants()),
    /** After a write; the next request reads anew. */
    invalidate(): void {
      generation += 1;
      loadedAt = -Infinity;
    },
    /** Run at boot; two processes starting at once make one, because the slug is unique. */
    async ensureDefault(now: number): Promise<void> {
      if ((await tenants()).organizations.length > 0) return;
      await db.transaction((tx) =>
        insertRows(db, tx, {
          table: TABLES.organizations,
          shape: { document_id: 'text', name: 'text', slug: 'text', time_zone: 'text' },
          rows: [[documentId(), 'Default', DEFAULT_SLUG, 'UTC']],
          stampedAt: now,
          conflict: 'ignore',
        }),
      );
    },
    tenantOfAdmin: async (caller: AdminCaller): Promise<Tenant> => tenantOfAdmin(await tenants(), caller),
    tenantsOfAdmin: async (caller: AdminCaller): Promise<Tenant[]> => tenantsOfAdmin(await tenants(), caller),
    scopeForToken: async (caller: TokenCaller): Promise<Scope> => ({
      organizationId: tenantOfToken(await tenants(), caller).id,
      ...(caller.fullAccess ? { seesRaw: true } : {}),
    }),
  };
};

export type Organizations = ReturnType<typeof createOrganizations>;
