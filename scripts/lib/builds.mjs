/** What is built from what, and whether it is up to date. */
import fs from 'node:fs';
import path from 'node:path';

import { run } from './children.mjs';
import { PLAYGROUND, PLUGIN_BIN, ROOT, STRAPI_BIN } from './paths.mjs';

/** What ends up in the browser; a change on the server alone does not call for Strapi's slow admin build. */
const ADMIN = ['admin', 'server/src/permissions.ts', 'server/src/cloud-api/limits.ts', 'package.json'];

const BUILDS = {
  plugin: {
    sources: ['server', ...ADMIN],
    outputs: ['dist/server/index.js', 'dist/admin/index.mjs'],
    make: () => run('build the plugin', [PLUGIN_BIN, 'build'], { cwd: ROOT }),
  },
  simulator: {
    sources: ['simulator', 'server/src/cloud-api', 'scripts/build-simulator.mjs'],
    outputs: ['dist/simulator/cli.js'],
    make: () => run('build the simulator', ['scripts/build-simulator.mjs'], { cwd: ROOT }),
  },
  playground: {
    sources: [
      'playground/src',
      'playground/config',
      'playground/package.json',
      'playground/tsconfig.json',
      ...ADMIN,
    ],
    outputs: ['playground/dist/build/index.html', 'playground/dist/src/index.js'],
    make: () =>
      run('build the playground', [STRAPI_BIN, 'build'], {
        cwd: PLAYGROUND,
        env: { NODE_ENV: 'production', STRAPI_TELEMETRY_DISABLED: 'true' },
      }),
  },
};

/** Newest modification time (ms) below a path; 0 when there is nothing. */
export const newest = (target) => {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return fs
    .readdirSync(target, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .reduce((latest, entry) => Math.max(latest, newest(path.join(target, entry.name))), 0);
};

const isStale = ({ sources, outputs }) => {
  const built = outputs.map((file) => newest(path.join(ROOT, file)));
  return Math.min(...built) < Math.max(...sources.map((source) => newest(path.join(ROOT, source))));
};

/** Outputs get the time at which the build began: a source saved meanwhile makes them stale again. */
export const build = async (name) => {
  if (!(name in BUILDS))
    throw new Error(`There is no build "${name}", only ${Object.keys(BUILDS).join(', ')}.`);
  const began = new Date();
  const { make, outputs } = BUILDS[name];
  await make();
  for (const file of outputs) {
    const target = path.join(ROOT, file);
    if (!fs.existsSync(target))
      throw new Error(`The build of the ${name} left no ${file}; see its output above.`);
    fs.utimesSync(target, began, began);
  }
};

/**
 * Builds what is missing or older than its sources.
 * @param {('plugin' | 'simulator' | 'playground')[]} names in the order they depend on each other
 */
export const ensureBuilt = async (names) => {
  for (const name of names) if (isStale(BUILDS[name])) await build(name);
};
