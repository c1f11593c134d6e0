/**
 * Where our server's time goes under one load: `node bench/profile.mjs [engine=sqlite|wal|postgres] [events=1]
 * [connections=20] [seconds=5] [kind=messages] [lines=40]`. Prints rates beside the empty handler, then the functions by
 * own time; the profile itself goes to .tmp/ for a browser's developer tools.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { closedLoop, signedRequests } from './client.mjs';
import { postgresEngine, sqliteEngine } from './databases.mjs';
import { deliveries } from './payloads.mjs';
import { startPostgres } from './postgres.mjs';
import { cpuMicros } from './proc.mjs';
import { APP_SECRET, makeTemplate, startServer } from './servers.mjs';

const given = Object.fromEntries(process.argv.slice(2).map((pair) => pair.split('=')));
const { engine: engineId = 'wal', kind = 'messages' } = given;
const numberOf = (name, fallback) => Number(given[name] ?? fallback);
const events = numberOf('events', 1);
const connections = numberOf('connections', 20);
const seconds = numberOf('seconds', 5);

const load = async (server, run, forSeconds) => {
  const count = Math.ceil(((events === 1 ? 4_000 : 30_000) * forSeconds) / events);
  const list = deliveries({ kind, shape: 'entries', events, deliveries: count, run });
  const before = cpuMicros(server.pid);
  const report = await closedLoop({
    ...server.target,
    requests: signedRequests(list, { path: server.path, host: 'bench', appSecret: APP_SECRET }),
    connections,
    timeLimitMs: forSeconds * 1000,
    patient: true,
  });
  const cpu = (cpuMicros(server.pid) - before) / report.events;
  return `${server.contender}: ${report.eventsPerSecond} ev/s, ${cpu.toFixed(1)} µs CPU per event, p99 ${report.latencyMs.p99} ms`;
};

/** `[name, µs]` by own time, without what was spent waiting. */
const byOwnTime = (profile) => {
  const nameOf = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [
      id,
      `${functionName || '(anonymous)'} ${url.replace(/^.*node_modules\//, '').replace('file://', '')}:${lineNumber + 1}`,
    ]),
  );
  const spent = new Map();
  profile.samples.forEach((id, index) => {
    const name = nameOf.get(id);
    spent.set(name, (spent.get(name) ?? 0) + profile.timeDeltas[index]);
  });
  return [...spent].filter(([name]) => !name.startsWith('(idle)')).sort((a, b) => b[1] - a[1]);
};

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-profile-'));
const publicDir = path.join(folder, 'public');
fs.mkdirSync(path.join(publicDir, 'uploads'), { recursive: true });
const cluster = engineId === 'postgres' ? await startPostgres() : null;
try {
  const engine = cluster
    ? postgresEngine(cluster)
    : sqliteEngine(folder, engineId === 'wal' ? 'wal' : 'delete');
  const template = await makeTemplate(engine, 'ours', { publicDir });
  const ours = await startServer('ours', await engine.copy(template, 'ours'), { publicDir });
  const empty = await startServer('empty', await engine.copy(template, 'empty'), { publicDir });
  await load(ours, 'warm', 2);
  await load(empty, 'warm', 1);
  console.log(await load(empty, 'e', seconds / 2));
  await ours.startProfile();
  console.log(await load(ours, 'r', seconds));
  const target = fileURLToPath(new URL('../.tmp/', import.meta.url));
  fs.mkdirSync(target, { recursive: true });
  const file = path.join(target, `bench-${engineId}-${events}.cpuprofile`);
  await ours.stopProfile(file);
  await ours.stop();
  await empty.stop();
  const list = byOwnTime(JSON.parse(fs.readFileSync(file, 'utf8')));
  const total = list.reduce((sum, [, micros]) => sum + micros, 0);
  for (const [name, micros] of list.slice(0, numberOf('lines', 40))) {
    console.log(`${((100 * micros) / total).toFixed(1).padStart(5)} %  ${name}`);
  }
  console.log(file);
} finally {
  await cluster?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
