import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { ORGANIZATION_HEADER } from '../constants';
import { houseOf, type House } from '../house';
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
}

interface AdminUser {
  id: number | string;
  firstname?: string | null;
  lastname?: string | null;
  username?: string | null;
  email?: string;
}

const nameOf = (user: AdminUser): string =>
  [user.firstname, user.lastname].filter(Boolean).join(' ') || user.username || 'Admin';

export const adminDoor = (strapi: Core.Strapi): Door => ({
  house: () => houseOf(strapi),
  scopeOf: () => houseOf(strapi).adminScope(),
  origin: 'agent',
  authorOf(ctx) {
    const user = ctx.state.user as AdminUser | undefined;
    return user ? { id: Number(user.id), name: nameOf(user) } : null;
  },
});

interface TokenAuth {
  strategy?: { name?: string };
  credentials?: { type?: string };
}

export const contentDoor = (strapi: Core.Strapi): Door => ({
  house: () => houseOf(strapi),
  scopeOf(ctx) {
    const auth = ctx.state.auth as TokenAuth | undefined;
    const header = ctx.get(ORGANIZATION_HEADER);
    return houseOf(strapi).organizations.scopeForToken({
      // Another strategy's credentials may have a `type` of their own.
      fullAccess: auth?.strategy?.name === 'content-api-token' && auth.credentials?.type === 'full-access',
      organizationHeader: header === '' ? undefined : header,
    });
  },
  origin: 'api',
  authorOf: () => null,
});
