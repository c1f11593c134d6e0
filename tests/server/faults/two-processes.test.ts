/** Two Strapis on one database, each with lanes and timers of its own: whatever they do, a person gets a message once. */
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { createSimulator, type Simulator } from '../../../simulator/src';
import { createStrapiProcess, type StrapiProcess } from '../support/child';
import { until } from '../support/stage';

const PHONE_NUMBER_ID = '700700701';
const MESSAGES = 24;
/** For a machine that is busy with other things; what is waited for is asked for all the time. */
const PATIENCE_MS = 120_000;

let one: StrapiProcess;
let other: StrapiProcess;
let simulator: Simulator;

interface Answer<T> {
  status: number;
  body: { data: T };
}
const api = async <T>(at: StrapiProcess, path: string, body?: object): Promise<Answer<T>> => {
  const response = await fetch(`${at.url}/api/whatsapp${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { ...at.token, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { data: T } };
};

/** Said again until it was taken down, as a caller should: two processes may get into each other's way on SQLite. */
const sendSurely = async (at: StrapiProcess, conversationId: string, text: string): Promise<void> => {
  const body = { conversationId, message: text, clientKey: text };
  await until(
    async () => (await api<Message>(at, '/messages/send', body)).status,
    (status) => status === 202 || status === 200,
    PATIENCE_MS,
  );
};

beforeAll(async () => {
  one = await createStrapiProcess({});
  await one.start();
  simulator = createSimulator({ batchWindowMs: 1, pace: { sent: 1, delivered: 1, read: null } });
  await simulator.start();
  const credentials = { accessToken: 'EAAtwoprocesses1', appSecret: 'two-processes-secret' };
  const { body } = await api<{ webhookUrl: string }>(one, '/integrations', {
    ...credentials,
    name: 'Shop',
    phoneNumber: '+14155550101',
    phoneNumberId: PHONE_NUMBER_ID,
    businessAccountId: '800800801',
    endpointUrl: simulator.url,
  });
  simulator.addNumber({
    ...credentials,
    phoneNumberId: PHONE_NUMBER_ID,
    wabaId: '800800801',
    displayPhoneNumber: '+14155550101',
    verifiedName: 'Shop',
    callbackUrl: body.data.webhookUrl,
  });
  for (let n = 0; n < 4; n += 1) {
    const { id } = simulator.customers.add({ name: `Person ${n}`, phone: `+346005550${10 + n}` });
    await simulator.play(id, PHONE_NUMBER_ID, { type: 'text', text: 'Hello' });
  }
  other = await one.twin();
  await other.start();
}, PATIENCE_MS);
afterAll(async () => {
  await simulator?.stop();
  await other?.dispose();
  await one?.dispose();
});

it(
  'gotcha 73: two processes work off one queue, and each message leaves once',
  async () => {
    const conversations = await until(
      async () => (await api<Conversation[]>(one, '/conversations?limit=100')).body.data,
      (all) => all.length === 4,
      PATIENCE_MS,
    );
    // Meta takes its time, so that both have a queue before them.
    simulator.faults.set('slow', { delayMs: 100, scope: 'send' });
    const texts = Array.from({ length: MESSAGES }, (_, n) => `message ${n}`);
    for (const [n, text] of texts.entries())
      await sendSurely(n % 2 === 0 ? one : other, conversations[n % conversations.length].id, text);
    const accepted = () => simulator.accepted.map(({ body }) => (body.text as { body: string }).body);
    const states = async (): Promise<string[]> =>
      (await one.database('whatsapp_messages').where({ direction: 'outbound' })).map(
        (row: { delivery_status: string }) => row.delivery_status,
      );
    await until(
      states,
      (all) => all.length === MESSAGES && all.every((state) => state === 'delivered'),
      PATIENCE_MS,
    );
    expect(accepted().sort()).toEqual([...texts].sort());
    expect(
      await until(
        async () => Number((await one.database('whatsapp_processes').count({ n: '*' }))[0].n),
        (count) => count === 2,
        PATIENCE_MS,
      ),
    ).toBe(2);
  },
  2 * PATIENCE_MS,
);
