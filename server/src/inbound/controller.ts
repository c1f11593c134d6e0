import type { Context } from 'koa';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { assertDeclaredSize, createBodyReader, decodeBody } from '../http/raw-body';

const keyOf = (ctx: Context): string | null => (ctx.params.key as string | undefined) ?? null;

export const createWebhookController = ({ house }: Pick<Door, 'house'>) => {
  const readBody = createBodyReader();

  return controller({
    /** Meta's handshake: the challenge as bare text, so that it can never be read as a page. */
    async verify(ctx: Context) {
      const challenge = await house().receiver.verify(ctx.query, keyOf(ctx));
      ctx.status = 200;
      ctx.type = 'text/plain';
      ctx.set('X-Content-Type-Options', 'nosniff');
      ctx.body = challenge;
    },
    /** 200 after the commit; every other answer makes Meta deliver again. */
    async receive(ctx: Context) {
      const { options, receiver } = house();
      const { maxBytes, bufferBytes, readTimeoutMs } = options.webhook;
      const signature = ctx.req.headers['x-hub-signature-256'];
      const encoding = ctx.req.headers['content-encoding'];
      try {
        assertDeclaredSize(ctx, maxBytes);
        await receiver.receive({
          read: () => readBody(ctx, { bytes: maxBytes, together: bufferBytes, timeoutMs: readTimeoutMs }),
          decode: (raw) => decodeBody(raw, encoding, maxBytes),
          signature: Array.isArray(signature) ? undefined : signature,
          webhookKey: keyOf(ctx),
        });
      } catch (error) {
        // What is left of the body is not read: the connection ends with the answer.
        if (!ctx.req.complete) ctx.set('Connection', 'close');
        throw error;
      }
      ctx.status = 200;
      ctx.type = 'text/plain';
      ctx.body = 'ok';
    },
  });
};
