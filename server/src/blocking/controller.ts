import { z } from '@strapi/utils';
import type { Context } from 'koa';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { idOf, parseBody } from '../http/validate';

export const blockInput = z.object({ integrationId: z.string('Name the number') });

export const createBlockController = ({ house, scopeOf }: Pick<Door, 'house' | 'scopeOf'>) => {
  const set = (blocked: boolean) => async (ctx: Context) => {
    const { integrationId } = parseBody(ctx, blockInput);
    const scope = await scopeOf(ctx);
    ctx.body = {
      data: await house().blocking.set(scope, idOf(ctx.params.id), idOf(integrationId), blocked),
    };
  };
  return controller({ block: set(true), unblock: set(false) });
};
