'use strict';

/**
 * Strapi with the plugin in a process of its own, for tests that kill it. Reads what the app needs from the environment
 * (TEST_DATABASE, TEST_PUBLIC_DIR, TEST_PLUGIN_OPTIONS as JSON) and prints `ready <port>`.
 */
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const APP_DIR = path.resolve(__dirname, '../app');

const main = async () => {
  globalThis.whatsappTestOptions = JSON.parse(process.env.TEST_PLUGIN_OPTIONS ?? '{}');
  const strapi = createStrapi({
    appDir: APP_DIR,
    distDir: APP_DIR,
    autoReload: false,
    serveAdminPanel: false,
  });
  strapi.log.level = 'error';
  await strapi.load();
  strapi.server.mount();
  strapi.server.httpServer.listen(0, '127.0.0.1', () => {
    process.stdout.write(`ready ${strapi.server.httpServer.address().port}\n`);
  });
};

// Whoever started it may die first; an orphan must not stay.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
