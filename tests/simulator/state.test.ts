import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, type NumberInput, type Simulator } from '../../simulator/src';
import { PHONE_ID, SECRET, startReceiver, TOKEN, WABA_ID } from './stage';

let folder: string;
let file: string;
const running: Simulator[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  file = join(folder, 'state.json');
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
  rmSync(folder, { recursive: true });
});

const number = (callbackUrl: string | null): NumberInput => ({
  phoneNumberId: PHONE_ID,
  wabaId: WABA_ID,
  displayPhoneNumber: '+15550100100',
  verifiedName: 'Test shop',
  accessToken: TOKEN,
  appSecret: SECRET,
  callbackUrl,
});
const QUICK = { sent: 5, delivered: 10 };
const start = async (callbackUrl: string | null, control = false, pace = QUICK): Promise<Simulator> => {
  const simulator = createSimulator({
    stateFile: file,
    batchWindowMs: 1,
    pace,
    control,
  });
  running.push(simulator);
  simulator.addNumber(number(callbackUrl));
  await simulator.start();
  return simulator;
};

it('customers, threads, media and undelivered webhooks survive a restart; secrets are not in the file', async () => {
  const first = await start('http://127.0.0.1:9/nobody');
  const ana = first.customers.add({ name: 'Ana', phone: '+15550100177' });
  await first.play(ana.id, PHONE_ID, { type: 'image', caption: 'dusk' });
  await new Promise((resolve) => setTimeout(resolve, 40));
  await first.stop();

  expect(readFileSync(file, 'utf8')).not.toMatch(new RegExp(`${TOKEN}|${SECRET}`));
  const receiver = await startReceiver();
  const second = await start(receiver.url);
  await second.idle(5000);
  expect(second.customers.list()).toEqual([ana]);
  expect(second.thread(ana.id, PHONE_ID)).toMatchObject([{ type: 'image', text: 'dusk', state: 'arrived' }]);
  const [message] = receiver.all('messages');
  const response = await fetch(`${second.url}/v25.0/${message.image.id}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  expect(response.status).toBe(200);
  await receiver.close();
});

it('goes on with the statuses of a send that was under way', async () => {
  // Long enough for the restart to fall before them.
  const first = await start(null, false, { sent: 1_500, delivered: 1_510 });
  const ana = first.customers.add({ name: 'Ana', phone: '+15550100177' });
  await first.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
  const body = JSON.stringify({ messaging_product: 'whatsapp', to: '+15550100177', text: { body: 'x' } });
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
  await fetch(`${first.url}/${PHONE_ID}/messages`, { method: 'POST', headers, body });
  await first.stop();
  const receiver = await startReceiver();
  const second = await start(receiver.url);
  await second.idle(5000);
  expect(receiver.all('statuses').map(({ status }) => status)).toEqual(['sent', 'delivered']);
  await receiver.close();
});

it('writes by itself a moment after a change, and says so when the file is broken', async () => {
  const simulator = await start(null);
  simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
  expect(existsSync(file)).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 450));
  expect(JSON.parse(readFileSync(file, 'utf8')).customers).toHaveLength(1);
  await simulator.stop();
  writeFileSync(file, '{');
  expect(() => createSimulator({ stateFile: file })).toThrow(/cannot be read/);
});

describe('control API', () => {
  const call = (
    simulator: Simulator,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) =>
    fetch(`${simulator.url}/_simulator${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });

  it('is closed by default', async () => {
    expect((await call(await start(null), 'GET', '')).status).toBe(400);
  });

  it('drives customers and faults', async () => {
    const simulator = await start(null, true);
    const added = await call(simulator, 'POST', '/customers', { name: 'Ana', phone: '+15550100177' });
    expect(added.status).toBe(201);
    const { id } = (await added.json()) as { id: string };
    const played = await call(simulator, 'POST', `/customers/${id}/messages`, { type: 'text', text: 'hi' });
    expect(await played.json()).toEqual({ wamid: expect.stringMatching(/^wamid\./) });
    expect(await (await call(simulator, 'GET', `/customers/${id}/messages`)).json()).toMatchObject([
      { text: 'hi' },
    ]);
    await call(simulator, 'PUT', '/faults', { name: '429', times: 1 });
    expect(simulator.faults.list().find(({ name }) => name === '429')).toMatchObject({
      active: true,
      times: 1,
    });
    expect((await call(simulator, 'PUT', '/faults', { name: 'x' })).status).toBe(400);
    expect(
      (await call(simulator, 'POST', '/customers/nobody/messages', { type: 'text', text: 'x' })).status,
    ).toBe(400);
    expect((await call(simulator, 'POST', `/customers/${id}/messages`, { type: 'dance' })).status).toBe(400);
  });

  it('refuses what a web page could send', async () => {
    const simulator = await start(null, true);
    const form = await call(simulator, 'POST', '/customers', {}, { 'content-type': 'text/plain' });
    expect(form.status).toBe(403);
  });
});
