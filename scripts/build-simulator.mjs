// Bundles the simulator on its own: it depends on nothing but Node, so one file each runs anywhere.
import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outdir = join(root, 'dist', 'simulator');

const shared = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
};

await Promise.all([
  build({ ...shared, entryPoints: ['simulator/src/index.ts'] }),
  build({ ...shared, entryPoints: ['simulator/src/cli.ts'], banner: { js: '#!/usr/bin/env node' } }),
]);
chmodSync(join(outdir, 'cli.js'), 0o755);
