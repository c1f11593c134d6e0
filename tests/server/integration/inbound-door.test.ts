/** Who may hand over a webhook, in which form, and what everybody else hears. */
import http from 'node:http';
import net from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import { signBody, toMetaBytes } from '../../../simulator/src/webhooks/bytes';
import { json, rowsOf, type Rows } from '../support/rows';
import { setStage, type Stage, type TestNumber } from '../support/stage';
import * as hook from '../support/webhooks';

const PATH = '/api/whatsapp/webhook';
const MAX_BYTES = 256 * 1024;
const BUFFER_BYTES = 400 * 1024;

let stage: Stage;
let other: TestNumber;
let rows: Rows;
beforeAll(async () => {
  stage = await setStage({
    config: { webhook: { maxBytes: MAX_BYTES, bufferBytes: BUFFER_BYTES, readTimeoutMs: 600 } },
  });
  other = await stage.addNumber();
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());

const keyOf = (number: TestNumber): string => number.webhookUrl.split('/').pop() as string;
/** The newest delivery; what the maintenance writes between them is a count, not a delivery. */
const logRow = async () => {
  const deliveries = (await rows.all('delivery_log')).filter(({ outcome }) => outcome !== 'rejected');
  return deliveries.at(-1) as Record<string, unknown>;
};
const codeOf = (answer: hook.HttpAnswer): string => answer.json().error.details.code;
const message = (number = stage.number) => {
  const ana = hook.newCustomer();
  const element = hook.messageFrom(ana, { text: { body: 'Hola, ¿qué tal? 🙂 https://example.test/a' } });
  return { payload: hook.from(number, ana, element), wamid: element.id as string };
};

describe('a delivery that nobody here signed', () => {
  const hmac = (bytes: Buffer, secret = stage.number.appSecret): string => signBody(secret, bytes);
  const hex = (bytes: Buffer): string => hmac(bytes).slice('sha256='.length);
  const reserialised = (bytes: Buffer): Buffer => Buffer.from(JSON.stringify(JSON.parse(bytes.toString())));

  const cases: [string, (bytes: Buffer) => hook.Sending][] = [
    ['has no signature', () => ({ signature: null })],
    ['has an empty signature', () => ({ signature: '' })],
    ['is signed with another secret', (bytes) => ({ signature: hmac(bytes, 'another-secret') })],
    ['is signed with an empty secret', (bytes) => ({ signature: hmac(bytes, '') })],
    [
      'is signed with the verify token’s role: the access token',
      (bytes) => ({ signature: hmac(bytes, stage.number.accessToken) }),
    ],
    ['spells the algorithm in capitals', (bytes) => ({ signature: `SHA256=${hex(bytes)}` })],
    ['has only the digest', (bytes) => ({ signature: hex(bytes) })],
    ['has a truncated digest', (bytes) => ({ signature: hmac(bytes).slice(0, -2) })],
    ['has a digest with more behind it', (bytes) => ({ signature: `${hmac(bytes)}00` })],
    ['has a digest that is no hex', () => ({ signature: `sha256=${'z'.repeat(64)}` })],
    [
      'has only the old sha1 header',
      (bytes) => ({ signature: null, headers: { 'x-hub-signature': hmac(bytes) } }),
    ],
    ['calls the right digest sha1', (bytes) => ({ signature: `sha1=${hex(bytes)}` })],
    [
      'has two signature headers, the first of them right',
      (bytes) => ({ signature: [hmac(bytes), `sha256=${'0'.repeat(64)}`] }),
    ],
    ['has the right signature twice', (bytes) => ({ signature: [hmac(bytes), hmac(bytes)] })],
    [
      'is signed over the JSON as JavaScript writes it',
      (bytes) => ({ signature: hmac(reserialised(bytes)) }),
    ],
    [
      'is signed right, for the address of another number',
      (bytes) => ({ signature: hmac(bytes), path: `${PATH}/${keyOf(other)}` }),
    ],
    [
      'is signed right, for an address that nobody has',
      (bytes) => ({ signature: hmac(bytes), path: `${PATH}/nobody` }),
    ],
  ];

  it.each(cases)('%s: 401, nothing stored, not even in the log', async (_name, sending) => {
    const bytes = toMetaBytes(message().payload);
    const before = await rows.totals();
    const answer = await hook.postBytes(stage, bytes, sending(bytes));
    expect(answer.status).toBe(401);
    expect(codeOf(answer)).toBe('invalid_signature');
    expect(answer.text).not.toContain(stage.number.appSecret);
    expect(await rows.totals()).toEqual(before);
  });

  it('one changed byte is enough', async () => {
    const bytes = toMetaBytes(message().payload);
    const signature = hmac(bytes);
    bytes[bytes.length - 3] ^= 1;
    expect((await hook.postBytes(stage, bytes, { signature })).status).toBe(401);
  });

  it('is counted', async () => {
    const rejected = () =>
      stage.strapi.plugin('whatsapp').service('diagnostics').snapshot().rejectedWebhooks as number;
    const before = rejected();
    await hook.post(stage, message().payload, { signature: null });
    expect(rejected()).toBe(before + 1);
  });
});

describe('a signed delivery', () => {
  it('is stored whatever Meta escapes', async () => {
    const { payload, wamid } = message();
    const bytes = toMetaBytes(payload);
    expect(bytes.toString('latin1')).toMatch(/\\u00bf.*\\ud83d\\ude42.*\\\/\\\//);
    expect(await hook.postBytes(stage, bytes)).toMatchObject({ status: 200, text: 'ok' });
    expect((await rows.message(wamid))?.text).toBe('Hola, ¿qué tal? 🙂 https://example.test/a');
  });

  it('is stored with raw UTF-8, spaces and line breaks as well', async () => {
    const { payload, wamid } = message();
    expect((await hook.postBytes(stage, Buffer.from(JSON.stringify(payload, null, 2)))).status).toBe(200);
    expect((await rows.message(wamid))?.text).toContain('🙂');
  });

  it('may come to the number’s own address', async () => {
    const { payload, wamid } = message();
    expect((await hook.post(stage, payload, { path: `${PATH}/${keyOf(stage.number)}` })).status).toBe(200);
    expect(await rows.message(wamid)).toBeDefined();
    expect(await logRow()).toMatchObject({ outcome: 'applied', webhook_key: keyOf(stage.number) });
  });

  it.each(['/api/whatsapp/webhook/', '/API/WhatsApp/Webhook', '/api/whatsapp/webhook?x=1'])(
    'may come to %s',
    async (path) => {
      const { payload, wamid } = message();
      expect((await hook.post(stage, payload, { path })).status).toBe(200);
      expect(await rows.message(wamid)).toBeDefined();
    },
  );

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/vnd.api+json',
    'nonsense',
    null,
  ])('is read as bytes under content type %s', async (type) => {
    const { payload, wamid } = message();
    expect((await hook.post(stage, payload, { contentType: type })).status).toBe(200);
    expect(await rows.message(wamid)).toBeDefined();
  });

  it('may spell its digest in capitals', async () => {
    const { payload, wamid } = message();
    const bytes = toMetaBytes(payload);
    const signature = `sha256=${signBody(stage.number.appSecret, bytes).slice(7).toUpperCase()}`;
    expect((await hook.postBytes(stage, bytes, { signature })).status).toBe(200);
    expect(await rows.message(wamid)).toBeDefined();
  });

  it('is stored for a number that is switched off', async () => {
    const toggle = (active: boolean) =>
      stage.http
        .post(`/api/whatsapp/integrations/${stage.number.id}/toggle`)
        .set(stage.token)
        .send({ active })
        .expect(200);
    await toggle(false);
    const { payload, wamid } = message();
    expect((await hook.post(stage, payload)).status).toBe(200);
    expect(await rows.message(wamid)).toBeDefined();
    await toggle(true);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('compressed with %s is signed as sent and read as meant', async (encoding, compress) => {
    const { payload, wamid } = message();
    const bytes = compress(toMetaBytes(payload));
    expect((await hook.postBytes(stage, bytes, { headers: { 'content-encoding': encoding } })).status).toBe(
      200,
    );
    expect(await rows.message(wamid)).toBeDefined();
  });

  it('compressed, but signed before the compression: 401', async () => {
    const plain = toMetaBytes(message().payload);
    const answer = await hook.postBytes(stage, gzipSync(plain), {
      headers: { 'content-encoding': 'gzip' },
      signature: signBody(stage.number.appSecret, plain),
    });
    expect(answer.status).toBe(401);
  });
});

describe('one secret opens the numbers of its own app and no others', () => {
  const kept = async (): Promise<string> =>
    JSON.stringify([
      await rows.all('quarantine'),
      await rows.all('delivery_log'),
      await rows.all('parked_statuses'),
    ]);

  it('keeps nothing of an event for another tenant’s number but the count, with 200', async () => {
    const { payload, wamid } = message(other);
    const before = await rows.totals();
    const answer = await hook.post(stage, payload, { secret: stage.number.appSecret });
    expect(answer.status).toBe(200);
    expect(await rows.totals()).toEqual({ ...before, delivery_log: before.delivery_log + 1 });
    const log = await logRow();
    expect(log).toMatchObject({ outcome: 'ignored', events: 1, body: null });
    expect(json(log.summary)).toEqual({ 'unknown number': 1 });
    expect(await kept()).not.toContain(wamid);
  });

  it('stores what is known and counts what is not, of one delivery', async () => {
    const stranger = { ...other, phoneNumberId: '99900000000001', businessAccountId: '99900000000002' };
    const mine = message();
    const theirs = message(stranger);
    const odd = hook.delivery(stranger, hook.change(stranger, { text: 'a secret' }, 'holograms'));
    const odder = hook.delivery(stage.number, hook.change(stage.number, {}, 'holograms'));
    const entry = [mine.payload, theirs.payload, odd, odder].flatMap((payload) => payload.entry as []);
    expect((await hook.post(stage, { ...mine.payload, entry })).status).toBe(200);
    expect(await rows.message(mine.wamid)).toBeDefined();
    expect(await rows.message(theirs.wamid)).toBeUndefined();
    const log = await logRow();
    expect(log).toMatchObject({ outcome: 'partly', events: 4, body: null });
    expect(json(log.summary)).toMatchObject({ 'message.received': 1, 'unknown number': 2 });
    expect(await kept()).not.toMatch(new RegExp(`${theirs.wamid}|a secret`));
  });

  it('serves two numbers of one app with one secret', async () => {
    const sister = await stage.addNumber({ appSecret: stage.number.appSecret });
    const [a, b] = [message(), message(sister)];
    const entry = [...(a.payload.entry as []), ...(b.payload.entry as [])];
    expect((await hook.post(stage, { ...a.payload, entry })).status).toBe(200);
    expect((await rows.message(a.wamid))?.integration_id).toBe(Number(stage.number.id));
    expect((await rows.message(b.wamid))?.integration_id).toBe(Number(sister.id));
  });
});

describe('a signed body that says nothing to us is answered 200 and shown in the log', () => {
  const deep = (depth: number): Buffer => Buffer.from(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
  const bodies: [string, () => Buffer][] = [
    ['nothing at all', () => Buffer.alloc(0)],
    ['no JSON', () => Buffer.from('<html>hello</html>')],
    ['half a JSON', () => Buffer.from('{"object":"whatsapp_business_account","entry":[')],
    ['null', () => Buffer.from('null')],
    ['a number', () => Buffer.from('7')],
    ['an array', () => Buffer.from('[]')],
    ['an empty object', () => Buffer.from('{}')],
    ['another object', () => toMetaBytes({ object: 'page', entry: [{ id: '1', changes: [] }] })],
    ['no entries', () => toMetaBytes({ object: 'whatsapp_business_account', entry: [] })],
    ['an entry that is null', () => toMetaBytes({ object: 'whatsapp_business_account', entry: [null] })],
    [
      'no messages',
      () => toMetaBytes(hook.delivery(stage.number, hook.change(stage.number, { messages: [] }))),
    ],
    [
      'a field of the future',
      () => toMetaBytes(hook.delivery(stage.number, hook.change(stage.number, {}, 'holograms'))),
    ],
    ['an object 10,000 levels deep', () => deep(10_000)],
    ['bytes that are no UTF-8, and NUL', () => Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])],
    ['broken gzip', () => Buffer.from('this is not gzip')],
  ];
  it.each(bodies)('%s', async (name, make) => {
    const before = await rows.totals();
    const headers = name === 'broken gzip' ? { 'content-encoding': 'gzip' } : {};
    expect(await hook.postBytes(stage, make(), { headers })).toMatchObject({ status: 200 });
    expect(await rows.totals()).toEqual({ ...before, delivery_log: before.delivery_log + 1 });
    expect(await logRow()).toMatchObject({ outcome: 'not_understood', body: expect.any(String) as string });
  });

  it('and its row breaks no neighbour’s: a field name cut in the middle of an emoji', async () => {
    const strange = hook.delivery(
      stage.number,
      hook.change(stage.number, {}, `${'x'.repeat(59)}🙂${'y'.repeat(30)}`),
    );
    const good = Array.from({ length: 5 }, () => message());
    const answers = await Promise.all([
      hook.post(stage, strange),
      ...good.map(({ payload }) => hook.post(stage, payload)),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    for (const { wamid } of good) expect(await rows.message(wamid)).toBeDefined();
  });

  it('the dashboard’s test button stores nothing', async () => {
    const sample = hook.delivery(
      { ...stage.number, businessAccountId: '0', phoneNumberId: '123456123' },
      hook.change(
        { ...stage.number, phoneNumberId: '123456123' },
        { messages: [hook.messageFrom(hook.newCustomer())] },
      ),
    );
    const before = await rows.totals();
    expect((await hook.post(stage, sample)).status).toBe(200);
    expect(await rows.totals()).toEqual({ ...before, delivery_log: before.delivery_log + 1 });
    expect(await logRow()).toMatchObject({ outcome: 'ignored' });
  });

  it('prototype keys pollute nothing, of duplicate keys the last one counts', async () => {
    const { payload, wamid } = message();
    const poisoned = JSON.stringify(payload)
      .replace(
        '"messaging_product"',
        '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"messaging_product"',
      )
      .replace('"type":"text"', '"type":"image","type":"text"');
    expect((await hook.postBytes(stage, Buffer.from(poisoned))).status).toBe(200);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(await rows.message(wamid)).toMatchObject({ message_type: 'text' });
  });
});

describe('size and pace', () => {
  const big = (bytes: number): Buffer => {
    const ana = hook.newCustomer();
    return toMetaBytes(
      hook.from(stage.number, ana, hook.messageFrom(ana, { text: { body: 'x'.repeat(bytes) } })),
    );
  };

  it('takes a body just under the limit', async () => {
    expect((await hook.postBytes(stage, big(MAX_BYTES - 2000))).status).toBe(200);
  });

  it('refuses a larger one by its declared length, before reading it', async () => {
    const before = await rows.totals();
    const answer = await hook.postBytes(stage, big(MAX_BYTES));
    expect(answer.status).toBe(413);
    expect(codeOf(answer)).toBe('payload_too_large');
    expect(await rows.totals()).toEqual(before);
  });

  it('refuses a larger one in chunks with an answer, not with a broken connection', async () => {
    const before = await rows.totals();
    const answer = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const request = http.request(new URL(PATH, stage.url), {
        method: 'POST',
        headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
      });
      request.on('response', (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      });
      request.on('error', reject);
      let sent = 0;
      const feed = (): void => {
        if (sent > MAX_BYTES || request.destroyed) return;
        sent += 16_384;
        request.write(Buffer.alloc(16_384, 120));
        setTimeout(feed, 1);
      };
      feed();
    });
    expect(answer.status).toBe(413);
    expect(answer.text).toContain('payload_too_large');
    expect(await rows.totals()).toEqual(before);
  });

  const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024));

  it('refuses what unfolds to more than the limit', async () => {
    expect(bomb.length).toBeLessThan(MAX_BYTES);
    const before = await rows.totals();
    const answer = await hook.postBytes(stage, bomb, { headers: { 'content-encoding': 'gzip' } });
    expect(answer.status).toBe(413);
    expect(await rows.totals()).toEqual(before);
  });

  it('unfolds nothing for somebody who did not sign', async () => {
    const answer = await hook.postBytes(stage, bomb, {
      headers: { 'content-encoding': 'gzip' },
      signature: null,
    });
    expect(answer.status).toBe(401);
  });

  /** Writes by hand, so that the lengths may lie; answers what came back until the socket closed. */
  const byHand = (text: string, more?: (socket: net.Socket) => void): Promise<string> =>
    new Promise((resolve) => {
      const { port, hostname } = new URL(stage.url);
      let seen = '';
      const socket = net.connect(Number(port), hostname, () => {
        socket.write(text);
        more?.(socket);
      });
      socket.on('data', (chunk) => (seen += chunk.toString()));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(seen));
    });

  const head = (length: number, signature: string | null): string =>
    `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n` +
    `${signature === null ? '' : `X-Hub-Signature-256: ${signature}\r\n`}\r\n`;

  it.each([null, 'sha256=00', `sha1=${'0'.repeat(64)}`])(
    'answers %s before it reads anything, and ends the connection',
    async (signature) => {
      // No byte of the body is ever sent: whoever waits for one ends in the time limit, with another answer.
      const answer = await byHand(head(MAX_BYTES, signature));
      expect(answer).toContain(' 401 ');
      expect(answer).toContain('invalid_signature');
      expect(await byHand(head(MAX_BYTES + 1, signature))).toContain(' 413 ');
    },
  );

  it('holds no more of all bodies together than the buffer may, and says 503 to the rest', async () => {
    const before = await rows.totals();
    const part = Buffer.alloc(BUFFER_BYTES / 4);
    const start = head(MAX_BYTES, `sha256=${'0'.repeat(64)}`);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => byHand(start, (socket) => void socket.write(part))),
    );
    expect(answers.filter((answer) => / 503 .*storage_unavailable/s.test(answer)).length).toBeGreaterThan(2);
    const { payload, wamid } = message();
    expect((await hook.post(stage, payload)).status).toBe(200);
    expect(await rows.message(wamid)).toBeDefined();
    expect(await rows.count('messages')).toBe(before.messages + 1);
  });

  it('ends a body of a byte a second, and answers others meanwhile', async () => {
    const before = await rows.totals();
    let ended = false;
    const slow = byHand(head(1000, `sha256=${'0'.repeat(64)}`), (socket) => {
      const drip = setInterval(() => socket.write('x'), 100);
      socket.on('close', () => {
        ended = true;
        clearInterval(drip);
      });
    });
    const { payload, wamid } = message();
    expect((await hook.post(stage, payload)).status).toBe(200);
    expect(ended).toBe(false);
    expect(await rows.message(wamid)).toBeDefined();
    expect(await slow).not.toContain('200');
    expect(await rows.count('messages')).toBe(before.messages + 1);
  });

  it('stores nothing of a body that ends before its declared length', async () => {
    // Koa reports the broken connection there.
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const bytes = toMetaBytes(message().payload);
    const before = await rows.totals();
    const start = head(bytes.length + 50, signBody(stage.number.appSecret, bytes));
    const answer = await byHand(start + bytes.toString('latin1'), (socket) => socket.end());
    expect(answer).not.toContain(' 200 ');
    expect(await rows.totals()).toEqual(before);
  });

  it('serves a good delivery past 200 idle sockets', async () => {
    const { port, hostname } = new URL(stage.url);
    const idle = Array.from({ length: 200 }, () =>
      net.connect(Number(port), hostname).on('error', () => undefined),
    );
    const { payload, wamid } = message();
    expect((await hook.post(stage, payload)).status).toBe(200);
    expect(await rows.message(wamid)).toBeDefined();
    idle.forEach((socket) => socket.destroy());
  });
});

describe('the handshake', () => {
  const verifyToken = 'chosen-verify-token';
  let ownPath: string;
  beforeAll(async () => {
    const { body } = await stage.http
      .post('/api/whatsapp/integrations')
      .set(stage.token)
      .send({
        name: 'Handshake',
        phoneNumber: '+14155559999',
        phoneNumberId: '77799999999',
        businessAccountId: '88899999999',
        accessToken: 'EAAhandshake',
        appSecret: 'app-secret-handshake',
        verifyToken,
      })
      .expect(201);
    ownPath = `${PATH}/${(body.data.webhookUrl as string).split('/').pop()}`;
  });
  const shake = (query: Record<string, string>, path = PATH) =>
    hook.call(stage.url, { method: 'GET', path: `${path}?${new URLSearchParams(query).toString()}` });
  const right = (over: Record<string, string> = {}) => ({
    'hub.mode': 'subscribe',
    'hub.verify_token': verifyToken,
    'hub.challenge': '1158201444',
    ...over,
  });

  it('echoes the challenge as bare text', async () => {
    const answer = await shake(right());
    expect(answer).toMatchObject({ status: 200, text: '1158201444' });
    expect(answer.type).toMatch(/^text\/plain/);
  });

  it('never as a page', async () => {
    const answer = await shake(right({ 'hub.challenge': '<script>alert(1)</script>' }));
    expect(answer.type).toMatch(/^text\/plain/);
    expect(answer.text).toBe('<script>alert(1)</script>');
  });

  it('knows the number’s own address', async () => {
    expect((await shake(right(), ownPath)).status).toBe(200);
    expect((await shake(right(), `${PATH}/${keyOf(other)}`)).status).toBe(403);
    expect((await shake(right(), `${PATH}/nobody`)).status).toBe(403);
  });

  it.each([
    ['a wrong token', { 'hub.verify_token': 'wrong' }],
    ['an empty token', { 'hub.verify_token': '' }],
    ['another mode', { 'hub.mode': 'unsubscribe' }],
  ])('refuses %s with 403', async (_name, over) => {
    const answer = await shake(right(over));
    expect(answer.status).toBe(403);
    expect(codeOf(answer)).toBe('invalid_verify_token');
    expect(answer.text).not.toContain('1158201444');
  });

  it.each(['hub.mode', 'hub.verify_token', 'hub.challenge'])('refuses a call without %s', async (missing) => {
    const query = right();
    delete (query as Record<string, string>)[missing];
    expect((await shake(query)).status).toBe(403);
  });

  it('refuses a token that is given twice or as a list', async () => {
    const query = new URLSearchParams(right()).toString();
    const twice = await hook.call(stage.url, {
      method: 'GET',
      path: `${PATH}?${query}&hub.verify_token=${verifyToken}`,
    });
    expect(twice.status).toBe(403);
  });
});
