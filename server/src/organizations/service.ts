import { TABLES } from '../constants';
import { WhatsAppError } from '../errors';
import type { Database } from '../storage/database';
import { documentId } from '../storage/ids';
import { insertRows } from '../storage/insert';
import type { Scope } from '../storage/scope';

export interface Organization {
  id: number;
  name: string;
  slug: string;
}

const DEFAULT_SLUG = 'default';

/** Who calls, as far as choosing a tenant goes. */
export interface Caller {
  /** Header of an API token that may see everything; undefined when not sent. */
  organizationHeader?: string;
  fullAccess: boolean;
}

const toOrganization = (row: Record<string, unknown>): Organization => ({
  id: Number(row.id),
  name: String(row.name),
  slug: String(row.slug),
});

/** Every request asks; a tenant that another process made may go unnoticed this long. */
const FRESH_MS = 5_000;

export const createOrganizations = (db: Database, clock: () => number) => {
  let cached: Organization[] = [];
  let loadedAt = -Infinity;

  const all = async (): Promise<Organization[]> => {
    if (cached.length > 0 && clock() - loadedAt < FRESH_MS) return cached;
    const rows = (await db.table(TABLES.organizations).orderBy('id')) as Record<string, unknown>[];
    loadedAt = clock();
    return (cached = rows.map(toOrganization));
  };

  return {
    all,
    /** The tenant of everything as long as there is no second one. */
    async default(): Promise<Organization> {
      const list = await all();
      const found = list.find((organization) => organization.slug === DEFAULT_SLUG) ?? list[0];
      if (!found) throw new WhatsAppError('not_found', 'No organization exists yet.');
      return found;
    },
    /** Run at boot; two processes starting at once make one, because the slug is unique. */
    async ensureDefault(now: number): Promise<void> {
      if ((await all()).length > 0) return;
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
    /** Tenant of a content-API call (REST contract §1). */
    async scopeForToken({ organizationHeader, fullAccess }: Caller): Promise<Scope> {
      const list = await all();
      if (organizationHeader !== undefined && fullAccess) {
        const named = list.find((organization) => organization.slug === organizationHeader);
        if (!named) throw new WhatsAppError('not_found', 'Organization not found.');
        return { organizationId: named.id };
      }
      if (list.length > 1 && !fullAccess) {
        throw new WhatsAppError(
          'organization_required',
          'More than one organization exists: bind this API token to one of them.',
        );
      }
      const fallback = list.find((organization) => organization.slug === DEFAULT_SLUG) ?? list[0];
      return { organizationId: fallback.id };
    },
  };
};

export type Organizations = ReturnType<typeof createOrganizations>;
