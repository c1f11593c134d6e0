import type { Core } from '@strapi/strapi';
import type { Context, Next } from 'koa';
import { ANY_PERMISSION } from '../access/any-permission';
import { LIMITED } from './limits';
import type { Action } from '../permissions';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Schemas = Pick<Core.RouteInput, 'request' | 'response'>;

/**
 * A route of the admin panel: never without a permission (Strapi would open it to every admin). Of several actions any one
 * opens it.
 */
export const adminRoute = (
  method: Method,
  path: string,
  handler: string,
  action: Action | readonly Action[],
): Core.RouteInput => ({
  method,
  path,
  handler,
  config: {
    policies: ['admin::isAuthenticatedAdmin', permissionPolicy(action)],
    middlewares: limitsOf(method),
  },
});

/** Writing is limited per caller; policies have refused strangers before. */
const limitsOf = (method: Method): string[] => (method === 'GET' ? [] : [LIMITED]);

const permissionPolicy = (action: Action | readonly Action[]) =>
  typeof action === 'string'
    ? { name: 'admin::hasPermissions', config: { actions: [action] } }
    : { name: ANY_PERMISSION, config: { actions: action } };

/** A route of the content API. The schemas describe it in OpenAPI; the controller validates. */
export const contentRoute = (
  method: Method,
  path: string,
  handler: string,
  schemas: Schemas,
): Core.RouteInput => ({
  method,
  path,
  handler,
  config: { middlewares: limitsOf(method) },
  ...schemas,
});

/** Strapi logs the whole address after the answer; the verify token or the link's signature must not get there. */
const hideQuery = async (ctx: Context, next: Next): Promise<void> => {
  try {
    await next();
  } finally {
    ctx.url = ctx.path;
  }
};

/** Signed by other means than Strapi's auth: webhooks by their HMAC, media by their link. */
export const openRoute = (
  method: Method,
  path: string,
  handler: string,
  schemas: Schemas,
): Core.RouteInput => ({
  method,
  path,
  handler,
  config: { auth: false, middlewares: [hideQuery as Core.MiddlewareHandler] },
  ...schemas,
});
