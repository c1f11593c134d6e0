import {
  createSimulator,
  FAULTS,
  type Customer,
  type FaultName,
  type FaultSettings,
} from '../../simulator/src';
import { PHONE_ID, setStage, type Stage } from './stage';

let stage: Stage;
let ana: Customer;

beforeEach(async () => {
  stage = await setStage();
  ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
  await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
  await stage.simulator.idle();
});
afterEach(() => stage.close());

const statuses = () => stage.receiver.all('statuses');
const set = (name: FaultName, settings?: FaultSettings) => stage.simulator.faults.set(name, settings);
const text = () => stage.text('+15550100177', { biz_opaque_callback_data: 'k' });

it('are listed with a description, counted, limited to a number, and cleared', async () => {
  expect(
    stage.simulator.faults
      .list()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(FAULTS).sort());
  set('429', { times: 2 });
  set('5xx', { phoneNumberId: 'another' });
  const answers = [await text(), await text(), await text()];
  expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
  expect(stage.simulator.faults.list().filter(({ active }) => active)).toMatchObject([
    { name: '5xx', times: null },
  ]);
  stage.simulator.faults.clear();
  expect(stage.simulator.faults.list().some(({ active }) => active)).toBe(false);
  expect(() => set('nonsense' as FaultName)).toThrow(/Unknown fault/);
});

it.each([
  ['429', 429, 130429],
  ['429-as-400', 400, 130429],
  ['pair-limit', 400, 131056],
  ['5xx', 503, 131016],
  ['dead-token', 401, 190],
  ['closed-window-sync', 400, 131047],
] as [FaultName, number, number][])('%s refuses the send: HTTP %i, code %i', async (name, status, code) => {
  set(name, { times: 1 });
  const answer = await text();
  expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  expect(stage.simulator.accepted).toHaveLength(0);
  expect((await text()).status).toBe(200);
});

it('5xx-html answers a page instead of JSON', async () => {
  set('5xx-html', { times: 1 });
  const { status, headers, body } = await text();
  expect([status, headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
  expect(body.text).toContain('<html>');
});

it('reset-before breaks the connection and takes nothing', async () => {
  set('reset-before', { times: 1 });
  await expect(text()).rejects.toThrow();
  await stage.simulator.idle();
  expect(stage.simulator.accepted).toHaveLength(0);
  expect(statuses()).toHaveLength(0);
});

it('lost-answer breaks the connection but the message goes out, with our data in its statuses', async () => {
  set('lost-answer', { times: 1 });
  await expect(text()).rejects.toThrow();
  await stage.simulator.idle();
  expect(stage.simulator.accepted).toHaveLength(1);
  expect(
    statuses().map(({ status, biz_opaque_callback_data }) => [status, biz_opaque_callback_data]),
  ).toEqual([
    ['sent', 'k'],
    ['delivered', 'k'],
  ]);
  expect(stage.simulator.requests.at(-1)?.status).toBeNull();
});

it('no-answer takes the message and keeps silent', async () => {
  set('no-answer', { times: 1 });
  const body = JSON.stringify({ messaging_product: 'whatsapp', to: '+15550100177', text: { body: 'x' } });
  const headers = { authorization: 'Bearer test-token', 'content-type': 'application/json' };
  const url = `${stage.simulator.url}/v25.0/${PHONE_ID}/messages`;
  await expect(
    fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(80) }),
  ).rejects.toThrow(/timeout/);
  await stage.simulator.idle();
  expect(statuses().map(({ status }) => status)).toEqual(['sent', 'delivered']);
});

it('accepted-then-500 answers an error although the message goes out', async () => {
  set('accepted-then-500', { times: 1 });
  expect((await text()).status).toBe(500);
  await stage.simulator.idle();
  expect(statuses().map(({ status }) => status)).toEqual(['sent', 'delivered']);
});

it.each([
  ['closed-window', 131047],
  ['not-on-whatsapp', 131026],
] as [FaultName, number][])('%s fails by status %i', async (name, code) => {
  set(name, { times: 1 });
  expect((await text()).status).toBe(200);
  await stage.simulator.idle();
  expect(statuses()).toMatchObject([{ status: 'failed', errors: [{ code }], biz_opaque_callback_data: 'k' }]);
});

it('out-of-order posts delivered before sent, timestamps true', async () => {
  await stage.close();
  stage = await setStage({ pace: { sent: 10, delivered: 1200 } });
  ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
  await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
  set('out-of-order');
  await text();
  await stage.simulator.idle();
  expect(statuses().map(({ status }) => status)).toEqual(['delivered', 'sent']);
  expect(Number(statuses()[0].timestamp)).toBeGreaterThan(Number(statuses()[1].timestamp));
  expect(stage.simulator.thread(ana.id, PHONE_ID)[1].state).toBe('delivered');
});

it('duplicate posts the same bytes twice', async () => {
  set('duplicate', { times: 1 });
  await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'twice' });
  await stage.simulator.idle();
  const [, one, two] = stage.receiver.received;
  expect(stage.receiver.received).toHaveLength(3);
  expect(one.bytes.equals(two.bytes)).toBe(true);
});

it('late holds webhooks back, slow holds answers back', async () => {
  set('late', { times: 1, delayMs: 120 });
  await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'late' });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(stage.receiver.received).toHaveLength(1);
  await stage.simulator.idle();
  expect(stage.receiver.received).toHaveLength(2);

  set('slow', { times: 1, delayMs: 120 });
  const before = Date.now();
  expect((await stage.graph('GET', `/${PHONE_ID}`)).status).toBe(200);
  expect(Date.now() - before).toBeGreaterThanOrEqual(110);
});

it('send faults leave read receipts alone unless the scope says all', async () => {
  const [{ wamid }] = stage.simulator.thread(ana.id, PHONE_ID);
  const read = () => stage.send({ status: 'read', message_id: wamid });
  set('5xx', { times: 1 });
  expect((await read()).status).toBe(200);
  stage.simulator.faults.clear();
  set('5xx', { times: 1, scope: 'all' });
  expect((await read()).status).toBe(503);
});

it('tells listeners about changes', async () => {
  const kinds: string[] = [];
  const off = stage.simulator.on('change', ({ kind }) => kinds.push(kind));
  set('late');
  stage.simulator.faults.clear();
  await text();
  off();
  stage.simulator.customers.add({ name: 'Ben', username: 'ben' });
  expect(kinds).toContain('fault');
  expect(kinds).toContain('message');
  expect(kinds).not.toContain('customer');
});

it('the same seed makes the same ids', () => {
  const ids = () => createSimulator({ seed: 3 }).customers.add({ name: 'Ana' });
  expect(ids()).toEqual(ids());
});
