import type { Context } from 'koa';
import type { Door } from '../http/door';
import { assertDeclaredSize, createBodyReader, decodeBody } from '../http/raw-body';

/** Receives one webhook call: 200 after the commit; every other answer makes Meta deliver again. */
export const createWebhookReceipt = ({ house }: Pick<Door, 'house'>) => {
  const readBody = createBodyReader();

  return async (ctx: Context, webhookKey: string | null): Promise<void> => {
    const { options, receiver } = house();
    const { maxBytes, bufferBytes, readTimeoutMs } = options.webhook;
    const signature = ctx.req.headers['x-hub-signature-256'];
    const encoding = ctx.req.headers['content-encoding'];
    try {
      assertDeclaredSize(ctx, maxBytes);
      await receiver.receive({
        read: () => readBody(ctx.req, { bytes: maxBytes, together: bufferBytes, timeoutMs: readTimeoutMs }),
        decode: (raw) => decodeBody(raw, encoding, maxBytes),
        signature: Array.isArray(signature) ? undefined : signature,
        webhookKey,
        path: ctx.path,
        address: ctx.ip,
      });
    } catch (error) {
      // What is left of the body is not read: the connection ends with the answer.
      if (!ctx.req.complete) ctx.set('Connection', 'close');
      throw error;
    }
    ctx.status = 200;
    ctx.type = 'text/plain';
    ctx.body = 'ok';
  };
};
