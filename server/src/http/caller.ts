import type { Core } from '@strapi/strapi';
import type { AuditActor } from '../audit/contract';
import type { Caller } from '../audit/service';

interface RequestState {
  user?: {
    id: number | string;
    firstname?: string | null;
    lastname?: string | null;
    username?: string | null;
  };
  auth?: {
    strategy?: { name?: string };
    credentials?: { id?: number | string; name?: string | null };
  };
}

interface RequestLike {
  state?: RequestState;
  ip?: string;
}

const actorOf = ({ user, auth }: RequestState): AuditActor | null => {
  const strategy = auth?.strategy?.name;
  if (strategy === 'content-api-token' && auth?.credentials?.id !== undefined) {
    const { id, name } = auth.credentials;
    return { type: 'api_token', id: String(id), name: name ?? null };
  }
  // A user of the site (users-permissions) is no admin; admins come in by their own strategy.
  if (!user || strategy === 'users-permissions') return null;
  const name = [user.firstname, user.lastname].filter(Boolean).join(' ') || user.username || null;
  return { type: 'admin', id: String(user.id), name };
};

/**
 * Who makes the present request, or null outside of one. Follows asynchronous work, so what a request merely set off
 * (lanes, jobs) has to name its actor itself.
 */
export const callerOf = (strapi: Core.Strapi): Caller | null => {
  const ctx = strapi.requestContext.get() as RequestLike | undefined;
  const actor = ctx?.state ? actorOf(ctx.state) : null;
  return actor ? { actor, ip: ctx?.ip ?? null } : null;
};
