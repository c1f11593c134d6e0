/**
 * `npm test [project …]`: installs and builds what is missing, runs every jest project, prints `N passed, N failed` last.
 * Node alone is needed; with a Chromium (CHROMIUM_PATH or an installed one) the browser tests run too.
 * DATABASE_CLIENT=postgres with DATABASE_URL runs the integration tests on PostgreSQL.
 */
import { ensureBuilt } from './lib/builds.mjs';
import { findChromium } from './lib/chromium.mjs';
import { main } from './lib/children.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { runProject, summarise } from './lib/jest.mjs';

const PROJECTS = ['unit', 'simulator', 'admin', 'integration', 'e2e'];

/** The browser tests share one demo, which always runs on a SQLite file of its own. */
const SPECIAL = {
  e2e: (chromium) => ({ workers: 1, env: { CHROMIUM_PATH: chromium, DATABASE_CLIENT: 'sqlite' } }),
};

const chosen = () => {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !PROJECTS.includes(name));
  if (unknown.length > 0) throw new Error(`No project "${unknown[0]}", only ${PROJECTS.join(', ')}.`);
  return named.length > 0 ? PROJECTS.filter((name) => named.includes(name)) : PROJECTS;
};

/** The browser tests need a Chromium; without one they are left out with a word, unless they were asked for by name. */
const withoutBrowser = (projects) => {
  if (process.argv.slice(2).includes('e2e'))
    throw new Error('No Chromium for the e2e tests: set CHROMIUM_PATH.');
  process.stdout.write('No Chromium found: the e2e tests are left out (set CHROMIUM_PATH to run them).\n');
  return projects.filter((name) => name !== 'e2e');
};

await main(async () => {
  let projects = chosen();
  const chromium = projects.includes('e2e') ? findChromium() : null;
  if (projects.includes('e2e') && !chromium) projects = withoutBrowser(projects);
  await ensureInstalled();
  await ensureBuilt(['plugin', 'simulator', ...(chromium ? ['playground'] : [])]);

  const results = [];
  for (const project of projects) results.push(await runProject(project, SPECIAL[project]?.(chromium)));
  const { failed, line } = summarise(results);
  process.stdout.write(`\n${line}\n`);
  process.exitCode = failed > 0 ? 1 : 0;
});
