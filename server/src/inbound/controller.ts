import type { Context } from 'koa';
import { WhatsAppError } from '../errors';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { decodeBody, readRawBody } from '../http/raw-body';

const keyOf = (ctx: Context): string | null => (ctx.params.key as string | undefined) ?? null;

export const createWebhookController = ({ house }: Pick<Door, 'house'>) =>
  controller({
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
      const { maxBytes, readTimeoutMs } = options.webhook;
      let raw: Buffer;
      try {
        raw = await readRawBody(ctx, maxBytes, readTimeoutMs);
      } catch (error) {
        // The rest of an oversized body is not read: the connection ends with the answer.
        ctx.set('Connection', 'close');
        if (error instanceof WhatsAppError) throw error;
        throw new WhatsAppError('validation_failed', 'The body ended before it was complete.');
      }
      const signature = ctx.req.headers['x-hub-signature-256'];
      await receiver.receive({
        raw,
        decode: () => decodeBody(raw, ctx.req.headers['content-encoding'], maxBytes),
        signature: Array.isArray(signature) ? undefined : signature,
        webhookKey: keyOf(ctx),
      });
      ctx.status = 200;
      ctx.type = 'text/plain';
      ctx.body = 'ok';
    },
  });
