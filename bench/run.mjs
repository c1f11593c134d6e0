/**
 * `npm run bench`: the plugin's webhook beside the plain Strapi way, an empty handler and the bare database driver, in
 * one run on one machine. `--quick` ends within three minutes. For one question at a time: `--engine=sqlite,wal,postgres`,
 * `--part=matrix,campaign,big,kill`, `--seed=<number>`. A CPU profile of one load: profile.mjs.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { killAll, startChild } from './children.mjs';
import { postgresEngine, sqliteEngine } from './databases.mjs';
import { killRounds } from './durability.mjs';
import { judge, summarise } from './goals.mjs';
import { bigDeliveries, campaign, warmUpAlone } from './loads.mjs';
import { afterMatrix, runMatrix, warmUp } from './matrix.mjs';
import { startPostgres } from './postgres.mjs';
import { markdown } from './report.mjs';
import { makeTemplate, startServer } from './servers.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const given = Object.fromEntries(
  process.argv.slice(2).map((argument) => {
    const [name, value = 'yes'] = argument.replace(/^--/, '').split('=');
    return [name, value];
  }),
);
const quick = given.quick !== undefined;
const chosenParts = (given.part ?? 'matrix,campaign,big,kill').split(',');

const BATCHES = [1, 10, 100];
const QUICK_CELLS = [
  { batch: 1, connections: 20 },
  { batch: 10, connections: 20 },
  { batch: 100, connections: 20 },
];
const ALL_CELLS = BATCHES.flatMap((batch) => [1, 20, 50].map((connections) => ({ batch, connections })));

const PLAN = quick
  ? { cells: QUICK_CELLS, repeats: 2, seconds: 0.8, naiveSeconds: 1.5, campaign: 15, big: 40, kills: 3 }
  : { cells: ALL_CELLS, repeats: 3, seconds: 1.5, naiveSeconds: 3, campaign: 60, big: 120, kills: 20 };

const say = (line) => process.stdout.write(`${line}\n`);

/** What ran last comes down first, whatever happened. */
const cleanups = [];
const cleanUp = async () => {
  while (cleanups.length > 0) await cleanups.pop()();
};

const rawWriter = async (engine, template) =>
  startChild('raw.cjs', {
    env: { BENCH_DATABASE: JSON.stringify((await engine.copy(template, 'raw')).connection) },
  });

const startAll = async (engine, templates, publicDir) => {
  const databases = {};
  for (const name of ['ours', 'naive', 'empty']) {
    databases[name] = await engine.copy(name === 'naive' ? templates.naive : templates.ours, name);
  }
  const [ours, naive, empty] = await Promise.all(
    Object.entries(databases).map(([name, database]) => startServer(name, database, { publicDir })),
  );
  return { ours, naive, empty, raw: await rawWriter(engine, templates.ours) };
};

const measureEngine = async (engine, templates, publicDir) => {
  const result = { name: engine.name, id: engine.id };
  // In a hurry the journal of SQLite is only compared, not loaded and killed once more.
  const parts = quick && engine.id === 'wal' && given.part === undefined ? ['matrix'] : chosenParts;
  if (parts.includes('matrix')) {
    const servers = await startAll(engine, templates, publicDir);
    await warmUp(servers);
    const samples = await runMatrix(engine, servers, { ...PLAN, say });
    result.cells = samples.map(summarise);
    Object.assign(result, await afterMatrix(servers), { samples });
    for (const server of Object.values(servers)) await server.stop();
  }
  if (parts.includes('campaign') || parts.includes('big')) {
    const database = await engine.copy(templates.ours, 'loads');
    const server = await startServer('ours', database, { publicDir });
    await warmUpAlone(server);
    if (parts.includes('big')) result.big = await bigDeliveries(server, PLAN.big);
    if (parts.includes('campaign')) result.campaign = await campaign(server, PLAN.campaign);
    await server.stop();
    await database.drop();
  }
  if (parts.includes('kill')) {
    const seed = Number(given.seed ?? Date.now() % 1_000_000);
    say(`${engine.name}: kill rounds, seed ${seed}`);
    result.durability = await killRounds(engine, templates.ours, {
      rounds: PLAN.kills,
      seed,
      publicDir,
      say,
    });
  }
  result.goals = judge(result);
  for (const goal of result.goals) {
    say(`${goal.passed ? 'pass' : 'FAIL'}  ${engine.name}: ${goal.id} ${goal.what}: ${goal.measured}`);
  }
  return result;
};

const wanted = (given.engine ?? 'sqlite,wal,postgres').split(',');
const skipped = [];

const enginesIn = async (folder) => {
  const engines = [
    ['sqlite', () => sqliteEngine(folder, 'delete')],
    ['wal', () => sqliteEngine(folder, 'wal')],
    [
      'postgres',
      async () => {
        const cluster = await startPostgres();
        if (!cluster) {
          skipped.push('PostgreSQL: no server programs found (set PG_BIN to their folder).');
          say(`\n!!! ${skipped.at(-1)}\n`);
          return null;
        }
        cleanups.push(cluster.stop);
        return postgresEngine(cluster);
      },
    ],
  ];
  const made = [];
  for (const [id, make] of engines) if (wanted.includes(id)) made.push(await make());
  return made.filter(Boolean);
};

const templatesOf = async (engine, publicDir, made) => {
  made[engine.kind] ??= {
    ours: await makeTemplate(engine, 'ours', { publicDir }),
    naive: chosenParts.includes('matrix') ? await makeTemplate(engine, 'naive', { publicDir }) : null,
  };
  return made[engine.kind];
};

const save = (report, text) => {
  const folder = path.join(ROOT, '.tmp');
  fs.mkdirSync(folder, { recursive: true });
  const name = path.join(folder, `bench-${report.date.replace(/[: ]/g, '-')}`);
  fs.writeFileSync(`${name}.json`, JSON.stringify(report, null, 2));
  fs.writeFileSync(`${name}.md`, `${text}\n`);
  return name;
};

const main = async () => {
  if (!fs.existsSync(path.join(ROOT, 'dist/server/index.js'))) throw new Error('Build first: npm run build');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-bench-'));
  cleanups.push(async () => fs.rmSync(folder, { recursive: true, force: true }));
  const publicDir = path.join(folder, 'public');
  fs.mkdirSync(path.join(publicDir, 'uploads'), { recursive: true });

  const began = Date.now();
  /** Processes that wanted a core before we came. */
  const busyBefore = os.loadavg()[0];
  const engines = [];
  const templates = {};
  for (const engine of await enginesIn(folder)) {
    engines.push(await measureEngine(engine, await templatesOf(engine, publicDir, templates), publicDir));
  }
  const cpus = os.cpus();
  const report = {
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    mode: quick ? 'quick' : 'full',
    machine: `${cpus.length} × ${cpus[0].model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    busyBefore,
    engines,
    skipped,
  };
  const text = markdown(report);
  say(`\n${text}\n\n${Math.round((Date.now() - began) / 1000)} s. Saved as ${save(report, text)}.{json,md}`);
  if (engines.some((engine) => engine.goals.some((goal) => !goal.passed))) process.exitCode = 1;
};

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    killAll();
    cleanUp().finally(() => process.exit(130));
  });
}

try {
  await main();
} catch (error) {
  process.stderr.write(`\n${error.stack}\n`);
  process.exitCode = 1;
  killAll();
} finally {
  await cleanUp();
}
