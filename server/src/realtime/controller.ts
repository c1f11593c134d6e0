import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { controller } from '../http/answer';
import { adminCallerOf, adminScope, isSuperAdmin, type AdminUser, type Door } from '../http/door';
import { houseOf } from '../house';
import type { AdminCaller } from '../organizations/tenant';
import { INBOX_ACTIONS, STREAM_ACTIONS, type Action } from '../permissions';
import type { Scope } from '../storage/scope';

interface Session {
  id?: string;
}

/** What a stream was opened for; once any of it no longer holds, the stream ends and the browser asks anew. */
interface Opened {
  caller: AdminCaller;
  sessionId: string | undefined;
  scope: Scope;
  templatesOnly: boolean;
}

const hearsTemplatesOnly = (can: (action: Action) => boolean): boolean =>
  !INBOX_ACTIONS.some((action) => can(action));

/** Whether it still holds: alive session, active user, same organization, same right to read. */
const stillAllowed = async (
  strapi: Core.Strapi,
  { caller, sessionId, scope, templatesOnly }: Opened,
): Promise<boolean> => {
  if (sessionId !== undefined && !(await strapi.sessionManager('admin').isSessionActive(sessionId)))
    return false;
  const user = (await strapi.db
    .query('admin::user')
    .findOne({ where: { id: caller.userId }, populate: { roles: true } })) as AdminUser | null;
  if (!user || user.isActive !== true || user.blocked === true) return false;
  const ability = (await strapi.service('admin::permission').engine.generateUserAbility(user)) as {
    can(action: Action): boolean;
  };
  const can = (action: Action): boolean => ability.can(action);
  if (!STREAM_ACTIONS.some(can) || hearsTemplatesOnly(can) !== templatesOnly) return false;
  const now = { ...caller, superAdmin: isSuperAdmin(user) };
  const open = await houseOf(strapi).organizations.tenantsOfAdmin(now);
  if (!open.some(({ id }) => id === scope.organizationId)) return false;
  const current = adminScope(scope.organizationId, caller.userId, can);
  return current.assignedTo === scope.assignedTo;
};

const cursorOf = (ctx: Context): number | null => {
  const text = ctx.get('last-event-id') || ctx.query.cursor;
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
};

export const createStreamController = (strapi: Core.Strapi, { house, scopeOf }: Door) =>
  controller({
    async open(ctx: Context) {
      const { streams, now } = house();
      const scope = await scopeOf(ctx);
      const caller = adminCallerOf(ctx);
      const session = ctx.state.session as Session | undefined;
      const { userAbility } = ctx.state as { userAbility: { can(action: Action): boolean } };
      const templatesOnly = hearsTemplatesOnly((action) => userAbility.can(action));
      await streams.open(ctx, {
        organizationId: scope.organizationId,
        assignedTo: scope.assignedTo,
        templatesOnly,
        userId: caller.userId,
        cursor: cursorOf(ctx),
        stillAllowed: () => stillAllowed(strapi, { caller, sessionId: session?.id, scope, templatesOnly }),
        now,
      });
    },
  });
