import type { Context } from 'koa';
import { controller } from '../http/answer';
import type { Door } from '../http/door';

export const createDoctorController = ({ house, scopeOf }: Door) =>
  controller({
    async examine(ctx: Context) {
      ctx.body = { data: await house().doctor.examine(await scopeOf(ctx)) };
    },
  });
