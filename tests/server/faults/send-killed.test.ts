/** A process that dies in the middle of sending: what was promised is kept, and nobody gets a message twice. */
import { createSimulator, type Simulator } from '../../../simulator/src';
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { createStrapiProcess, type StrapiProcess } from '../support/child';
import { until } from '../support/stage';

const SEED = Number(process.env.TEST_SEED ?? Date.now() % 100_000);
const PHONE_NUMBER_ID = '700700700';
const PEOPLE = 12;

let state = SEED;
const random = (): number => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648;
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let app: StrapiProcess;
let simulator: Simulator;
let conversations: Conversation[];
/** Every send that was answered 202: message id by text. */
const promised = new Map<string, string>();

const api = async <T>(path: string, body?: object): Promise<T> => {
  const response = await fetch(`${app.url}/api/whatsapp${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { ...app.token, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const answer = (await response.json()) as T;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
  return answer;
};

const send = async (text: string, conversationId: string): Promise<void> => {
  const { data } = await api<{ data: Message }>('/messages/send', { conversationId, message: text });
  promised.set(text, data.id);
};

/** Sends from several callers until the process is gone; answers how many were promised. */
const sendUntilDead = async (label: string, callers: number): Promise<number> => {
  const before = promised.size;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let n = 0; ; n += 1) {
        const conversation = conversations[Math.floor(random() * conversations.length)];
        try {
          await send(`${label} ${caller}.${n}`, conversation.id);
        } catch {
          // The process died under this call: nothing was promised.
          return;
        }
        // Slow enough that a round stays under the number's rate and the limit per recipient.
        await pause(40);
      }
    }),
  );
  return promised.size - before;
};

/** Under load is when that many more sends were promised, however busy the machine is. */
const morePromised = (count: number): Promise<unknown> => {
  const goal = promised.size + count;
  return until(
    () => promised.size,
    (size) => size >= goal,
    15_000,
  );
};

const bodyOf = (accepted: Simulator['accepted'][number]): string =>
  (accepted.body.text as { body: string }).body;
const acceptsByText = (): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const accepted of simulator.accepted)
    counts.set(bodyOf(accepted), (counts.get(bodyOf(accepted)) ?? 0) + 1);
  return counts;
};

/** A claim is taken over only when its holder must be dead; the test does not wait that long. */
const ageClaims = (): Promise<number> =>
  app.database('whatsapp_outbox').where({ state: 'in_flight' }).update({ locked_at: 1 });

const statusesById = async (): Promise<Map<string, string>> => {
  const rows = (await app.database('whatsapp_messages').where({ direction: 'outbound' })) as {
    id: number;
    delivery_status: string;
  }[];
  return new Map(rows.map((row) => [String(row.id), row.delivery_status]));
};

const OPEN = ['queued', 'sending', 'accepted', 'sent'];

/** Waits until nothing is under way any more and holds what has to hold then. */
const settleAndCheck = async (): Promise<Map<string, string>> => {
  await simulator.idle(20_000);
  const statuses = await until(
    statusesById,
    (all) => [...all.values()].every((status) => !OPEN.includes(status)),
    20_000,
  );
  const accepts = acceptsByText();
  for (const [text, id] of promised) {
    const times = accepts.get(text) ?? 0;
    // Delivered if it arrived; else nobody can know: the process died holding it.
    expect({ seed: SEED, text, times, status: statuses.get(id) }).toEqual({
      seed: SEED,
      text,
      times: times === 0 ? 0 : 1,
      status: times === 0 ? 'unknown' : 'delivered',
    });
  }
  expect([...accepts.values()].filter((times) => times > 1)).toEqual([]);
  return statuses;
};

beforeAll(async () => {
  app = await createStrapiProcess({ sending: { timeoutMs: 1_500 } });
  await app.start();
  simulator = createSimulator({
    seed: SEED,
    batchWindowMs: 1,
    pace: { sent: 10, delivered: 30, read: null },
    retry: { firstMs: 50, factor: 1.5, maxMs: 400, attempts: 200 },
  });
  await simulator.start();
  const credentials = { accessToken: 'EAAkilltest12345', appSecret: 'kill-test-secret-1' };
  const { data } = await api<{ data: { id: string; webhookUrl: string } }>('/integrations', {
    ...credentials,
    name: 'Shop',
    phoneNumber: '+14155550100',
    phoneNumberId: PHONE_NUMBER_ID,
    businessAccountId: '800800800',
    endpointUrl: simulator.url,
  });
  simulator.addNumber({
    ...credentials,
    phoneNumberId: PHONE_NUMBER_ID,
    wabaId: '800800800',
    displayPhoneNumber: '+14155550100',
    verifiedName: 'Shop',
    callbackUrl: data.webhookUrl,
  });
  for (let n = 0; n < PEOPLE; n += 1) {
    const { id } = simulator.customers.add({ name: `Person ${n}`, phone: `+346005540${10 + n}` });
    await simulator.play(id, PHONE_NUMBER_ID, { type: 'text', text: 'Hello' });
  }
  await simulator.idle(10_000);
  ({ data: conversations } = await api<{ data: Conversation[] }>('/conversations?limit=100'));
  expect(conversations).toHaveLength(PEOPLE);
}, 60_000);
afterAll(async () => {
  await simulator?.stop();
  await app?.dispose();
});

describe('killed with SIGKILL in the middle of sending', () => {
  const rounds: [string, () => void][] = [
    ['while Meta thinks', () => simulator.faults.set('slow', { delayMs: 250, scope: 'send' })],
    ['while answers do not come', () => simulator.faults.set('no-answer')],
    ['at full speed', () => undefined],
  ];

  it.each(rounds)(
    '%s: what was promised is there, nothing is sent twice, what waited leaves once',
    async (label, fault) => {
      fault();
      const sending = sendUntilDead(label, 6);
      await morePromised(20 + Math.floor(random() * 30));
      await app.kill('SIGKILL');
      expect(await sending).toBeGreaterThan(5);
      const claimed = await app.database('whatsapp_outbox').where({ state: 'in_flight' });
      if (label !== 'at full speed') expect(claimed.length).toBeGreaterThan(0);
      simulator.faults.clear();
      await ageClaims();
      await app.start();
      await settleAndCheck();
    },
    60_000,
  );
});

describe('asked to stop with SIGTERM under load', () => {
  it('exits within ten seconds with code 0 and keeps every promise', async () => {
    simulator.faults.set('slow', { delayMs: 200, scope: 'send' });
    const before = promised.size;
    const sending = sendUntilDead('until the end', 6);
    await morePromised(30);
    const { code, ms } = await app.kill('SIGTERM');
    await sending;
    expect({ code, inTime: ms <= 10_000 }).toEqual({ code: 0, inTime: true });
    expect(promised.size - before).toBeGreaterThan(5);
    // It waited for its own answers: nothing is left claimed.
    expect(await app.database('whatsapp_outbox').where({ state: 'in_flight' })).toEqual([]);
    simulator.faults.clear();
    await app.start();
    const statuses = await settleAndCheck();
    const mine = [...promised].slice(before).map(([, id]) => statuses.get(id));
    expect(new Set(mine)).toEqual(new Set(['delivered']));
  }, 60_000);
});
