import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { COMPAT_PATHS, flatten } from '../compat/flat';
import { PLUGIN_ID } from '../constants';
import { invalid, type WhatsAppError } from '../errors';

interface Refused {
  error?: { status?: number; details?: Record<string, unknown> };
}

/** Codes of what is refused before a route is reached; Strapi's 401, 403 and 404 are said by their status. */
const CODES: Record<number, string> = { 400: 'validation_failed', 413: 'payload_too_large' };

const named = (ctx: Context): void => {
  const { error } = (ctx.body ?? {}) as Refused;
  const code = CODES[ctx.status];
  if (!error || code === undefined || error.details?.code !== undefined) return;
  const { status } = ctx;
  ctx.body = { data: null, error: { ...error, details: { ...error.details, code } } };
  ctx.status = status;
};

/** Strapi's form parser throws at it without a status, which would be a 500. */
const formProblem = (ctx: Context): WhatsAppError | null => {
  const type = ctx.get('content-type');
  return /^multipart\//i.test(type) && !/;\s*boundary=/i.test(type)
    ? invalid([{ path: '', message: 'The content type multipart/form-data names no boundary' }])
    : null;
};

/**
 * Puts what Strapi itself refuses (bodies that are no JSON or too large, missing tokens) into our words: bodies get a
 * stable code, and the second set of paths its flat errors. Comes before every configured middleware.
 */
export const nameRefusals = (strapi: Core.Strapi) => {
  const prefix = strapi.config.get<string>('api.rest.prefix', '/api').replace(/\/+$/, '');
  const ours = `${prefix}/${PLUGIN_ID}/`.toLowerCase();
  return async (ctx: Context, next: Next): Promise<void> => {
    const path = ctx.path.toLowerCase();
    const compat = COMPAT_PATHS.test(path);
    if (!compat && !path.startsWith(ours)) return next();
    const problem = formProblem(ctx);
    if (problem) {
      ctx.status = problem.status;
      ctx.body = problem.toBody();
    } else await next();
    named(ctx);
    if (compat) flatten(ctx);
  };
};
