/** What programs get wrong: each is refused with the code of the contract, and nothing of it is stored. */
import { createHash } from 'node:crypto';
import {
  message,
  newConversation,
  reaches,
  send,
  sendText,
  thread,
  tokenWith,
  verdictOf,
} from '../support/rest';
import { setStage, type Stage } from '../support/stage';

let stage: Stage;
let conversationId: string;

beforeAll(async () => {
  stage = await setStage();
  conversationId = (await newConversation(stage)).id;
});
afterAll(() => stage.stop());

/** The bytes as they are, under a content type. */
const raw = (path: string, bytes: string, type = 'application/json', headers = stage.token) =>
  stage.http.post(path).set(headers).set('Content-Type', type).send(bytes);
const SEND = '/api/whatsapp/messages/send';
const integration = (body: object) =>
  stage.http.put(`/api/whatsapp/integrations/${stage.number.id}`).set(stage.token).send(body);

describe('a body that is no JSON object', () => {
  it.each(['{', 'null', '"x"', '1', '[]', '[{"message":"x"}]', '{"__proto__":{"a":1}}'])(
    '%s is validation_failed',
    async (bytes) => {
      expect(await verdictOf(raw(SEND, bytes))).toEqual([400, 'validation_failed']);
    },
  );

  it.each(['text/plain', 'application/xml', 'multipart/form-data', 'text/json'])(
    'as %s is validation_failed',
    async (type) => {
      const bytes = JSON.stringify({ conversationId, message: 'x' });
      expect(await verdictOf(raw(SEND, bytes, type))).toEqual([400, 'validation_failed']);
    },
  );

  it('that is too large has a code on either side of the parser’s own limit', async () => {
    for (const length of [300_000, 1_200_000]) {
      const bytes = JSON.stringify({ conversationId, message: 'x'.repeat(length) });
      expect(await verdictOf(raw(SEND, bytes))).toEqual([413, 'payload_too_large']);
    }
  });

  it('is nested as deeply as anybody likes without harm', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const bytes = (field: string) => `{"conversationId":"${conversationId}",${field}}`;
    expect(await verdictOf(raw(SEND, bytes(`"interactive":${deep}`)))).toEqual([400, 'validation_failed']);
    const template = `"template":{"name":"nobody_knows","components":[${deep}]}`;
    expect(await verdictOf(raw(SEND, bytes(template)))).toEqual([404, 'template_not_found']);
    expect((await raw(SEND, bytes(`"message":"deep","unknown":${deep}`))).status).toBe(202);
  });
});

describe('characters that no database or Meta takes', () => {
  it.each([
    ['clientKey', { message: 'x', clientKey: 'key\u0000' }],
    ['clientKey', { message: 'x', clientKey: 'key\ud800' }],
    ['message', { message: 'half an emoji \ud83d' }],
    ['replyTo', { message: 'x', replyTo: 'wamid\u0000' }],
    ['image.mediaId', { image: { mediaId: '1\u0000' } }],
    ['template.components.0.type', { template: { name: 'a', components: [{ type: 'body\u0000' }] } }],
    ['template.components.0', { template: { name: 'a', components: [{ 'ke\u0000y': 'x' }] } }],
  ])('in %s are refused by name', async (path, body) => {
    const { status, body: answer } = await send(stage, { conversationId, ...body });
    expect([status, answer.error.details.errors[0].path]).toEqual([400, path]);
  });

  it.each([{ name: 'a\u0000b' }, { name: '\ud800' }, { verifyToken: 'a\u0000-verify-token' }])(
    'in a number are refused: %j',
    async (body) => {
      expect(await verdictOf(integration(body))).toEqual([400, 'validation_failed']);
    },
  );

  it.each(['line\nbreak-token', 'two words of token', 'EAAtoken\u200bwith-nothing-visible'])(
    'in an access token are refused before they stand in a header: %j',
    async (accessToken) => {
      expect(await verdictOf(integration({ accessToken }))).toEqual([400, 'validation_failed']);
    },
  );

  it('in a query are refused too', async () => {
    for (const query of ['q=%00', 'tag=a%00', 'integration=%00']) {
      const call = stage.http.get(`/api/whatsapp/conversations?${query}`).set(stage.token);
      expect(await verdictOf(call)).toEqual([400, 'validation_failed']);
    }
    const templates = stage.http.get('/api/whatsapp/templates?q=%00').set(stage.token);
    expect(await verdictOf(templates)).toEqual([400, 'validation_failed']);
  });
});

describe('a call that names nothing', () => {
  it('reads no conversation: an unknown upTo is not "everything"', async () => {
    const { id, unreadCount } = await newConversation(stage);
    const read = (upTo: string) =>
      stage.http.post(`/api/whatsapp/conversations/${id}/read`).set(stage.token).send({ upTo });
    for (const upTo of ['abc', '0', '-1', '99999999999'])
      expect(await verdictOf(read(upTo))).toEqual([404, 'not_found']);
    const { body } = await stage.http.get(`/api/whatsapp/conversations/${id}`).set(stage.token);
    expect([unreadCount, body.data.unreadCount]).toEqual([1, 1]);
  });

  it('reacts with one emoji, however it is put together', async () => {
    const { id } = await sendText(stage, conversationId, 'React to this');
    await reaches(stage, id, ['accepted', 'sent', 'delivered', 'read']);
    const react = (emoji: string) =>
      verdictOf(send(stage, { conversationId, reaction: { messageId: id, emoji } }));
    for (const emoji of ['👍🏽', '❤️', '👨‍👩‍👧‍👦', '🇹🇷', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '1️⃣', ''])
      expect(await react(emoji)).toEqual([202, undefined]);
    for (const emoji of ['👍👍', 'ok', '1', '👍 '])
      expect(await react(emoji)).toEqual([400, 'validation_failed']);
  });
});

describe('the same client key', () => {
  it('many times at once is one message, whatever else the bodies say', async () => {
    const before = (await thread(stage, conversationId)).length;
    const clientKey = createHash('sha256').update('once').digest('hex');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        send(stage, { conversationId, message: `text ${index}`, clientKey }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 202]);
    const ids = new Set(answers.map(({ body }) => body.data.id as string));
    expect(ids.size).toBe(1);
    expect((await thread(stage, conversationId)).length).toBe(before + 1);
    const [id] = ids;
    const first = answers.find(({ status }) => status === 202);
    expect((await message(stage, id)).text).toBe(first?.body.data.text);
  });
});

describe('errors of the second set of paths are flat, also where Strapi refuses', () => {
  const flat = (status: number, error: string) => [status, { error, message: expect.any(String) as string }];
  const answer = async (call: ReturnType<typeof raw>) => {
    const { status, body } = await call;
    return [status, body as unknown];
  };
  const V1 = '/api/v1';

  it('no token, and a token without the scope', async () => {
    const stranger = stage.http.get(`${V1}/integrations`);
    expect(await answer(stranger)).toEqual(flat(401, 'unauthorized'));
    const wrong = stage.http.get(`${V1}/integrations/1`).set({ Authorization: 'Bearer nobody' });
    expect(await answer(wrong)).toEqual(flat(401, 'unauthorized'));
    const reader = await tokenWith(stage, { type: 'read-only' });
    expect(await answer(raw(`${V1}/crm/whatsapp/send`, '{}', 'application/json', reader))).toEqual(
      flat(403, 'forbidden'),
    );
  });

  it('a body that is no JSON, and one that is too large', async () => {
    for (const path of [`${V1}/integrations`, `${V1}/crm/whatsapp/send`])
      expect(await answer(raw(path, '{'))).toEqual(flat(400, 'validation_failed'));
    for (const length of [300_000, 1_200_000]) {
      const bytes = JSON.stringify({ to: '+905551234567', message: 'x'.repeat(length) });
      expect(await answer(raw(`${V1}/crm/whatsapp/send`, bytes))).toEqual(flat(413, 'payload_too_large'));
    }
  });

  it('and a site’s own routes beside them stay as they are', async () => {
    const { status, body } = await stage.http.get(`${V1}/something-else`).set(stage.token);
    expect([status, body.error.name]).toEqual([404, 'NotFoundError']);
  });
});
