/** `npm run coverage:messages`: prints what of Meta's messages and errors is covered, and writes docs/coverage.md. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

import { main } from './lib/children.mjs';
import { ROOT } from './lib/paths.mjs';

await main(async () => {
  // Beside node_modules, so that the packages that stay outside are found.
  const folder = fs.mkdtempSync(
    path.join(fs.existsSync(path.join(ROOT, '.tmp')) ? path.join(ROOT, '.tmp') : os.tmpdir(), 'coverage-'),
  );
  try {
    const outfile = path.join(folder, 'report.cjs');
    await build({
      entryPoints: [path.join(ROOT, 'tests/coverage/report.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      nodePaths: [path.join(ROOT, 'node_modules')],
      outfile,
      logLevel: 'error',
    });
    const { renderCoverage } = createRequire(import.meta.url)(outfile);
    const text = renderCoverage(ROOT);
    fs.writeFileSync(path.join(ROOT, 'docs/coverage.md'), text);
    process.stdout.write(text);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
