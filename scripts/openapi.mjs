/** `npm run openapi`: docs/openapi.json, Strapi's own description of the content API, cut down to what this plugin adds. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { ensureBuilt } from './lib/builds.mjs';
import { main, run } from './lib/children.mjs';
import { prepareDemoData } from './lib/demo-data.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ownPart } from './lib/openapi.mjs';
import { PLAYGROUND, ROOT, STRAPI_BIN } from './lib/paths.mjs';

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

await main(async () => {
  await ensureInstalled();
  await ensureBuilt(['plugin', 'simulator']);

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-openapi-'));
  try {
    const whole = path.join(folder, 'openapi.json');
    await run('strapi openapi generate', [STRAPI_BIN, 'openapi', 'generate', '--output', whole], {
      cwd: PLAYGROUND,
      env: { ...prepareDemoData(folder).env, STRAPI_TELEMETRY_DISABLED: 'true' },
    });
    const document = ownPart(readJson(whole), readJson(path.join(ROOT, 'package.json')));
    fs.writeFileSync(path.join(ROOT, 'docs/openapi.json'), `${JSON.stringify(document, null, 2)}\n`);
    process.stdout.write(`docs/openapi.json: ${Object.keys(document.paths).length} paths\n`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
