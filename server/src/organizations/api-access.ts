import type { Core } from '@strapi/strapi';
import type { Audit } from '../audit/service';
import { notFound, WhatsAppError } from '../errors';
import type { Database } from '../storage/database';
import type { ApiAccess } from './contract';
import { createOrganizationRepository } from './repository';
import type { Organizations } from './service';
import type { AdminCaller, Tenant } from './tenant';

interface TokenRow {
  id: number | string;
  name: string;
  type: ApiAccess['type'];
  /** Absent before Strapi knew tokens of the admin panel. */
  kind?: 'content-api' | 'admin' | null;
  lastUsedAt?: string | Date | null;
}

interface Deps {
  strapi: Core.Strapi;
  db: Database;
  organizations: Organizations;
  audit: Audit;
}

/** Which organization Strapi's own API tokens belong to (REST contract §1). */
export const createApiAccess = ({ strapi, db, organizations, audit }: Deps) => {
  const repository = createOrganizationRepository(db);

  const tokens = async (): Promise<TokenRow[]> => {
    const rows = (await strapi.db
      .query('admin::api-token')
      .findMany({ orderBy: { name: 'asc' } })) as TokenRow[];
    return rows.filter(({ kind }) => (kind ?? 'content-api') === 'content-api');
  };

  const present = (token: TokenRow, organization: Tenant | undefined): ApiAccess => ({
    id: String(token.id),
    name: token.name,
    type: token.type,
    lastUsedAt: token.lastUsedAt ? new Date(token.lastUsedAt).toISOString() : null,
    organization: organization ? { id: String(organization.id), name: organization.name } : null,
  });

  /** Tokens bound to an organization that the caller does not see are not there for him. */
  const visible = async (caller: AdminCaller) => {
    const { bindings } = await repository.tenants();
    const open = await organizations.tenantsOfAdmin(caller);
    const all = (await tokens()).map((token) => {
      const boundTo = bindings.get(Number(token.id));
      return { token, boundTo, organization: open.find(({ id }) => id === boundTo) };
    });
    return { open, tokens: all.filter(({ boundTo, organization }) => boundTo === undefined || organization) };
  };

  return {
    list: async (caller: AdminCaller): Promise<ApiAccess[]> =>
      (await visible(caller)).tokens.map(({ token, organization }) => present(token, organization)),

    /** Binds a token to one of the caller's organizations, or frees it (null). */
    async bind(
      caller: AdminCaller,
      tokenId: number | null,
      organizationId: number | null,
    ): Promise<ApiAccess> {
      const { open, tokens: mine } = await visible(caller);
      const found = mine.find(({ token }) => Number(token.id) === tokenId);
      if (!found) throw notFound('API token');
      const target = open.find(({ id }) => id === organizationId);
      if (organizationId !== null && !target) throw notFound('Organization');
      // A full-access token that is bound to nothing may name any organization, also those that the caller may not see.
      if (organizationId === null && found.organization && !caller.superAdmin) {
        throw new WhatsAppError(
          'permission_denied',
          'Only a super admin can free a token from its organization.',
        );
      }
      const { token, organization: before } = found;
      await db.transaction(async (tx) => {
        await repository.bind(tx, Number(token.id), target?.id ?? null);
        await audit.record(tx, {
          organizationId: target?.id ?? before?.id ?? null,
          action: 'api-access.bind',
          target: { type: 'api-token', id: Number(token.id), label: token.name },
          before: { organization: before?.name ?? null },
          after: { organization: target?.name ?? null },
        });
      });
      organizations.invalidate();
      return present(token, target);
    },
  };
};
