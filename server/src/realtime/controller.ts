import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { ACTIONS } from '../permissions';

interface Session {
  id?: string;
}

/** Whether the admin who opened a stream may still see it: alive session, active user, permission not taken away. */
const stillAllowed = async (
  strapi: Core.Strapi,
  userId: number,
  sessionId: string | undefined,
): Promise<boolean> => {
  if (sessionId !== undefined && !(await strapi.sessionManager('admin').isSessionActive(sessionId)))
    return false;
  const user = await strapi.db
    .query('admin::user')
    .findOne({ where: { id: userId }, populate: { roles: true } });
  if (!user || user.isActive !== true || user.blocked === true) return false;
  const ability = await strapi.service('admin::permission').engine.generateUserAbility(user);
  return ability.can(ACTIONS.readInbox) as boolean;
};

const cursorOf = (ctx: Context): number | null => {
  const text = ctx.get('last-event-id') || ctx.query.cursor;
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : null;
};

export const createStreamController = (strapi: Core.Strapi, { house, scopeOf }: Door) =>
  controller({
    async open(ctx: Context) {
      const { streams, now } = house();
      const { organizationId } = await scopeOf(ctx);
      const userId = Number((ctx.state.user as { id: unknown }).id);
      const session = ctx.state.session as Session | undefined;
      await streams.open(ctx, {
        organizationId,
        userId,
        cursor: cursorOf(ctx),
        stillAllowed: () => stillAllowed(strapi, userId, session?.id),
        now,
      });
    },
  });
