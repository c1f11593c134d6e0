'use strict';

module.exports = {
  /** As the plugin does for its own route: koa-body leaves a stream alone that has no content type. */
  register({ strapi }) {
    strapi.server.use((ctx, next) => {
      if (ctx.method === 'POST' && ctx.path.startsWith('/api/bench/')) delete ctx.req.headers['content-type'];
      return next();
    });
  },
};
