/** Faults of answers, downloads and webhooks beyond the plain refusals. */
import { FAULTS, type Customer, type FaultName, type FaultSettings } from '../../simulator/src';
import { ERRORS } from '../../simulator/src/error-table';
import { PHONE_ID, setStage, type Stage } from './stage';

let stage: Stage;
let ana: Customer;
beforeEach(async () => {
  stage = await setStage();
  ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
  await stage.simulator.play(ana.id, PHONE_ID, { type: 'image' });
  await stage.simulator.idle();
});
afterEach(() => stage.close());

const set = (name: FaultName, settings?: FaultSettings) => stage.simulator.faults.set(name, settings);
const text = () => stage.text('+15550100177');
const statuses = () => stage.receiver.all('statuses').map(({ status }) => status);

it('refuses with any code of the table when asked, in Meta’s shape', async () => {
  for (const code of Object.keys(ERRORS).map(Number)) {
    set('error', { code, times: 1 });
    const { status, body } = await text();
    expect([code, status >= 400, body.error.code]).toEqual([code, true, code]);
    expect(body.error).toMatchObject({ type: 'OAuthException', fbtrace_id: expect.any(String) });
    expect(body.error.message).toContain(ERRORS[code].title);
  }
});

it('fails later with any code, and says that a fault needs one', async () => {
  set('failed-status', { code: 131049, times: 1, details: 'Too much of it' });
  expect((await text()).status).toBe(200);
  await stage.simulator.idle();
  expect(stage.receiver.all('statuses')).toMatchObject([
    { status: 'failed', errors: [{ code: 131049, error_data: { details: 'Too much of it' } }] },
  ]);
  expect(() => set('error')).toThrow(/needs a code/);
});

it.each([
  ['malformed', 200],
  ['html-answer', 200],
] as [FaultName, number][])('%s: the message goes out, the answer is no JSON', async (name, status) => {
  set(name, { times: 1 });
  const response = await fetch(`${stage.simulator.url}/v25.0/${PHONE_ID}/messages`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-token', 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to: '+15550100177',
      type: 'text',
      text: { body: 'x' },
    }),
  });
  expect(response.status).toBe(status);
  const body = await response.text();
  expect(() => JSON.parse(body)).toThrow();
  await stage.simulator.idle();
  expect(statuses()).toEqual(['sent', 'delivered']);
});

it('reset-after breaks off in the middle of the answer', async () => {
  set('reset-after', { times: 1 });
  await expect(text()).rejects.toThrow();
  await stage.simulator.idle();
  expect(statuses()).toEqual(['sent', 'delivered']);
});

it('hang-before takes nothing and says nothing', async () => {
  set('hang-before', { times: 1 });
  const never = fetch(`${stage.simulator.url}/v25.0/${PHONE_ID}/messages`, {
    method: 'POST',
    headers: { authorization: 'Bearer test-token', 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: '+15550100177', text: { body: 'x' } }),
    signal: AbortSignal.timeout(80),
  });
  await expect(never).rejects.toThrow(/timeout/);
  expect(stage.simulator.accepted).toHaveLength(0);
});

it('early-status: the receiver has both statuses before the answer is there', async () => {
  set('early-status', { times: 1 });
  await text();
  expect(statuses()).toEqual(['sent', 'delivered']);
});

it('no-status: accepted and never heard of again', async () => {
  set('no-status', { times: 1 });
  expect((await text()).status).toBe(200);
  await stage.simulator.idle();
  expect(statuses()).toEqual([]);
});

it('spam-limit refuses with 131048', async () => {
  set('spam-limit', { times: 1 });
  expect((await text()).body.error.code).toBe(131048);
});

it('meta-down: no call gets through, no webhook leaves; afterwards nothing is missing', async () => {
  set('meta-down');
  await expect(text()).rejects.toThrow();
  await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'Anybody?' });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(stage.receiver.all('messages')).toHaveLength(1);
  stage.simulator.faults.clear();
  await stage.simulator.idle();
  expect(stage.receiver.all('messages')).toHaveLength(2);
  expect((await text()).status).toBe(200);
});

it('shuffled: webhooks overtake each other and none is lost', async () => {
  set('shuffled', { delayMs: 60 });
  const sent: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    sent.push((await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: String(n) })).wamid);
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  await stage.simulator.idle();
  const got = stage.receiver
    .all('messages')
    .slice(1)
    .map(({ id }) => id as string);
  expect([...got].sort()).toEqual([...sent].sort());
  expect(got).not.toEqual(sent);
});

describe('downloads', () => {
  const [media] = [() => stage.simulator.thread(ana.id, PHONE_ID)[0].media as { id: string }];
  const address = async (): Promise<string> => (await stage.graph('GET', `/${media().id}`)).body.url;
  const download = async () => fetch(await address(), { headers: { authorization: 'Bearer test-token' } });
  const good = () => stage.simulator.media(media().id)?.bytes as Buffer;

  it('media-expired: the id is unknown', async () => {
    set('media-expired', { times: 1 });
    expect((await stage.graph('GET', `/${media().id}`)).body.error).toMatchObject({
      code: 100,
      error_subcode: 33,
    });
  });

  it('media-404: the address is gone', async () => {
    set('media-404', { times: 1 });
    expect((await download()).status).toBe(404);
    expect((await download()).status).toBe(200);
  });

  it('media-wrong-hash: as long, but other bytes', async () => {
    set('media-wrong-hash', { times: 1 });
    const bytes = Buffer.from(await (await download()).arrayBuffer());
    expect([bytes.length, bytes.equals(good())]).toEqual([good().length, false]);
  });

  it('media-wrong-type: a page under the name of a picture', async () => {
    set('media-wrong-type', { times: 1 });
    const response = await download();
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await response.text()).toContain('<script>');
  });

  it('media-cut breaks off, media-slow comes in the end', async () => {
    set('media-cut', { times: 1 });
    await expect(download().then((response) => response.arrayBuffer())).rejects.toThrow();
    set('media-slow', { times: 1, delayMs: 50 });
    const before = Date.now();
    const bytes = Buffer.from(await (await download()).arrayBuffer());
    expect(bytes.equals(good())).toBe(true);
    expect(Date.now() - before).toBeGreaterThanOrEqual(40);
  });
});

it('hold for one number only, and are listed as they are set there', () => {
  set('429', { phoneNumberId: PHONE_ID, times: 3 });
  set('late', { phoneNumberId: 'another', delayMs: 7 });
  const on = (number?: string) =>
    stage.simulator.faults
      .list(number)
      .filter(({ active }) => active)
      .map(({ name, times, delayMs }) => [name, times, delayMs]);
  expect(on(PHONE_ID)).toEqual([['429', 3, null]]);
  expect(on('another')).toEqual([['late', null, 7]]);
  expect(on('third')).toEqual([]);
  expect(on()).toHaveLength(2);
  stage.simulator.faults.clear(undefined, PHONE_ID);
  expect(on()).toEqual([['late', null, 7]]);
});

it('have words and a group each', () => {
  for (const { description, group } of Object.values(FAULTS)) {
    expect(description).toMatch(/^[A-Z].*\.$/);
    expect(['sending', 'delivery', 'media', 'webhooks', 'account', 'everything']).toContain(group);
  }
});
