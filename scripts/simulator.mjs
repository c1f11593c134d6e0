// `npm run simulator -- --callback <url>`: builds when a source is newer than the bundle, then hands over to it.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bundle = join(root, 'dist', 'simulator', 'cli.js');
const source = join(root, 'simulator', 'src');

const newest = Math.max(
  ...readdirSync(source, { recursive: true }).map((name) => statSync(join(source, name)).mtimeMs),
);
if (!existsSync(bundle) || statSync(bundle).mtimeMs < newest) await import('./build-simulator.mjs');
await import(pathToFileURL(bundle).href);
