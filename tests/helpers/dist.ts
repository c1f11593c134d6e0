import fs from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');

const newest = (target: string): number => {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...fs.readdirSync(target).map((name) => newest(path.join(target, name))));
};

/**
 * Strapi loads the plugin from dist/, so tests of an older build would judge code that is no longer there.
 * ALLOW_STALE_DIST=1 turns the refusal into a warning, for the time while somebody edits beside you.
 */
export const assertDistIsFresh = (): void => {
  const built = newest(path.join(ROOT, 'dist/server/index.js'));
  if (built === 0) throw new Error('dist/server is missing. Build first: npm run build');
  if (built >= newest(path.join(ROOT, 'server/src'))) return;
  const complaint = 'dist/server is older than server/src. Build first: npm run build';
  if (process.env.ALLOW_STALE_DIST !== '1') throw new Error(`${complaint} (or set ALLOW_STALE_DIST=1)`);
  process.stderr.write(`${complaint}; going on with the old one\n`);
};
