import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { WhatsAppConfig } from '../config';
import { PLUGIN_ID } from '../constants';
import { WhatsAppError } from '../errors';

/** Name of the middleware on every route that writes. */
export const LIMITED = `plugin::${PLUGIN_ID}.limit-writes`;

const WINDOW_SECONDS = 60;

type Limits = WhatsAppConfig['limits'];

interface Auth {
  strategy?: { name?: string };
  credentials?: { id?: number | string };
}

/** Whose account a call is charged to. */
export const chargedTo = (ctx: Context): { kind: 'admin' | 'token'; key: string } => {
  const { auth, user } = ctx.state as { auth?: Auth; user?: { id?: number | string } };
  const strategy = auth?.strategy?.name ?? '';
  const id = auth?.credentials?.id;
  if (strategy === 'admin') return { kind: 'admin', key: `admin:${user?.id ?? id}` };
  // A site's public role has no identity but its address.
  return { kind: 'token', key: id === undefined ? `address:${ctx.ip}` : `${strategy}:${id}` };
};

const bodyBytes = (ctx: Context): number => {
  const declared = ctx.get('content-length');
  if (declared !== '') return Number(declared);
  const { body } = ctx.request as unknown as { body?: unknown };
  return body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body) ?? '');
};

/** Files have limits of their own, by type. */
const isFile = (ctx: Context): boolean => /^multipart\/form-data/i.test(ctx.get('content-type'));

/** Counts the writes of each caller; throws `rate_limit_exceeded` or `payload_too_large`. */
export const createLimiter = (limits: Limits) => {
  const per = {
    token: new RateLimiterMemory({ points: limits.writesPerMinutePerToken, duration: WINDOW_SECONDS }),
    admin: new RateLimiterMemory({ points: limits.writesPerMinutePerAdmin, duration: WINDOW_SECONDS }),
  };
  return async (ctx: Context): Promise<void> => {
    if (!isFile(ctx) && bodyBytes(ctx) > limits.bodyBytes) {
      throw new WhatsAppError('payload_too_large', `The body is larger than ${limits.bodyBytes} bytes.`);
    }
    const { kind, key } = chargedTo(ctx);
    try {
      await per[kind].consume(key);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      ctx.set('Retry-After', String(seconds));
      throw new WhatsAppError(
        'rate_limit_exceeded',
        `Too many calls in one minute. Try again in ${seconds} s.`,
        { retryAfterSeconds: seconds },
      );
    }
  };
};

const limiters = new WeakMap<Core.Strapi, ReturnType<typeof createLimiter>>();

/** Strapi makes a middleware anew for each route; the counting is one for all of them. */
const limiterOf = (strapi: Core.Strapi): ReturnType<typeof createLimiter> => {
  let limiter = limiters.get(strapi);
  if (!limiter) {
    limiter = createLimiter(strapi.config.get<WhatsAppConfig>(`plugin::${PLUGIN_ID}`).limits);
    limiters.set(strapi, limiter);
  }
  return limiter;
};

export const middlewares = {
  'limit-writes': (_config: unknown, { strapi }: { strapi: Core.Strapi }) => {
    const check = limiterOf(strapi);
    return async (ctx: Context, next: Next): Promise<void> => {
      try {
        await check(ctx);
      } catch (error) {
        if (!(error instanceof WhatsAppError)) throw error;
        ctx.status = error.status;
        ctx.body = error.toBody();
        return;
      }
      await next();
    };
  },
};
