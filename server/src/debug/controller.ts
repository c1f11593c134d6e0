import { z } from '@strapi/utils';
import type { Context } from 'koa';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { parseBody } from '../http/validate';
import { MAX_MINUTES } from './service';

const input = z.object({
  minutes: z.number('Must be a number').int('Must be a whole number').min(0).max(MAX_MINUTES),
});

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

export const createDebugController = ({ house }: Door) =>
  controller({
    async find(ctx: Context) {
      ctx.body = { data: { until: iso(await house().debug.until()) } };
    },
    async update(ctx: Context) {
      const { minutes } = parseBody(ctx, input);
      const { debug, audit } = house();
      const before = { until: iso(await debug.until()) };
      const after = { until: iso(await debug.set(minutes)) };
      await audit.record(null, {
        organizationId: null,
        action: minutes === 0 ? 'debug.off' : 'debug.on',
        target: { type: 'debug', id: null },
        before,
        after,
      });
      ctx.body = { data: after };
    },
  });
