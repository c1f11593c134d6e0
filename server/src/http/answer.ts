import type { Context } from 'koa';
import { WhatsAppError } from '../errors';
import { withoutBindings } from '../storage/db-errors';

type Handler = (ctx: Context) => Promise<void> | void;

/**
 * Turns our errors into the contract's body. Strapi would replace the text of 401, 403 and 5xx, and an error that
 * carries a foreign status (axios) must never become ours: the admin panel answers a 401 by logging out.
 */
export const answering =
  (handler: Handler): Handler =>
  async (ctx) => {
    try {
      await handler(ctx);
    } catch (error) {
      // Strapi answers 500 and logs what it is given.
      if (!(error instanceof WhatsAppError)) throw withoutBindings(error);
      ctx.status = error.status;
      if (typeof error.details.retryAfterSeconds === 'number')
        ctx.set('Retry-After', String(error.details.retryAfterSeconds));
      ctx.body = error.toBody();
    }
  };

/** A controller whose every action answers our errors. */
export const controller = <T extends Record<string, Handler>>(actions: T): T =>
  Object.fromEntries(Object.entries(actions).map(([name, handler]) => [name, answering(handler)])) as T;
