/**
 * `npm run dev`: rebuilds the plugin on every change and restarts the playground when its server part is new. Strapi's own
 * `develop` watches only the app's folder, so a fresh dist would go unnoticed. Data and login are those of `npm run demo`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { ensureBuilt } from './lib/builds.mjs';
import { isStopping, main, start, stop } from './lib/children.mjs';
import { LOGIN, prepareDemoData } from './lib/demo-data.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { PLAYGROUND, PLUGIN_BIN, ROOT, STRAPI_BIN } from './lib/paths.mjs';

/** The watch empties dist before it writes; a build counts once its file is there and has rested this long. */
const SETTLED_MS = 1_500;
const LOOK_MS = 500;

/** When the server bundle was written; null while there is none or it is still being written. */
const settledBuild = () => {
  const written = fs.statSync(path.join(ROOT, 'dist/server/index.js'), { throwIfNoEntry: false })?.mtimeMs;
  return written !== undefined && Date.now() - written > SETTLED_MS ? written : null;
};

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

await main(async () => {
  await ensureInstalled();
  await ensureBuilt(['plugin', 'simulator']);
  // The watch begins with emptying dist and building anew: Strapi starts on that build, not on the one before it.
  let loaded = settledBuild();
  const watch = start([PLUGIN_BIN, 'watch'], { cwd: ROOT });
  watch.ended.then(
    () => isStopping() || process.stderr.write('The plugin watch has ended: changes go unnoticed.\n'),
  );

  let strapi = null;
  while (!isStopping()) {
    const build = settledBuild();
    if (build !== null && build !== loaded) {
      loaded = build;
      if (strapi) {
        process.stdout.write('› dist/server is new: restarting Strapi\n');
        await stop(strapi);
      }
      if (!isStopping()) strapi = startStrapi();
    }
    await sleep(LOOK_MS);
  }
});
