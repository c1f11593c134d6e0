import { createHmac } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { Connection } from './connection.mjs';
import { deliveries } from './payloads.mjs';

/** How long a patient run waits for the answers it still misses. */
const PATIENCE_MS = 60_000;

/** `{ bytes, events }` per delivery: head, signature and body in one buffer, so that nothing is computed while measuring. */
export function signedRequests(list, { path, host, appSecret }) {
  return list.map(({ body, events }) => {
    const signature = createHmac('sha256', appSecret).update(body).digest('hex');
    const head = [
      `POST ${path} HTTP/1.1`,
      `Host: ${host}`,
      'User-Agent: facebookexternalua',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      `X-Hub-Signature-256: sha256=${signature}`,
      '\r\n',
    ].join('\r\n');
    return { bytes: Buffer.concat([Buffer.from(head, 'latin1'), body]), events };
  });
}

/**
 * Closed loop: each connection sends its next request after the answer. Shows capacity; hides queueing. No request
 * starts after `timeLimitMs`; those in flight then are waited for, or cut when `patient` is false. `onAnswer(index,
 * status)` is told of each answer.
 */
export async function closedLoop({
  host,
  port,
  requests,
  connections = 20,
  timeLimitMs = 60_000,
  patient = false,
  onAnswer = () => undefined,
}) {
  const tally = new Tally(requests.length);
  const pool = openPool(host, port, connections);
  const started = now();
  const cut = () => pool.forEach((connection) => connection.close());
  const deadline = setTimeout(cut, patient ? timeLimitMs + PATIENCE_MS : timeLimitMs);
  let next = 0;
  await Promise.all(
    pool.map(async (connection) => {
      while (next < requests.length && now() - started < timeLimitMs) {
        const index = next++;
        const sentAt = now();
        const status = await connection.request(requests[index].bytes);
        tally.add(status, now() - sentAt, requests[index].events);
        onAnswer(index, status);
      }
    }),
  );
  clearTimeout(deadline);
  cut();
  return tally.report(now() - started, { mode: 'closed', connections });
}

/**
 * Open loop: requests arrive at `ratePerSecond` whatever the server does, and wait for a free connection. Latency
 * counts from the planned arrival, so a stall shows in every request that arrived during it (no coordinated omission).
 */
export async function openLoop({
  host,
  port,
  requests,
  ratePerSecond,
  connections = 100,
  timeLimitMs = 120_000,
}) {
  const tally = new Tally(requests.length);
  const idle = openPool(host, port, connections);
  const all = [...idle];
  const interval = 1000 / ratePerSecond;
  const started = now();
  const waiting = [];
  let planned = 0;
  let inFlight = 0;

  const send = async (connection, { request, dueAt }) => {
    inFlight += 1;
    tally.add(await connection.request(request.bytes), now() - dueAt, request.events);
    inFlight -= 1;
    const queued = waiting.shift();
    if (queued) void send(connection, queued);
    else idle.push(connection);
  };

  while ((planned < requests.length || inFlight > 0) && now() - started < timeLimitMs) {
    const due = Math.min(requests.length, Math.floor((now() - started) / interval) + 1);
    for (; planned < due; planned += 1) {
      const arrival = { request: requests[planned], dueAt: started + planned * interval };
      const connection = idle.pop();
      if (connection) void send(connection, arrival);
      else waiting.push(arrival);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const elapsed = now() - started;
  waiting.length = 0;
  all.forEach((connection) => connection.close());
  return tally.report(elapsed, { mode: 'open', connections, ratePerSecond });
}

function openPool(host, port, count) {
  return Array.from({ length: count }, () => new Connection(host, port));
}

function now() {
  return performance.now();
}

class Tally {
  constructor(planned) {
    this.planned = planned;
    this.latencies = [];
    this.statuses = {};
    this.events = 0;
    this.cut = 0;
  }

  add(status, latencyMs, events) {
    this.latencies.push(latencyMs);
    if (status === null) {
      this.cut += 1;
      return;
    }
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    if (status === 200) this.events += events;
  }

  /**
   * Events count only when answered 200; status 0 is a broken connection; `cut` requests had no answer at the time
   * limit and enter the latencies with the time they had waited by then.
   */
  report(elapsedMs, mode) {
    const sorted = Float64Array.from(this.latencies).sort();
    const at = (share) =>
      round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);
    const answered = this.latencies.length - this.cut;
    return {
      ...mode,
      requests: answered,
      cut: this.cut,
      unanswered: this.planned - answered,
      non200: answered - (this.statuses[200] ?? 0),
      statuses: this.statuses,
      events: this.events,
      seconds: round(elapsedMs / 1000),
      eventsPerSecond: Math.round(this.events / (elapsedMs / 1000)),
      latencyMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
    };
  }
}

function round(value) {
  return Math.round(value * 100) / 100;
}

/**
 * By hand: `BENCH_APP_SECRET=… node bench/client.mjs <url> [name=value …]` with the options of payloads.mjs plus
 * `connections`, `rate` (deliveries per second: open loop) and `limit` (seconds).
 */
async function main([address, ...pairs]) {
  const url = new URL(address);
  const given = Object.fromEntries(pairs.map((pair) => pair.split('=')));
  const { connections, rate, limit = '60', run = `r${Date.now()}`, ...rest } = given;
  const numeric = Object.entries(rest).map(([key, value]) => [
    key,
    /^\d+$/.test(value) && !key.endsWith('Id') ? Number(value) : value,
  ]);
  const list = deliveries({ ...Object.fromEntries(numeric), run });
  const appSecret = process.env.BENCH_APP_SECRET ?? '';
  const requests = signedRequests(list, { path: url.pathname, host: url.host, appSecret });
  const target = {
    host: url.hostname,
    port: Number(url.port || 80),
    requests,
    timeLimitMs: Number(limit) * 1000,
  };
  const many = connections ? { connections: Number(connections) } : {};
  const report = rate
    ? await openLoop({ ...target, ...many, ratePerSecond: Number(rate) })
    : await closedLoop({ ...target, ...many });
  console.log(JSON.stringify(report, null, 2));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(process.argv.slice(2));
