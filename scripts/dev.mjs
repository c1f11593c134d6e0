/**
 * `npm run dev`: rebuilds the plugin on every change and restarts the playground when its server part is new. Strapi's own
 * `develop` watches only the app's folder, so a fresh dist would go unnoticed. Data and login are those of `npm run demo`.
 */
import fs from 'node:fs';
import path from 'node:path';

import { ensureBuilt } from './lib/builds.mjs';
import { isStopping, main, start, stop } from './lib/children.mjs';
import { LOGIN, prepareDemoData } from './lib/demo-data.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { PLAYGROUND, PLUGIN_BIN, ROOT, STRAPI_BIN } from './lib/paths.mjs';

/** A build writes its files one after another; only when they rest is the whole of it there. */
const SETTLED_MS = 800;

const startStrapi = () =>
  start([STRAPI_BIN, 'develop'], {
    cwd: PLAYGROUND,
    env: {
      ...prepareDemoData(process.env.DEMO_DATA_DIR).env,
      ...LOGIN,
      DEMO_SEED: 'true',
      STRAPI_TELEMETRY_DISABLED: 'true',
    },
  });

/** Calls back once after each burst of changes in dist/server. */
const onServerBuilt = (callback) => {
  let timer;
  const again = () => {
    clearTimeout(timer);
    timer = setTimeout(callback, SETTLED_MS);
  };
  fs.watch(path.join(ROOT, 'dist/server'), again);
  return again;
};

await main(async () => {
  await ensureInstalled();
  await ensureBuilt(['plugin', 'simulator']);
  const watch = start([PLUGIN_BIN, 'watch'], { cwd: ROOT });
  watch.ended.then(
    () => isStopping() || process.stderr.write('The plugin watch has ended: changes go unnoticed.\n'),
  );

  let strapi = startStrapi();
  let restarting = false;
  const restartLater = onServerBuilt(async () => {
    if (isStopping()) return;
    if (restarting) return restartLater();
    restarting = true;
    process.stdout.write('› dist/server is new: restarting Strapi\n');
    await stop(strapi);
    if (!isStopping()) strapi = startStrapi();
    restarting = false;
  });
});
