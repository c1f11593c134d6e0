import { setStage, until, type Stage } from '../support/stage';
import {
  message,
  newConversation,
  newCustomer,
  reaches,
  sendText,
  thread,
  verdictOf,
  writeIn,
} from '../support/rest';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const PATH = '/api/whatsapp/integrations';

/** §3 of the REST contract, without `verifyToken`, and what was added to it. */
const FIELDS = [
  'apiVersionEndsAt',
  'callbackUrlWarning',
  'copyMediaToLibrary',
  'envLocked',
  'health',
  'lastMessageAt',
  'pause',
  'readReceipts',
  'typingIndicator',
  'id',
  'name',
  'phoneNumber',
  'phoneNumberId',
  'businessAccountId',
  'organization',
  'endpointUrl',
  'apiVersion',
  'sandbox',
  'active',
  'status',
  'statusMessage',
  'qualityRating',
  'messagingLimit',
  'throughput',
  'hasAppSecret',
  'accessTokenLast4',
  'webhookUrl',
  'lastWebhookAt',
  'createdAt',
].sort();

let serial = 0;
const input = (over: Record<string, unknown> = {}) => {
  serial += 1;
  return {
    name: `Number ${serial}`,
    phoneNumber: `+1212555${String(1000 + serial)}`,
    phoneNumberId: `55500000${String(100000 + serial)}`,
    businessAccountId: '444000001',
    accessToken: `EAAcanary-access-${serial}-wxyz`,
    appSecret: `canary-app-secret-${serial}`,
    ...over,
  };
};
const create = (body: object) => stage.http.post(PATH).set(stage.token).send(body);
const made = async (over: Record<string, unknown> = {}) => (await create(input(over)).expect(201)).body.data;
const one = async (id: string) =>
  (await stage.http.get(`${PATH}/${id}`).set(stage.token).expect(200)).body.data;
const update = (id: string, body: object) => stage.http.put(`${PATH}/${id}`).set(stage.token).send(body);
const remove = (id: string, history = '') =>
  stage.http.delete(`${PATH}/${id}${history && `?history=${history}`}`).set(stage.token);

describe('connecting a number', () => {
  it('answers 201 with exactly the fields of the contract and the verify token, this once', async () => {
    const { status, body } = await create(input());
    expect(status).toBe(201);
    expect(Object.keys(body)).toEqual(['data']);
    expect(Object.keys(body.data).sort()).toEqual([...FIELDS, 'verifyToken'].sort());
    expect(body.data.verifyToken).toMatch(/^[a-z0-9]{40}$/);
    expect(Object.keys(await one(body.data.id)).sort()).toEqual(FIELDS);
    const { body: list } = await stage.http.get(PATH).set(stage.token).expect(200);
    for (const item of list.data) expect(Object.keys(item).sort()).toEqual(FIELDS);
  });

  it('fills in what was not said', async () => {
    const given = input();
    const { body } = await create(given).expect(201);
    expect(body.data).toMatchObject({
      name: given.name,
      phoneNumber: given.phoneNumber,
      phoneNumberId: given.phoneNumberId,
      businessAccountId: given.businessAccountId,
      organization: 'default',
      endpointUrl: 'https://graph.facebook.com',
      apiVersion: 'v25.0',
      sandbox: false,
      active: true,
      status: 'unverified',
      statusMessage: null,
      hasAppSecret: true,
      accessTokenLast4: 'wxyz',
      lastWebhookAt: null,
    });
    expect(typeof body.data.id).toBe('string');
    expect(body.data.createdAt).toMatch(ISO);
    expect(body.data.webhookUrl).toMatch(new RegExp(`^${stage.url}/api/whatsapp/webhook/[a-z0-9]{24}$`));
  });

  it('takes the body flat or wrapped, and a verify token of the caller', async () => {
    const { body } = await create({ data: input({ verifyToken: 'my-own-verify-token' }) }).expect(201);
    expect(body.data.verifyToken).toBe('my-own-verify-token');
    await stage.http
      .get(
        `${new URL(body.data.webhookUrl).pathname}?hub.mode=subscribe&hub.verify_token=my-own-verify-token&hub.challenge=42`,
      )
      .expect(200, '42');
  });

  it.each([
    ['https://graph.facebook.com/v23.0', undefined, 'v23.0'],
    ['https://graph.facebook.com/v23.0/', 'v24.0', 'v24.0'],
    ['http://127.0.0.1:9/proxy', undefined, 'v25.0'],
  ])('reads the version behind %s (and %s) as %s', async (endpointUrl, apiVersion, expected) => {
    const data = await made({ endpointUrl, ...(apiVersion && { apiVersion }) });
    expect([data.endpointUrl, data.apiVersion]).toEqual([endpointUrl, expected]);
  });

  it('names every field that is wrong, in one answer', async () => {
    const { status, body } = await create({ name: '', phoneNumber: 7, endpointUrl: 'x' });
    expect(status).toBe(400);
    expect(body).toMatchObject({
      data: null,
      error: { status: 400, name: 'ValidationError', details: { code: 'validation_failed' } },
    });
    expect(body.error.details.errors.map(({ path }: { path: string }) => path).sort()).toEqual(
      [
        'accessToken',
        'appSecret',
        'businessAccountId',
        'endpointUrl',
        'name',
        'phoneNumber',
        'phoneNumberId',
      ].sort(),
    );
    for (const { message: text } of body.error.details.errors) expect(text.length).toBeGreaterThan(5);
  });

  it.each(['0555 123 45 67', '5551234567', '', '+', '+0123456789', '+1415555012345678', '14155550123'])(
    'refuses the phone number %j with a code of its own',
    async (phoneNumber) => {
      expect(await verdictOf(create(input({ phoneNumber })))).toEqual([400, 'invalid_phone_number']);
    },
  );

  it('refuses a phone number ID that is connected already, and changes nothing', async () => {
    const first = await made();
    const again = create(input({ phoneNumberId: first.phoneNumberId, name: 'Impostor' }));
    expect(await verdictOf(again)).toEqual([409, 'phone_number_id_taken']);
    expect((await one(first.id)).name).toBe(first.name);
  });

  it('lets one of several at once connect the same phone number ID', async () => {
    const { phoneNumberId } = input();
    const answers = await Promise.all(Array.from({ length: 5 }, () => create(input({ phoneNumberId }))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
  });

  it('refuses a list instead of a number', async () => {
    expect(await verdictOf(create([input()]))).toEqual([400, 'validation_failed']);
  });
});

describe('changing a number', () => {
  it('changes what was given and keeps the rest', async () => {
    const before = await made();
    const { body } = await update(before.id, {
      name: 'Renamed',
      endpointUrl: 'https://graph.facebook.com/v24.0',
    }).expect(200);
    const { verifyToken: _once, ...shown } = before;
    expect(body.data).toEqual({
      ...shown,
      name: 'Renamed',
      endpointUrl: 'https://graph.facebook.com/v24.0',
      apiVersion: 'v24.0',
      apiVersionEndsAt: '2028-02-18T00:00:00.000Z',
    });
  });

  it('sends a stored token to no other server than it was given for', async () => {
    const { id } = await made();
    const elsewhere = 'https://evil.example.test/v25.0';
    const { status, body } = await update(id, { endpointUrl: elsewhere });
    expect([status, body.error.details.code]).toEqual([400, 'validation_failed']);
    expect(body.error.details.errors).toMatchObject([{ path: 'accessToken' }]);
    expect((await one(id)).endpointUrl).toBe('https://graph.facebook.com');
    await update(id, { endpointUrl: elsewhere, accessToken: 'EAAtoken-of-the-proxy' }).expect(200);
    await update(id, { endpointUrl: 'https://evil.example.test/v24.0' }).expect(200);
    expect(await verdictOf(update(id, { endpointUrl: 'https://graph.facebook.com' }))).toEqual([
      400,
      'validation_failed',
    ]);
  });

  it('keeps the secrets that are not given, and shows the end of a new token', async () => {
    const { id } = await made();
    expect((await update(id, { accessToken: 'EAAanother-token-9876' }).expect(200)).body.data).toMatchObject({
      accessTokenLast4: '9876',
      hasAppSecret: true,
    });
    expect((await update(id, { name: 'Again' }).expect(200)).body.data.accessTokenLast4).toBe('9876');
  });

  it('refuses what create refuses', async () => {
    const [{ id }, other] = [await made(), await made()];
    expect(await verdictOf(update(id, { phoneNumber: '5551234567' }))).toEqual([400, 'invalid_phone_number']);
    expect(await verdictOf(update(id, { phoneNumberId: other.phoneNumberId }))).toEqual([
      409,
      'phone_number_id_taken',
    ]);
    expect(await verdictOf(update(id, { accessToken: '' }))).toEqual([400, 'validation_failed']);
    expect(await verdictOf(update(id, { active: 'yes' }))).toEqual([400, 'validation_failed']);
  });

  it('flips active, or sets it', async () => {
    const { id } = await made();
    const toggle = async (body?: object) => {
      const call = stage.http.post(`${PATH}/${id}/toggle`).set(stage.token);
      return (await (body ? call.send(body) : call).expect(200)).body.data.active;
    };
    expect([
      await toggle(),
      await toggle(),
      await toggle({ active: false }),
      await toggle({ active: false }),
    ]).toEqual([false, true, false, false]);
    expect(
      await verdictOf(stage.http.post(`${PATH}/${id}/toggle`).set(stage.token).send({ active: 'no' })),
    ).toEqual([400, 'validation_failed']);
  });

  it('still stores what comes in while a number is off', async () => {
    const number = await stage.addNumber();
    const conversation = await newConversation(stage, number);
    await stage.http.post(`${PATH}/${number.id}/toggle`).set(stage.token).send({ active: false }).expect(200);
    const customer = newCustomer(stage);
    expect((await writeIn(stage, customer, 'Anybody?', number)).lastMessage?.text).toBe('Anybody?');
    const call = stage.http
      .post('/api/whatsapp/messages/send')
      .set(stage.token)
      .send({ conversationId: conversation.id, message: 'Hi' });
    expect(await verdictOf(call)).toEqual([409, 'integration_inactive']);
  });

  it('shows when a number last heard from Meta', async () => {
    const number = await stage.addNumber();
    await newConversation(stage, number);
    const { lastWebhookAt } = await until(
      () => one(number.id),
      (data) => data.lastWebhookAt !== null,
    );
    expect(lastWebhookAt).toMatch(ISO);
    expect(Math.abs(Date.now() - Date.parse(lastWebhookAt))).toBeLessThan(10_000);
  });
});

describe('numbers that are not there', () => {
  it.each(['999999', '0', '-1', '2147483648', '99999999999999999999', 'abc', '1;drop', '%00', "1'--"])(
    '%s is 404 on every route',
    async (id) => {
      const path = `${PATH}/${encodeURIComponent(decodeURIComponent(id))}`;
      const { http, token } = stage;
      const calls = [
        http.get(path),
        http.put(path).send({ name: 'x' }),
        http.delete(path),
        http.post(`${path}/toggle`),
      ].map((call) => verdictOf(call.set(token)));
      expect(await Promise.all(calls)).toEqual(Array(4).fill([404, 'not_found']));
    },
  );
});

describe('disconnecting a number', () => {
  it('keeps its history by default, forgets its secrets and continues when it is connected again', async () => {
    const number = await stage.addNumber();
    const conversation = await newConversation(stage, number);
    const sent = await sendText(stage, conversation.id, 'Before the break');
    await reaches(stage, sent.id, ['delivered']);

    const { status, text } = await remove(number.id);
    expect([status, text]).toEqual([204, '']);
    expect(await verdictOf(stage.http.get(`${PATH}/${number.id}`).set(stage.token))).toEqual([
      404,
      'not_found',
    ]);
    const [row] = await stage.strapi.db.connection('whatsapp_integrations').where({ id: Number(number.id) });
    expect([
      row.access_token_sealed,
      row.app_secret_sealed,
      row.verify_token_sealed,
      row.access_token_last_4,
    ]).toEqual([null, null, null, null]);
    expect((await thread(stage, conversation.id)).map((m) => m.text)).toEqual(['Before the break', 'Hello']);
    await stage.http.post(new URL(number.webhookUrl).pathname).send('{}').expect(401);

    const again = await made({ phoneNumberId: number.phoneNumberId });
    expect(again.id).toBe(number.id);
    expect(again.webhookUrl).not.toBe(number.webhookUrl);
    expect([again.endpointUrl, again.apiVersion]).toEqual(['https://graph.facebook.com', 'v25.0']);
    expect((await thread(stage, conversation.id)).length).toBe(2);
  });

  it('erases it with everything said on it when asked to, and leaves the others alone', async () => {
    const [number, other] = [await stage.addNumber(), await stage.addNumber()];
    const customer = newCustomer(stage);
    const mine = await writeIn(stage, customer, 'To be erased', number);
    const kept = await writeIn(stage, customer, 'To be kept', other);
    const sent = await sendText(stage, mine.id, 'Answer to be erased');
    await reaches(stage, sent.id, ['delivered']);
    await remove(number.id, 'erase').expect(204);

    const { http, token } = stage;
    expect(await verdictOf(http.get(`/api/whatsapp/conversations/${mine.id}`).set(token))).toEqual([
      404,
      'not_found',
    ]);
    expect(await verdictOf(http.get(`/api/whatsapp/messages/${sent.id}`).set(token))).toEqual([
      404,
      'not_found',
    ]);
    const { connection } = stage.strapi.db;
    for (const table of ['messages', 'conversations', 'outbox', 'parked_statuses']) {
      const [{ n }] = await connection(`whatsapp_${table}`)
        .where({ integration_id: Number(number.id) })
        .count({ n: '*' });
      expect([table, Number(n)]).toEqual([table, 0]);
    }
    expect((await thread(stage, kept.id)).map((m) => m.text)).toEqual(['To be kept']);
    const again = await made({ phoneNumberId: number.phoneNumberId });
    expect(again.id).not.toBe(number.id);
  });

  it('fails what still waits to be sent, in words', async () => {
    const number = await stage.addNumber();
    const conversation = await newConversation(stage, number);
    stage.simulator.faults.set('429', { phoneNumberId: number.phoneNumberId });
    const sent = await sendText(stage, conversation.id, 'Too late');
    await until(
      () =>
        stage.strapi.db
          .connection('whatsapp_outbox')
          .where({ message_id: Number(sent.id) })
          .first(),
      (row) => row?.state === 'queued' && Number(row.attempts) === 1,
    );
    await remove(number.id).expect(204);
    stage.simulator.faults.clear('429');
    const failed = await reaches(stage, sent.id, ['failed']);
    expect(failed.error).toMatchObject({ message: expect.stringContaining('not connected') });
    expect((await message(stage, sent.id)).wamid).toBeNull();
  });

  it('refuses a choice that it does not know', async () => {
    const { id } = await made();
    expect(await verdictOf(remove(id, 'burn'))).toEqual([400, 'validation_failed']);
    expect((await one(id)).id).toBe(id);
  });
});

describe('the list of numbers', () => {
  it('pages through all of them once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const { body } = await stage.http.get(`${PATH}?limit=3${query}`).set(stage.token).expect(200);
      expect(Object.keys(body).sort()).toEqual(['data', 'meta']);
      expect(body.data.length).toBeLessThanOrEqual(3);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.meta.nextCursor;
    } while (cursor !== null);
    const { body } = await stage.http.get(`${PATH}?limit=100`).set(stage.token);
    expect(body.meta.nextCursor).toBeNull();
    expect(seen).toEqual(body.data.map(({ id }: { id: string }) => id));
    expect(seen.length).toBeGreaterThan(6);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=nonsense'])('refuses ?%s', async (query) => {
    expect(await verdictOf(stage.http.get(`${PATH}?${query}`).set(stage.token))).toEqual([
      400,
      'validation_failed',
    ]);
  });
});
