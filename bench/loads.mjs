/** The two loads that have a goal in milliseconds. */
import { closedLoop, openLoop, signedRequests } from './client.mjs';
import { auditOurs } from './databases.mjs';
import { deliveries } from './payloads.mjs';
import { APP_SECRET } from './servers.mjs';

const signed = (server, list) =>
  signedRequests(list, { path: server.path, host: `127.0.0.1:${server.target.port}`, appSecret: APP_SECRET });

/** As in the matrix: compiled code, known customers. */
export async function warmUpAlone(server) {
  for (const [events, count] of [
    [1_000, 4],
    [1, 6_000],
  ]) {
    const list = deliveries({
      kind: 'messages',
      shape: 'entries',
      events,
      deliveries: count,
      run: `w${Date.now()}`,
    });
    await closedLoop({
      ...server.target,
      requests: signed(server, list),
      connections: 20,
      timeLimitMs: 4_000,
      patient: true,
    });
  }
}

const STATUSES_PER_SECOND = 3_000;
const MESSAGES_PER_SECOND = 300;
const STATUSES_PER_DELIVERY = 10;
/** sent, delivered, read. */
const STATES = 3;

/** A number that sends 1,000 messages a second and gets 300 back, for `seconds`, whatever the server does about it. */
export async function campaign(server, seconds) {
  const run = `c${process.pid}${Date.now()}`;
  const deliveriesPerSecond = STATUSES_PER_SECOND / STATUSES_PER_DELIVERY;
  const messageCount = (STATUSES_PER_SECOND / STATES) * seconds;
  const wamids = Array.from({ length: messageCount }, (_, n) => `wamid.${run}${String(n).padStart(12, '0')}`);
  await server.seedSent(wamids);
  const statuses = deliveries({
    kind: 'statuses',
    shape: 'entries',
    events: STATUSES_PER_DELIVERY,
    deliveries: deliveriesPerSecond * seconds,
    sentWamids: wamids,
    run,
  });
  const messages = deliveries({
    kind: 'messages',
    events: 1,
    deliveries: MESSAGES_PER_SECOND * seconds,
    run,
  });
  const requests = signed(
    server,
    statuses.flatMap((one, index) => [one, messages[index]]),
  );
  const report = await openLoop({
    ...server.target,
    requests,
    ratePerSecond: deliveriesPerSecond + MESSAGES_PER_SECOND,
    timeLimitMs: (seconds + 30) * 1000,
  });
  const read = await server.database.read(
    `SELECT count(*) AS n FROM whatsapp_messages WHERE wamid LIKE 'wamid.${run}%' AND delivery_status = 'read'`,
  );
  const audit = await auditOurs(server.database);
  return { ...report, allRead: Number(read[0].n) === messageCount, consistent: audit.consistent };
}

/** The largest deliveries that are told of, a few at a time. */
export async function bigDeliveries(server, count) {
  const run = `b${process.pid}${Date.now()}`;
  const list = deliveries({ kind: 'messages', shape: 'entries', events: 1_000, deliveries: count, run });
  const report = await closedLoop({
    ...server.target,
    requests: signed(server, list),
    connections: 8,
    patient: true,
  });
  const audit = await auditOurs(server.database);
  return { ...report, consistent: audit.consistent };
}
