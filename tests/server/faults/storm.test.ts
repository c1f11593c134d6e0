/**
 * Everything at once: customers write, callers send and repeat themselves, Meta misbehaves at random, and the process is
 * killed with SIGKILL in the middle. What callers and Meta saw is recorded; the one checker decides offline.
 */
import { createSimulator, type Customer, type FaultName, type Simulator } from '../../../simulator/src';
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { createStrapiProcess, type StrapiProcess } from '../support/child';
import { seeded } from '../support/evidence';
import { checkHistory } from '../support/history/check';
import { createHistory, readEnd, type History } from '../support/history/record';
import { until } from '../support/stage';

const SEED = Number(process.env.STORM_SEED ?? Date.now() % 1_000_000);
const NUMBER = '700700701';
const PEOPLE = 8;
const ROUNDS = 2;

/** With the settings that keep a run short; each hits a few times and goes. */
const WEATHER: [FaultName, { times: number; delayMs?: number }][] = [
  ['lost-answer', { times: 1 }],
  ['no-answer', { times: 1 }],
  ['hang-before', { times: 1 }],
  ['reset-before', { times: 1 }],
  ['reset-after', { times: 1 }],
  ['accepted-then-500', { times: 2 }],
  ['malformed', { times: 1 }],
  ['html-answer', { times: 1 }],
  ['early-status', { times: 1 }],
  ['5xx', { times: 1 }],
  ['5xx-html', { times: 1 }],
  ['429-as-400', { times: 1 }],
  ['slow', { times: 3, delayMs: 80 }],
  ['duplicate', { times: 4 }],
  ['out-of-order', { times: 4 }],
  ['late', { times: 2, delayMs: 400 }],
  ['shuffled', { times: 6, delayMs: 250 }],
];

const random = seeded(SEED);
const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let app: StrapiProcess;
let simulator: Simulator;
let history: History;
let people: Customer[];
let conversations: Conversation[];

const api = async <T>(path: string, body?: object): Promise<T> => {
  const response = await fetch(`${app.url}/api/whatsapp${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { ...app.token, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};

let serial = 0;

/** One wish, said once or twice at the same time, as impatient callers do. */
const wish = async (): Promise<void> => {
  serial += 1;
  const clientKey = `storm-${serial}`;
  const body = { conversationId: oneOf(conversations).id, message: `message ${serial}`, clientKey };
  const say = async (): Promise<void> => {
    try {
      const { data } = await api<{ data: Message }>('/messages/send', body);
      history.promised(clientKey, data.id);
    } catch {
      // The process died under the call, or refused it: the caller knows nothing.
      history.unpromised(clientKey);
    }
  };
  await Promise.all(random() < 0.3 ? [say(), say()] : [say()]);
};

/** Until `isOver`: sends, letters from customers, and weather. */
const storm = (isOver: () => boolean): Promise<unknown> => {
  const repeat = async (act: () => Promise<unknown>, everyMs: number): Promise<void> => {
    while (!isOver()) {
      await act();
      await pause(everyMs * (0.5 + random()));
    }
  };
  const write = () =>
    simulator.play(oneOf(people).id, NUMBER, { type: 'text', text: `letter ${(serial += 1)}` });
  const weather = async (): Promise<void> => {
    const [name, settings] = oneOf(WEATHER);
    simulator.faults.set(name, settings);
  };
  return Promise.all([repeat(wish, 60), repeat(wish, 60), repeat(write, 25), repeat(weather, 400)]);
};

/** Under load is when that many more were promised, however busy the machine is. */
const progress = (count: number): Promise<unknown> => {
  const promised = (): number => history.facts().filter(({ kind }) => kind === 'promised').length;
  const goal = promised() + count;
  return until(promised, (number) => number >= goal, 60_000);
};

/** A claim is taken over only when its holder must be dead; the test does not wait that long. */
const ageClaims = (): Promise<number> =>
  app.database('whatsapp_outbox').where({ state: 'in_flight' }).update({ locked_at: 1 });

beforeAll(async () => {
  process.stdout.write(`storm: seed ${SEED} (STORM_SEED repeats it)\n`);
  app = await createStrapiProcess({ sending: { timeoutMs: 800 } });
  await app.start();
  simulator = createSimulator({
    seed: SEED,
    batchWindowMs: 2,
    historyLimit: 100_000,
    pace: { sent: 10, delivered: 30, read: null },
    retry: { firstMs: 50, factor: 1.5, maxMs: 400, attempts: 400 },
  });
  await simulator.start();
  history = createHistory(simulator);
  const credentials = { accessToken: 'EAAstormtest12345', appSecret: 'storm-test-secret-1' };
  const { data } = await api<{ data: { webhookUrl: string } }>('/integrations', {
    ...credentials,
    name: 'Shop',
    phoneNumber: '+14155550101',
    phoneNumberId: NUMBER,
    businessAccountId: '800800801',
    endpointUrl: simulator.url,
  });
  simulator.addNumber({
    ...credentials,
    phoneNumberId: NUMBER,
    wabaId: '800800801',
    displayPhoneNumber: '+14155550101',
    verifiedName: 'Shop',
    callbackUrl: data.webhookUrl,
  });
  people = Array.from({ length: PEOPLE }, (_, n) =>
    simulator.customers.add({
      name: `Person ${n}`,
      phone: n % 3 === 2 ? null : `+346005560${10 + n}`,
      username: `p${n}`,
    }),
  );
  for (const { id } of people) await simulator.play(id, NUMBER, { type: 'text', text: 'Hello' });
  await simulator.idle(15_000);
  ({ data: conversations } = await api<{ data: Conversation[] }>('/conversations?limit=100'));
  expect(conversations).toHaveLength(PEOPLE);
}, 120_000);
afterAll(async () => {
  await simulator?.stop();
  await app?.dispose();
});

it('loses nothing, doubles nothing and tells the truth, whatever the weather and however often it dies', async () => {
  for (let round = 0; round < ROUNDS; round += 1) {
    let over = false;
    const raging = storm(() => over);
    await progress(12 + random() * 20);
    await app.kill('SIGKILL');
    over = true;
    await raging;
    simulator.faults.clear();
    await ageClaims();
    await app.start();
  }
  let over = false;
  const raging = storm(() => over);
  await progress(20);
  over = true;
  await raging;
  simulator.faults.clear();

  await simulator.idle(30_000);
  const end = await until(
    () => readEnd(app.database),
    ({ messages }) => !messages.some(({ status }) => ['queued', 'sending'].includes(status)),
    60_000,
  );
  await simulator.idle(30_000);
  const facts = history.facts();
  const count = (kind: string): number => facts.filter((fact) => fact.kind === kind).length;
  // Otherwise nothing was proven.
  expect(count('promised')).toBeGreaterThan(30);
  expect(count('accepted')).toBeGreaterThan(8);
  expect(end.messages.filter(({ direction }) => direction === 'inbound').length).toBeGreaterThan(20);
  expect({ seed: SEED, wrong: checkHistory(facts, await readEnd(app.database)) }).toEqual({
    seed: SEED,
    wrong: [],
  });
}, 300_000);
