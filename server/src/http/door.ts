import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { personName } from '../access/people';
import { ORGANIZATION_HEADER } from '../constants';
import { houseOf, type House } from '../house';
import type { AdminCaller } from '../organizations/tenant';
import { ACTIONS, type Action } from '../permissions';
import type { SendRights } from '../outbound/rights';
import type { Scope } from '../storage/scope';
import type { ContentReader } from '../template-use/path';
import { adminReader } from '../template-use/readers';

/**
 * One of the two doors to the same rooms: the admin panel (session, RBAC) and the content API (API tokens). They differ
 * in whose data a caller sees and in who is named as the author.
 */
export interface Door {
  house(): House;
  scopeOf(ctx: Context): Promise<Scope>;
  origin: 'agent' | 'api';
  authorOf(ctx: Context): { id: number; name: string } | null;
  /** What a person may send; undefined for programs, whose scopes are Strapi's to check. */
  rightsOf(ctx: Context): SendRights | undefined;
  /** What of the site's content a person may read; undefined for programs, who get what was approved. */
  readerOf(ctx: Context): ContentReader | undefined;
}

export interface AdminUser {
  id: number | string;
  firstname?: string | null;
  lastname?: string | null;
  username?: string | null;
  email?: string;
  roles?: { id?: number | string; code?: string }[];
  isActive?: boolean;
  blocked?: boolean;
}

interface AdminState {
  user: AdminUser;
  userAbility: { can(action: string, subject?: string, field?: string): boolean };
}

const SUPER_ADMIN = 'strapi-super-admin';

export const isSuperAdmin = ({ roles }: AdminUser): boolean =>
  roles?.some(({ code }) => code === SUPER_ADMIN) ?? false;

/** Ids of the roles of whoever calls from the panel; null for a super admin, whom no role limits. */
export const rolesOf = (ctx: Context): string[] | null => {
  const { user } = ctx.state as AdminState;
  return isSuperAdmin(user) ? null : (user.roles ?? []).map(({ id }) => String(id));
};

const wantedOf = (ctx: Context): { wanted?: string } => {
  const header = ctx.get(ORGANIZATION_HEADER);
  return header === '' ? {} : { wanted: header };
};

/** Who calls from the panel, as far as choosing a tenant goes. */
export const adminCallerOf = (ctx: Context): AdminCaller => {
  const { user } = ctx.state as AdminState;
  return {
    userId: Number(user.id),
    superAdmin: isSuperAdmin(user),
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

export const adminDoor = (strapi: Core.Strapi): Door => ({
  house: () => houseOf(strapi),
  async scopeOf(ctx) {
    const caller = adminCallerOf(ctx);
    const { id } = await houseOf(strapi).organizations.tenantOfAdmin(caller);
    const { userAbility } = ctx.state as AdminState;
    return adminScope(id, caller.userId, (action) => userAbility.can(action));
  },
  rightsOf(ctx) {
    const { userAbility } = ctx.state as AdminState;
    return {
      reply: userAbility.can(ACTIONS.sendMessages),
      start: userAbility.can(ACTIONS.startConversations),
      template: userAbility.can(ACTIONS.sendTemplates),
      roles: rolesOf(ctx),
    };
  },
  readerOf: (ctx) => adminReader(strapi, (ctx.state as AdminState).userAbility),
  origin: 'agent',
  authorOf(ctx) {
    const user = ctx.state.user as AdminUser | undefined;
    return user ? { id: Number(user.id), name: personName(user) } : null;
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
  rightsOf: () => undefined,
  readerOf: () => undefined,
  origin: 'api',
  authorOf: () => null,
});
