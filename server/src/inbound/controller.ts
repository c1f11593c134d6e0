import type { Context } from 'koa';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { createWebhookReceipt } from './receipt';

const keyOf = (ctx: Context): string | null => (ctx.params.key as string | undefined) ?? null;

export const createWebhookController = ({ house }: Pick<Door, 'house'>) => {
  const receive = createWebhookReceipt({ house });

  return controller({
    /** Meta's handshake: the challenge as bare text, so that it can never be read as a page. */
    async verify(ctx: Context) {
      const challenge = await house().receiver.verify(ctx.query, keyOf(ctx));
      ctx.status = 200;
      ctx.type = 'text/plain';
      ctx.set('X-Content-Type-Options', 'nosniff');
      ctx.body = challenge;
    },
    /** Reached only with `webhook.early: false`, see early.ts. */
    receive: (ctx: Context) => receive(ctx, keyOf(ctx)),
  });
};
