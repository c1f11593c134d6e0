/** A Strapi of its own process, for tests that kill it. Started by `child.ts`; talks over the fork's channel. */
'use strict';

const path = require('node:path');

const { createStrapi } = require('@strapi/strapi');

const { CHILD_OPTIONS, CHILD_PORT } = process.env;
globalThis.whatsappTestOptions = JSON.parse(CHILD_OPTIONS);

const makeToken = async (strapi) => {
  const service = strapi.service('admin::api-token');
  const input = { name: `child-${process.pid}`, description: '', type: 'full-access', lifespan: null };
  return (await service.create(input)).accessKey;
};

const main = async () => {
  const appDir = path.resolve(__dirname, '../../app');
  const strapi = createStrapi({ appDir, distDir: appDir, autoReload: false, serveAdminPanel: false });
  strapi.log.level = 'error';
  const url = `http://127.0.0.1:${CHILD_PORT}`;
  strapi.config.set('server.port', Number(CHILD_PORT));
  strapi.config.set('server.url', url);
  strapi.config.set('server.absoluteUrl', url);
  await strapi.start();
  process.send({ token: await makeToken(strapi) });
};

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
