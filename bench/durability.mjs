import { closedLoop, signedRequests } from './client.mjs';
import { auditOurs } from './databases.mjs';
import { deliveries } from './payloads.mjs';
import { APP_SECRET, startServer } from './servers.mjs';

const EVENTS = 3;
const DELIVERIES = 6_000;

/** A small seeded generator (mulberry32): the same seed kills at the same moments. */
const seeded = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const wamidsOf = ({ body }) =>
  JSON.parse(body).entry.flatMap(({ changes }) => changes[0].value.messages.map((m) => m.id));

const storedWamids = async (database) =>
  new Set(
    (await database.read("SELECT wamid FROM whatsapp_messages WHERE direction = 'inbound'")).map(
      (r) => r.wamid,
    ),
  );

const load = (server, list, onAnswer = () => undefined) =>
  closedLoop({
    ...server.target,
    requests: signedRequests(list, {
      path: server.path,
      host: `127.0.0.1:${server.target.port}`,
      appSecret: APP_SECRET,
    }),
    connections: 20,
    patient: true,
    onAnswer,
  });

/** One server killed under load. Answers the deliveries that it acknowledged and those that it was given. */
const killedUnderLoad = async (database, options, list, afterMs) => {
  const server = await startServer('ours', database, options);
  const acknowledged = [];
  let dead = null;
  const timer = setTimeout(() => {
    dead = server.kill();
  }, afterMs);
  // Against a dead server the rest of the list fails at once.
  await load(server, list, (index, status) => {
    if (status === 200) acknowledged.push(list[index]);
  });
  clearTimeout(timer);
  await (dead ?? server.kill());
  return acknowledged;
};

/**
 * `rounds` times: load, kill -9 at a random moment, look into the database. Then everything is delivered once more, as
 * Meta would. Holds when no acknowledged message is missing and every row is counted and linked once.
 */
export async function killRounds(engine, template, { rounds, seed, publicDir, say }) {
  const random = seeded(seed);
  const database = await engine.copy(template, 'killed');
  const result = { rounds, seed, acknowledged: 0, lost: 0, unanswered: 0, broken: 0 };
  const given = [];
  for (let round = 1; round <= rounds; round += 1) {
    const list = deliveries({
      kind: 'messages',
      shape: 'entries',
      events: EVENTS,
      deliveries: DELIVERIES,
      run: `k${round}`,
    });
    const acknowledged = await killedUnderLoad(database, { publicDir }, list, 500 + random() * 2_000);
    const stored = await storedWamids(database);
    const wamids = acknowledged.flatMap(wamidsOf);
    const lost = wamids.filter((wamid) => !stored.has(wamid)).length;
    const audit = await auditOurs(database);
    const whole = await database.isWhole();
    given.push(...acknowledged);
    result.acknowledged += wamids.length;
    result.lost += lost;
    result.unanswered = audit.rows - result.acknowledged;
    if (!audit.consistent || !whole) result.broken += 1;
    say(`${engine.name}: kill ${round}/${rounds}: ${wamids.length} acknowledged, ${lost} lost`);
  }
  const before = (await auditOurs(database)).rows;
  const server = await startServer('ours', database, { publicDir });
  const again = await load(server, given);
  await server.stop();
  const after = await auditOurs(database);
  result.redelivered = again.events;
  result.redeliveryAdded = after.rows - before;
  if (!after.consistent) result.broken += 1;
  await database.drop();
  return result;
}
