import { z } from '@strapi/utils';
import type { Context } from 'koa';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { idOf, parseBody } from '../http/validate';

export const peopleInput = z.object({ integrationId: z.string(), q: z.string().trim().max(200) });

export const createStartController = ({ house, scopeOf }: Door) =>
  controller({
    async people(ctx: Context) {
      const { integrationId, q } = parseBody(ctx, peopleInput);
      ctx.body = { data: await house().start(await scopeOf(ctx), idOf(integrationId), q) };
    },
  });
