import fs from 'node:fs';
import path from 'node:path';

import { run } from './children.mjs';
import { ROOT } from './paths.mjs';

/** npm writes this file last, so a broken-off install is not taken for a whole one. */
const MARK = path.join(ROOT, 'node_modules/.package-lock.json');

/** `npm ci` when there is no node_modules. JOBS lets better-sqlite3 compile on both cores. */
export const ensureInstalled = async () => {
  if (fs.existsSync(MARK)) return;
  await run('npm ci (first time; some minutes)', ['ci'], {
    command: process.platform === 'win32' ? 'npm.cmd' : 'npm',
    cwd: ROOT,
    env: { JOBS: process.env.JOBS ?? '2' },
  });
};
