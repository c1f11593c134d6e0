import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { PLUGIN_ID } from '../constants';

const OURS = `plugin::${PLUGIN_ID}.`;
const READ = 'plugin::content-manager.explorer.read';

/**
 * Strapi offers "read" on hidden types as well (for relations), and its pages know nothing of tenants, masked phones or
 * assigned conversations. So the right cannot be granted on ours. Call in `bootstrap`, after the content manager's own.
 */
export const withholdTypes = (strapi: Core.Strapi): void => {
  const action = strapi.service('admin::permission').actionProvider.get(READ) as
    { subjects?: string[] } | undefined;
  if (!action?.subjects) return;
  action.subjects = action.subjects.filter((uid) => !uid.startsWith(OURS));
};

const named = (path: string): boolean => {
  try {
    return decodeURIComponent(path).includes(OURS);
  } catch {
    return false;
  }
};

/** And for whoever holds it already, super admins included: the content manager has no rows of ours to show. */
export const hideTypes = async (ctx: Context, next: Next): Promise<void> => {
  if (!/^\/content-manager\//i.test(ctx.path) || !named(ctx.path)) return next();
  ctx.status = 404;
  ctx.body = {
    data: null,
    error: { status: 404, name: 'NotFoundError', message: 'Not Found', details: {} },
  };
};
