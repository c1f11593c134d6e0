/** The paths of the second document: each of its curl lines, with host, token and ids filled in. */
import { signBody, toMetaBytes } from '../../../simulator/src/webhooks/bytes';
import { apiToken } from '../../helpers/people';
import { message, newConversation, reaches } from '../support/rest';
import { rowsOf } from '../support/rows';
import { setStage, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const post = (path: string, body: object, headers = stage.token) =>
  stage.http.post(`/api/v1${path}`).set(headers).send(body);
const get = (path: string, headers = stage.token) => stage.http.get(`/api/v1${path}`).set(headers);

const number = (over: object = {}, config: object = {}) => ({
  provider: 'whatsapp',
  category: 'messaging',
  apiKey: 'EAAcompat0000000001',
  apiSecret: '666000001',
  endpointUrl: `${stage.simulator.url}/v25.0`,
  config: {
    sandbox: false,
    phoneNumberId: '666000001',
    businessAccountId: '555000001',
    displayPhoneNumber: '+14155550777',
    ...config,
  },
  ...over,
});

describe('POST /api/v1/integrations', () => {
  it('connects a number, which GET shows without its key and /test looks at', async () => {
    const created = await post('/integrations', number());
    expect(created.status).toBe(201);
    expect(created.body.data).toMatchObject({
      name: 'whatsapp',
      phoneNumber: '+14155550777',
      phoneNumberId: '666000001',
      businessAccountId: '555000001',
      hasAppSecret: false,
    });
    const { id } = created.body.data as { id: string };
    const shown = await get(`/integrations/${id}`);
    expect(shown.status).toBe(200);
    expect(JSON.stringify(shown.body)).not.toContain('EAAcompat0000000001');
    expect((await get('/integrations')).body.data.map((each: { id: string }) => each.id)).toContain(id);
    const tested = await post(`/integrations/${id}/test`, {});
    expect(tested.status).toBe(200);
    expect(tested.body.data.checks.map((check: { name: string }) => check.name)).toContain('token');
  });

  it('asks WhatsApp for the number when the body does not say it', async () => {
    stage.simulator.addNumber({
      phoneNumberId: '666000002',
      wabaId: '555000002',
      displayPhoneNumber: '+14155550888',
      verifiedName: 'Asked',
      accessToken: 'EAAcompat0000000002',
      appSecret: 'compat-secret-2-0123456789',
    } as never);
    const body = number(
      { apiKey: 'EAAcompat0000000002', apiSecret: '666000002' },
      { phoneNumberId: undefined, businessAccountId: '555000002', displayPhoneNumber: undefined },
    );
    const { status, body: answer } = await post('/integrations', body);
    expect([status, answer.data?.phoneNumber]).toEqual([201, '+14155550888']);
  });

  it.each([
    ['no key', { apiKey: undefined }, {}, 400, 'validation_failed'],
    ['a number that is not E.164', {}, { displayPhoneNumber: '0555 123 45 67' }, 400, 'invalid_phone_number'],
    [
      'no number, and WhatsApp does not know',
      { apiKey: 'EAAnobody00000000000' },
      { displayPhoneNumber: undefined },
      400,
      'validation_failed',
    ],
    ['plain http to elsewhere', { endpointUrl: 'http://example.org' }, {}, 400, 'validation_failed'],
    ['a number that is there', {}, { phoneNumberId: '666000001' }, 409, 'phone_number_id_taken'],
  ])('refuses %s with a flat error', async (_name, over, config, status, code) => {
    const unique = { phoneNumberId: '666000099', ...config };
    const answer = await post('/integrations', number(over, unique));
    expect([answer.status, answer.body]).toEqual([
      status,
      { error: code, message: expect.any(String) as string },
    ]);
  });
});

describe('POST /api/v1/crm/whatsapp/send', () => {
  it('sends a text by the same service', async () => {
    const { id } = await newConversation(stage);
    const answer = await post('/crm/whatsapp/send', { conversationId: id, message: 'Hello from there' });
    expect(answer.status).toBe(202);
    const sent = (answer.body as { data: { id: string } }).data;
    await reaches(stage, sent.id, ['accepted', 'sent', 'delivered', 'read']);
    expect((await message(stage, sent.id)).text).toBe('Hello from there');
  });

  it('refuses flatly: a number that is none, and a person nobody knows', async () => {
    const bad = await post('/crm/whatsapp/send', { phoneNumber: '0555 123 45 67', message: 'x' });
    expect([bad.status, bad.body.error]).toEqual([400, 'invalid_phone_number']);
    const strange = await post('/crm/whatsapp/send', { conversationId: '999999', message: 'x' });
    expect([strange.status, strange.body]).toEqual([
      404,
      { error: 'not_found', message: expect.any(String) as string },
    ]);
  });
});

describe('/api/v1/crm/whatsapp/webhook', () => {
  const PATH = '/api/v1/crm/whatsapp/webhook';

  it('answers Meta’s handshake, and another token with a flat 403', async () => {
    const { body } = await stage.http
      .post(`/whatsapp/integrations/${stage.number.id}/verify-token`)
      .set(stage.admin)
      .send({});
    const ask = (token: string) =>
      stage.http
        .get(PATH)
        .query({ 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '4711' });
    const right = await ask(body.data.verifyToken as string);
    expect([right.status, right.text]).toEqual([200, '4711']);
    const wrong = await ask('wrong');
    expect([wrong.status, wrong.body.error]).toEqual([403, 'invalid_verify_token']);
  });

  it('stores what is signed, and answers 401 flatly to what is not', async () => {
    const ana = hook.newCustomer();
    const note = hook.messageFrom(ana);
    const bytes = toMetaBytes(hook.from(stage.number, ana, note));
    const stored = await hook.postBytes(stage, bytes, { path: PATH });
    expect(stored.status).toBe(200);
    expect(await rowsOf(stage.strapi).message(note.id as string)).toBeDefined();
    const signature = signBody('somebody else’s secret', bytes);
    const refused = await hook.postBytes(stage, bytes, { path: PATH, signature });
    expect([refused.status, refused.json<{ error: unknown }>().error]).toEqual([401, 'invalid_signature']);
  });
});

describe('who may', () => {
  it('is the same as on the plugin’s own paths', async () => {
    const bearer = async (permissions: string[]) => ({
      Authorization: `Bearer ${await apiToken(stage.strapi, { type: 'custom', permissions })}`,
    });
    const reader = await bearer(['plugin::whatsapp.integration.find']);
    expect((await get('/integrations', reader)).status).toBe(200);
    expect((await post('/integrations', number(), reader)).status).toBe(403);
    expect((await post('/crm/whatsapp/send', {}, reader)).status).toBe(403);
    expect((await stage.http.get('/api/v1/integrations')).status).toBe(401);
    expect((await stage.http.get('/api/v1/integrations').set(stage.admin)).status).toBe(401);
  });
});
