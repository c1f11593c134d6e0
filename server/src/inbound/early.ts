import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { flatten } from '../compat/flat';
import { PLUGIN_ID } from '../constants';
import { answering } from '../http/answer';
import type { Door } from '../http/door';
import { houseOf } from '../house';
import { createWebhookReceipt } from './receipt';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `/api/whatsapp/webhook` and `/api/whatsapp/webhook/<key>`, matched as generously as Strapi's router does. */
export const webhookPath = (apiPrefix: string): RegExp =>
  new RegExp(`^${escaped(apiPrefix.replace(/\/+$/, ''))}/${PLUGIN_ID}/webhook(?:/([^/]+))?/?$`, 'i');

/** The same webhook by the address of the second API, see compat/routes.ts. */
const COMPAT = /^\/api\/v1\/crm\/whatsapp\/webhook\/?$/i;

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** Strapi's own error middleware comes later in the chain, so what nobody expected is logged and answered here. */
const unexpected = (strapi: Core.Strapi, ctx: Context, error: unknown): void => {
  houseOf(strapi).onError(error);
  ctx.status = 500;
  ctx.body = {
    data: null,
    error: { status: 500, name: 'InternalServerError', message: 'Internal Server Error', details: {} },
  };
};

/**
 * Takes webhook calls before every configured middleware, for two reasons: body parsers must not touch the signed
 * bytes, and session, security headers, CORS, body and router cost about twice as much as storing the event
 * (bench/README.md). With `webhook.early: false` the call goes the long way, past the host's own middlewares (an
 * address filter, say) to the route; only its content type is hidden from the body parser.
 */
export const takeWebhooks = (strapi: Core.Strapi, door: Pick<Door, 'house'>) => {
  const path = webhookPath(strapi.config.get<string>('api.rest.prefix', '/api'));
  const early = strapi.config.get<boolean>(`plugin::${PLUGIN_ID}.webhook.early`, true);
  const receive = createWebhookReceipt(door);

  return async (ctx: Context, next: Next): Promise<void> => {
    const match = ctx.method === 'POST' ? (path.exec(ctx.path) ?? COMPAT.exec(ctx.path)) : null;
    if (!match) return next();
    if (!early) {
      // koa-body leaves a stream alone that has no content type.
      delete ctx.req.headers['content-type'];
      return next();
    }
    const key = match[1] === undefined ? null : decoded(match[1]);
    try {
      await answering((context) => receive(context, key))(ctx);
      if (COMPAT.test(ctx.path)) flatten(ctx);
    } catch (error) {
      unexpected(strapi, ctx, error);
    }
  };
};
