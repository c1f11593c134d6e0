import type { Core } from '@strapi/strapi';
import { COMPAT_PREFIX, COMPAT_WEBHOOK, PLUGIN_ID } from '../constants';
import { contentDoor } from '../http/door';
import { contentRoute, openRoute } from '../http/routes';
import { createCompatController } from './controller';

type Method = Parameters<typeof contentRoute>[0];
type Handlers = ReturnType<typeof createCompatController>;

/** An API token that may use the plugin's own route may use this one: the same scope. */
const withToken = (
  handlers: Handlers,
  [method, path, handler, scope]: [Method, string, keyof Handlers, string],
): Core.RouteInput => {
  const route = contentRoute(method, `${COMPAT_PREFIX}${path}`, '', {});
  return {
    ...route,
    handler: handlers[handler] as unknown as Core.RouteInput['handler'],
    config: { ...route.config, auth: { scope: [`plugin::${PLUGIN_ID}.${scope}`] } },
  };
};

const signed = (handlers: Handlers, method: Method, handler: keyof Handlers): Core.RouteInput => ({
  ...openRoute(method, COMPAT_WEBHOOK, '', {}),
  handler: handlers[handler] as unknown as Core.RouteInput['handler'],
});

/** Call in `bootstrap`: routes with a prefix of their own go straight to the server's router. */
export const registerCompatRoutes = (strapi: Core.Strapi): void => {
  const handlers = createCompatController(contentDoor(strapi));
  const routes = [
    withToken(handlers, ['GET', '/integrations', 'findIntegrations', 'integration.find']),
    withToken(handlers, ['GET', '/integrations/:id', 'findIntegration', 'integration.findOne']),
    withToken(handlers, ['POST', '/integrations', 'createIntegration', 'integration.create']),
    withToken(handlers, ['POST', '/integrations/:id/test', 'testIntegration', 'integration.test']),
    withToken(handlers, ['POST', '/crm/whatsapp/send', 'send', 'message.send']),
    signed(handlers, 'GET', 'verify'),
    signed(handlers, 'POST', 'receive'),
  ].map((route) => ({ ...route, info: { pluginName: PLUGIN_ID, type: 'content-api' } }));
  strapi.server.routes(routes as unknown as Parameters<typeof strapi.server.routes>[0]);
  // Strapi types what comes without a router as `api`, for which nobody can sign in; it reads the type with each request.
  for (const route of routes) route.info.type = 'content-api';
};
