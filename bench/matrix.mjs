import { closedLoop, signedRequests } from './client.mjs';
import { auditOurs } from './databases.mjs';
import { deliveries } from './payloads.mjs';
import { cpuMicros, cpuMicrosWithChildren, peakMegabytes, untilIdle } from './proc.mjs';
import { APP_SECRET } from './servers.mjs';

/** Events per second that a request pool has to last for, by events per delivery: generous, else a fast server runs dry. */
const POOL_RATE = { 1: 5_000, 10: 30_000, 100: 60_000 };
/** The empty handler answers the same pool several times over. */
const NAIVE_EVENTS = 2_000;
/**
 * Unmeasured load right before each measurement, seconds: while the others had their turn, a contender's code and caches
 * grew cold, which a server under load never is.
 */
const LEAD_IN = 0.4;
/** For the plain way: events, since it may be at them for long. */
const NAIVE_LEAD_IN_EVENTS = 40;

let serial = 0;

const poolOf = (batch, seconds) =>
  deliveries({
    kind: 'messages',
    shape: 'entries',
    events: batch,
    deliveries: Math.ceil((POOL_RATE[batch] * seconds) / batch),
    run: `m${process.pid}x${(serial += 1)}`,
  });

const signed = (server, list) =>
  signedRequests(list, { path: server.path, host: `127.0.0.1:${server.target.port}`, appSecret: APP_SECRET });

const sample = (server, report, { events, seconds, cpu, dbCpu }) => ({
  eventsPerSecond: events / seconds,
  p50: report.latencyMs.p50,
  p99: report.latencyMs.p99,
  cut: report.cut,
  cpuPerEvent: events > 0 ? cpu / events : null,
  dbCpuPerEvent: events > 0 && dbCpu !== null ? dbCpu / events : null,
  non200: report.non200 - (report.statuses[0] ?? 0),
});

const measure = async (engine, server, requests, { connections, seconds }) => {
  const dbCpu = () => (engine.pid ? cpuMicrosWithChildren(engine.pid) : null);
  const before = { cpu: cpuMicros(server.pid), db: dbCpu() };
  const report = await closedLoop({
    ...server.target,
    requests,
    connections,
    timeLimitMs: seconds * 1000,
    patient: true,
  });
  return sample(server, report, {
    events: report.events,
    seconds: report.seconds,
    cpu: cpuMicros(server.pid) - before.cpu,
    dbCpu: engine.pid ? dbCpu() - before.db : null,
  });
};

/**
 * The plain way counts by rows, not by answers: with 100 events in a delivery it answers nothing for a long time but has
 * written all the while. What it was writing for when the time was up it may finish.
 */
const measureNaive = async (server, requests, { connections, seconds }) => {
  const rows = async () =>
    Number((await server.database.read('SELECT count(*) AS n FROM bench_messages'))[0].n);
  const before = { cpu: cpuMicros(server.pid), rows: await rows() };
  const began = performance.now();
  const report = await closedLoop({ ...server.target, requests, connections, timeLimitMs: seconds * 1000 });
  const watched = await untilIdle(server.pid);
  return sample(server, report, {
    events: (await rows()) - before.rows,
    seconds: (performance.now() - began - watched) / 1000,
    cpu: cpuMicros(server.pid) - before.cpu,
    dbCpu: null,
  });
};

const measureRaw = async (raw, cell, seconds) => {
  const { events, seconds: spent } = await raw.call('run', { batch: cell.batch, seconds });
  return { eventsPerSecond: events / spent };
};

const leadIn = (server, requests, connections) =>
  closedLoop({ ...server.target, requests, connections, timeLimitMs: LEAD_IN * 1000, patient: true });

const rotated = (list, by) => list.map((_, index) => list[(index + by) % list.length]);

/**
 * All cells, several times over; within a repeat the contenders take turns at one cell, so that a neighbour's noise hits
 * all of them. Answers `[{ batch, connections, ours, naive, empty, raw }]` with one list of samples each.
 */
export async function runMatrix(engine, servers, { cells, repeats, seconds, naiveSeconds, say }) {
  const results = cells.map((cell) => ({ ...cell, ours: [], naive: [], empty: [], raw: [] }));
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const result of results) {
      const { batch, connections } = result;
      const before = poolOf(batch, LEAD_IN);
      const list = poolOf(batch, seconds);
      const naiveBefore = before.slice(0, Math.ceil(NAIVE_LEAD_IN_EVENTS / batch));
      const naiveList = list.slice(0, Math.ceil(NAIVE_EVENTS / batch) + connections);
      const webhook = (server) => async () => {
        const [warm, requests] = [before, list].map((deliveries) => signed(server, deliveries));
        await leadIn(server, warm, connections);
        return measure(engine, server, requests, { connections, seconds });
      };
      const turns = {
        ours: webhook(servers.ours),
        empty: webhook(servers.empty),
        naive: async () => {
          const [warm, requests] = [naiveBefore, naiveList].map((deliveries) =>
            signed(servers.naive, deliveries),
          );
          await leadIn(servers.naive, warm, connections);
          return measureNaive(servers.naive, requests, { connections, seconds: naiveSeconds });
        },
        raw: async () => {
          await measureRaw(servers.raw, result, LEAD_IN);
          return measureRaw(servers.raw, result, seconds / 2);
        },
      };
      for (const name of rotated(Object.keys(turns), repeat)) result[name].push(await turns[name]());
      const [ours, empty, naive, raw] = ['ours', 'empty', 'naive', 'raw'].map((name) =>
        Math.round(result[name].at(-1).eventsPerSecond),
      );
      say(
        `${engine.name}: ${batch} × ${connections}: ours ${ours}, empty ${empty}, plain ${naive}, raw ${raw} ev/s`,
      );
    }
  }
  return results;
}

/** Seconds of unmeasured load by events per delivery. V8 needs thousands of requests until its code is what it will be. */
const WARM_UP = [
  [1, 4],
  [10, 1],
  [100, 1.5],
];

/** Code is compiled and connections are open before anything counts: a server in the field has been up for days. */
export async function warmUp(servers) {
  for (const [batch, seconds] of WARM_UP) {
    const list = poolOf(batch, seconds / 2);
    for (const name of ['ours', 'empty', 'naive']) {
      const server = servers[name];
      const requests = signed(server, name === 'naive' ? list.slice(0, 100) : list);
      const timeLimitMs = (name === 'naive' ? 1 : seconds) * 1000;
      await closedLoop({
        ...server.target,
        requests,
        connections: 20,
        timeLimitMs,
        patient: name !== 'naive',
      });
    }
  }
  await untilIdle(servers.naive.pid);
}

/** Rows, counters and links of our database, and the most memory that each server held. */
export async function afterMatrix(servers) {
  return {
    audit: await auditOurs(servers.ours.database),
    peakMegabytes: Object.fromEntries(
      ['ours', 'empty', 'naive'].map((name) => [name, peakMegabytes(servers[name].pid)]),
    ),
  };
}
