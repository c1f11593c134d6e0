import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { ORGANIZATION_HEADER } from '../constants';
import { houseOf, type House } from '../house';
import type { AdminCaller } from '../organizations/tenant';
import { ACTIONS, type Action } from '../permissions';
import type { Scope } from '../storage/scope';

/**
 * One of the two doors to the same rooms: the admin panel (session, RBAC) and the content API (API tokens). They differ
 * in whose data a caller sees and in who is named as the author.
 */
export interface Door {
  house(): House;
  scopeOf(ctx: Context): Promise<Scope>;
  origin: 'agent' | 'api';
  authorOf(ctx: Context): { id: number; name: string } | null;
  /** Whether the caller holds a right beyond the one that opened the route. Programs do: their scopes are Strapi's. */
  allows(ctx: Context, action: Action): boolean;
}

interface AdminUser {
  id: number | string;
  firstname?: string | null;
  lastname?: string | null;
  username?: string | null;
  email?: string;
  roles?: { code?: string }[];
}

interface AdminState {
  user: AdminUser;
  userAbility: { can(action: string): boolean };
}

const SUPER_ADMIN = 'strapi-super-admin';

const wantedOf = (ctx: Context): { wanted?: string } => {
  const header = ctx.get(ORGANIZATION_HEADER);
  return header === '' ? {} : { wanted: header };
};

/** Who calls from the panel, as far as choosing a tenant goes. */
export const adminCallerOf = (ctx: Context): AdminCaller => {
  const { user } = ctx.state as AdminState;
  return {
    userId: Number(user.id),
    superAdmin: user.roles?.some(({ code }) => code === SUPER_ADMIN) ?? false,
    ...wantedOf(ctx),
  };
};

/** What somebody with these rights sees of a tenant. Whoever may not read all conversations sees his own only. */
export const adminScope = (
  organizationId: number,
  userId: number,
  can: (action: Action) => boolean,
): Scope => ({
  organizationId,
  ...(can(ACTIONS.readInbox) ? {} : { assignedTo: userId }),
  ...(can(ACTIONS.revealPhones) ? {} : { masked: true }),
});

/**
 * Whether a caller of the panel sees what concerns the whole installation: calls that nobody signed, changed rights, debug
 * mode. With several tenants that is for super admins.
 */
export const seesInstallation = async (house: House, ctx: Context): Promise<boolean> =>
  adminCallerOf(ctx).superAdmin || (await house.organizations.all()).length === 1;

const nameOf = (user: AdminUser): string =>
  [user.firstname, user.lastname].filter(Boolean).join(' ') || user.username || 'Admin';

export const adminDoor = (strapi: Core.Strapi): Door => ({
  house: () => houseOf(strapi),
  async scopeOf(ctx) {
    const caller = adminCallerOf(ctx);
    const { id } = await houseOf(strapi).organizations.tenantOfAdmin(caller);
    const { userAbility } = ctx.state as AdminState;
    return adminScope(id, caller.userId, (action) => userAbility.can(action));
  },
  allows: (ctx, action) => (ctx.state as AdminState).userAbility.can(action),
  origin: 'agent',
  authorOf(ctx) {
    const user = ctx.state.user as AdminUser | undefined;
    return user ? { id: Number(user.id), name: nameOf(user) } : null;
  },
});

interface TokenAuth {
  strategy?: { name?: string };
  credentials?: { id?: number | string; type?: string };
}

export const contentDoor = (strapi: Core.Strapi): Door => ({
  house: () => houseOf(strapi),
  scopeOf(ctx) {
    const auth = ctx.state.auth as TokenAuth | undefined;
    // Another strategy's credentials may have an `id` and a `type` of their own.
    const token = auth?.strategy?.name === 'content-api-token' ? auth.credentials : undefined;
    return houseOf(strapi).organizations.scopeForToken({
      tokenId: token?.id === undefined ? null : Number(token.id),
      fullAccess: token?.type === 'full-access',
      ...wantedOf(ctx),
    });
  },
  allows: () => true,
  origin: 'api',
  authorOf: () => null,
});
