import { WhatsAppError } from '../errors';

/** A tenant as every request needs it. */
export interface Tenant {
  id: number;
  name: string;
  slug: string;
  timeZone: string;
}

/** Who belongs where; small tables, read together. */
export interface Tenants {
  /** By id, so the first is the oldest. */
  organizations: Tenant[];
  members: { organizationId: number; userId: number }[];
  /** Organization of each bound API token, by token id. */
  bindings: ReadonlyMap<number, number>;
}

export interface AdminCaller {
  userId: number;
  superAdmin: boolean;
  /** Slug that the panel sent; undefined when it sent none. */
  wanted?: string;
}

export interface TokenCaller {
  /** null: no API token but some other way in (a site's own users). */
  tokenId: number | null;
  fullAccess: boolean;
  wanted?: string;
}

export const DEFAULT_SLUG = 'default';

const notThere = (): WhatsAppError => new WhatsAppError('not_found', 'Organization not found.');

/** The tenant of everything as long as there is no second one: the oldest, whatever it is called by now. */
export const defaultOf = ({ organizations: [found] }: Tenants): Tenant => {
  if (!found) throw new WhatsAppError('not_found', 'No organization exists yet.');
  return found;
};

/** What an admin user may choose from. A single organization is everybody's: nobody is asked to join what is not shown. */
export const tenantsOfAdmin = (
  { organizations, members }: Tenants,
  { userId, superAdmin }: Pick<AdminCaller, 'userId' | 'superAdmin'>,
): Tenant[] => {
  if (superAdmin || organizations.length === 1) return organizations;
  return organizations.filter(({ id }) =>
    members.some((member) => member.organizationId === id && member.userId === userId),
  );
};

/** Tenant of a call from the admin panel: the one it names, else the person's first. */
export const tenantOfAdmin = (tenants: Tenants, caller: AdminCaller): Tenant => {
  const open = tenantsOfAdmin(tenants, caller);
  if (caller.wanted !== undefined) {
    const named = open.find(({ slug }) => slug === caller.wanted);
    if (!named) throw notThere();
    return named;
  }
  if (caller.superAdmin) return defaultOf(tenants);
  if (open.length === 0) {
    throw new WhatsAppError(
      'organization_required',
      'You are not a member of any organization yet. Ask an administrator to add you to one.',
    );
  }
  return open[0];
};

/** Tenant of a content-API call (REST contract §1). */
export const tenantOfToken = (tenants: Tenants, { tokenId, fullAccess, wanted }: TokenCaller): Tenant => {
  const { organizations, bindings } = tenants;
  const named = wanted === undefined ? undefined : organizations.find(({ slug }) => slug === wanted);
  const boundId = tokenId === null ? undefined : bindings.get(tokenId);
  const bound = organizations.find(({ id }) => id === boundId);
  if (bound) {
    if (wanted !== undefined && named !== bound) throw notThere();
    return bound;
  }
  if (wanted !== undefined && fullAccess) {
    if (!named) throw notThere();
    return named;
  }
  if (organizations.length > 1 && !fullAccess) {
    throw new WhatsAppError(
      'organization_required',
      'More than one organization exists: bind this API token to one of them in Settings → WhatsApp → API access.',
    );
  }
  return defaultOf(tenants);
};
