/** `npm run build [plugin] [simulator] [playground]`: builds the named parts (default: what is published), stale or not. */
import { build } from './lib/builds.mjs';
import { main } from './lib/children.mjs';

await main(async () => {
  const named = process.argv.slice(2);
  for (const name of named.length > 0 ? named : ['plugin', 'simulator']) await build(name);
});
