#!/usr/bin/env node
'use strict';

/**
 * `npx whatsapp-reseal` in a Strapi app: seals every stored secret with the newest key of the ring and says how many.
 * Ends with 1 when something could not be read. The site may run meanwhile; nothing is sent from here.
 */
const { createRequire } = require('node:module');
const path = require('node:path');

const main = async () => {
  process.env.WHATSAPP_ERRAND = '1';
  // The site's own Strapi, not one that lies beside this file.
  const strapiOfSite = createRequire(path.join(process.cwd(), 'package.json'))('@strapi/strapi');
  const context = await strapiOfSite.compileStrapi();
  const strapi = await strapiOfSite.createStrapi(context).load();
  try {
    const { reseal, state } = strapi.plugin('whatsapp').service('encryption');
    const { resealed, unreadable } = await reseal();
    const { keys, sealedRows } = await state();
    const newest = keys.find((key) => key.newest);
    process.stdout.write(
      newest
        ? `Key ${newest.id}: ${resealed} number(s) sealed again, ${sealedRows} in all, ${unreadable} not readable with these keys.\n`
        : 'No encryption key is set; nothing was touched.\n',
    );
    return newest && unreadable === 0 ? 0 : 1;
  } finally {
    await strapi.destroy();
  }
};

main().then(
  (code) => process.exit(code),
  (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
