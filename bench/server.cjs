'use strict';

/**
 * One measured Strapi in a process of its own: started by servers.mjs, which says by environment which database and
 * whether the plugin is on, and talks to it over IPC.
 */
const fs = require('node:fs');
const { Session } = require('node:inspector/promises');
const path = require('node:path');
const { createStrapi } = require('@strapi/strapi');

const APP = path.join(__dirname, 'app');
const ROWS_PER_INSERT = 200;

const boot = async () => {
  const strapi = createStrapi({ appDir: APP, distDir: APP, autoReload: false, serveAdminPanel: false });
  // A line per request on a terminal would measure the terminal.
  strapi.log.level = 'error';
  await strapi.load();
  strapi.server.mount();
  const { httpServer } = strapi.server;
  await new Promise((resolve, reject) => {
    httpServer.once('error', reject);
    httpServer.listen(0, '127.0.0.1', resolve);
  });
  return { strapi, port: httpServer.address().port };
};

/** Connects a number through the plugin's own door and answers the path of its webhook. */
const connectNumber = async ({ strapi, port }, number) => {
  const { accessKey } = await strapi
    .service('admin::api-token')
    .create({ name: 'bench', description: '', type: 'full-access', lifespan: null });
  const response = await fetch(`http://127.0.0.1:${port}/api/whatsapp/integrations`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${accessKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(number),
  });
  if (response.status !== 201) throw new Error(`The number was not connected: ${await response.text()}`);
};

/** Messages that "we sent", so that statuses have something to be about. */
const seedSent = async ({ strapi }, wamids) => {
  const knex = strapi.db.connection;
  const [{ id, organization_id }] = await knex('whatsapp_integrations').select('id', 'organization_id');
  const [conversation] = await knex('whatsapp_conversations').select('id').limit(1);
  const rows = wamids.map((wamid, index) => ({
    document_id: `sent${wamid.slice(-12)}${index}`,
    organization_id,
    integration_id: id,
    conversation_id: conversation.id,
    direction: 'outbound',
    message_type: 'text',
    text: 'Your order is on its way.',
    content: '{}',
    wamid,
    origin: 'campaign',
    written_at: 1_790_000_000_000,
    received_at: 1_790_000_000_000,
    delivery_status: 'accepted',
    accepted_at: 1_790_000_000_000,
  }));
  await knex.batchInsert('whatsapp_messages', rows, ROWS_PER_INSERT);
};

/** A CPU profile from one moment to another: `--cpu-prof` would mostly show Strapi starting. */
const createProfiler = () => {
  const session = new Session();
  return {
    async start() {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.start');
    },
    async stop(file) {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      fs.writeFileSync(file, JSON.stringify(profile));
    },
  };
};

const main = async () => {
  const house = await boot();
  const profiler = createProfiler();
  const verbs = {
    startProfile: () => profiler.start(),
    stopProfile: (file) => profiler.stop(file),
    connect: (number) => connectNumber(house, number),
    seedSent: (wamids) => seedSent(house, wamids),
    async stop() {
      house.strapi.server.httpServer.closeAllConnections();
      await house.strapi.destroy();
      process.exit(0);
    },
  };
  process.on('message', async ({ id, verb, input }) => {
    try {
      process.send({ id, result: (await verbs[verb](input)) ?? null });
    } catch (error) {
      process.send({ id, error: error.stack });
    }
  });
  process.send({ ready: house.port });
};

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
