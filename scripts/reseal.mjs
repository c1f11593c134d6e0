/** `npm run reseal`: what `npx whatsapp-reseal` does in a site, here for the demo's data. */
import path from 'node:path';

import { ensureBuilt } from './lib/builds.mjs';
import { main, run } from './lib/children.mjs';
import { prepareDemoData } from './lib/demo-data.mjs';
import { PLAYGROUND, ROOT } from './lib/paths.mjs';

await main(async () => {
  await ensureBuilt(['plugin', 'playground']);
  const { env } = prepareDemoData(process.env.DEMO_DATA_DIR);
  await run('whatsapp-reseal', [path.join(ROOT, 'bin/reseal.js')], { cwd: PLAYGROUND, env });
});
