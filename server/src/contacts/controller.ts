import type { Context } from 'koa';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { idOf } from '../http/validate';

export const createContactController = ({ house, scopeOf }: Door) =>
  controller({
    async phone(ctx: Context) {
      const phone = await house().revealPhone(await scopeOf(ctx), idOf(ctx.params.id));
      ctx.set('Cache-Control', 'no-store');
      ctx.body = { data: { phone } };
    },
  });
