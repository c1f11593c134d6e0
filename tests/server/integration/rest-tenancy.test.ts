/** Who may call what, and whose data they see. */
import type { Conversation } from '../../../server/src/conversations/contract';
import { routesOf, type Route } from '../support/admin-routes';
import { setStage, type Stage } from '../support/stage';
import {
  addOrganization,
  newConversation,
  sendText,
  tokenWith,
  verdictOf,
  writeIn,
  newCustomer,
} from '../support/rest';

let stage: Stage;
let conversation: Conversation;
beforeAll(async () => {
  stage = await setStage();
  conversation = await newConversation(stage);
});
afterAll(() => stage.stop());

type Method = 'get' | 'post' | 'put' | 'delete';
type Call = [method: Method, path: string, body?: object];

const call = ([method, path, body]: Call, headers: Record<string, string>) => {
  const request = stage.http[method](`/api/whatsapp${path}`).set(headers);
  return body ? request.send(body) : request;
};

/** Ids that exist, so that a refusal cannot hide behind a 404; what would be lost is asked for by nobody's. */
const idIn = ({ method, path }: Route): string => {
  if (method === 'DELETE') return '999999';
  if (path.startsWith('/integrations/')) return stage.number.id;
  if (path.startsWith('/conversations/')) return conversation.id;
  return path.startsWith('/messages/') ? String(conversation.lastMessage?.id) : '999999';
};

/** Every route that needs a token, by its handler, as the running Strapi has them. */
const routes = (): Record<string, Call> =>
  Object.fromEntries(
    routesOf(stage, 'content-api')
      .filter(({ config }) => config?.auth !== false)
      .map((route) => {
        const method = route.method.toLowerCase() as Method;
        const body = route.path.endsWith('/toggle') ? { active: true } : {};
        const path = route.path.replace(/:\w+/, idIn(route));
        return [route.handler, method === 'post' || method === 'put' ? [method, path, body] : [method, path]];
      }),
  );
const names = (): string[] => Object.keys(routes());

const refused = (status: number): boolean => status === 401 || status === 403;

describe('API tokens', () => {
  it.each([
    ['no token', {}],
    ['a token that nobody made', { Authorization: 'Bearer 0123456789abcdef' }],
    ['something else than a token', { Authorization: 'Basic YTpi' }],
  ])('%s opens none of them', async (_name, headers) => {
    const answers = await Promise.all(
      Object.entries(routes()).map(async ([name, route]) => [
        name,
        refused((await call(route, headers)).status),
      ]),
    );
    expect(answers).toEqual(names().map((name) => [name, true]));
  });

  it('open what their scopes name and nothing else', async () => {
    for (const allowed of ['conversation.find', 'message.send', 'integration.toggle']) {
      const token = await tokenWith(stage, { type: 'custom', permissions: [`plugin::whatsapp.${allowed}`] });
      const answers: [string, boolean][] = [];
      for (const [name, route] of Object.entries(routes()))
        answers.push([name, !refused((await call(route, token)).status)]);
      expect(answers.filter(([, open]) => open)).toEqual([[allowed, true]]);
    }
  });

  it('that are read-only open find and findOne only', async () => {
    const token = await tokenWith(stage, { type: 'read-only' });
    const answers: [string, number][] = [];
    for (const [name, route] of Object.entries(routes()))
      answers.push([name, (await call(route, token)).status]);
    const open = answers.filter(([, status]) => !refused(status));
    const reading = names().filter((name) => /\.find(One)?$/.test(name));
    expect(open.map(([name]) => name)).toEqual(reading);
    expect(open.every(([, status]) => status === 200 || status === 404)).toBe(true);
  });

  it('of the admin panel are no use here, and the other way round', async () => {
    expect(refused((await call(['get', '/conversations'], stage.admin)).status)).toBe(true);
    expect(refused((await stage.http.get('/whatsapp/conversations').set(stage.token)).status)).toBe(true);
  });
});

describe('organizations', () => {
  const OTHER = { 'X-WhatsApp-Organization': 'acme' };
  const acme = () => ({ ...stage.token, ...OTHER });
  let foreign: {
    integrationId: string;
    conversationId: string;
    messageId: string;
    contactId: string;
    phone: string;
  };

  it('need no header while there is one, and an unknown one is not found', async () => {
    expect((await call(['get', '/conversations'], stage.token)).status).toBe(200);
    const named = { ...stage.token, 'X-WhatsApp-Organization': 'default' };
    expect((await call(['get', '/conversations'], named)).status).toBe(200);
    const ghost = { ...stage.token, 'X-WhatsApp-Organization': 'ghost' };
    expect(await verdictOf(call(['get', '/conversations'], ghost))).toEqual([404, 'not_found']);
  });

  it('once there are two, a limited token has to be bound to one, whatever header it sends', async () => {
    await addOrganization(stage, 'acme');
    const permissions = names().map((name) => `plugin::whatsapp.${name}`);
    for (const token of [
      await tokenWith(stage, { type: 'read-only' }),
      await tokenWith(stage, { type: 'custom', permissions }),
    ]) {
      for (const headers of [
        token,
        { ...token, ...OTHER },
        { ...token, 'X-WhatsApp-Organization': 'default' },
      ]) {
        expect(await verdictOf(call(['get', '/conversations'], headers))).toEqual([
          403,
          'organization_required',
        ]);
        expect(await verdictOf(call(['get', `/messages/${conversation.lastMessage?.id}`], headers))).toEqual([
          403,
          'organization_required',
        ]);
      }
    }
  });

  it('a full-access token gets the default one unless it names another', async () => {
    const { body: mine } = await call(['get', '/integrations'], stage.token).expect(200);
    expect(mine.data.map(({ id }: { id: string }) => id)).toEqual([stage.number.id]);
    const { body: theirs } = await call(['get', '/integrations'], acme()).expect(200);
    expect(theirs.data).toEqual([]);
  });

  it('have numbers, people and threads of their own', async () => {
    // A number of the second tenant, connected through its own door.
    const created = await call(
      [
        'post',
        '/integrations',
        {
          name: 'Acme',
          phoneNumber: '+442071838750',
          phoneNumberId: '999000111',
          businessAccountId: '999000222',
          accessToken: 'EAAacme-token-1234',
          appSecret: 'acme-app-secret-1234',
          endpointUrl: stage.simulator.url,
        },
      ],
      acme(),
    ).expect(201);
    const { data } = created.body;
    expect(data.organization).toBe('acme');
    stage.simulator.addNumber({
      phoneNumberId: data.phoneNumberId,
      wabaId: data.businessAccountId,
      displayPhoneNumber: data.phoneNumber,
      verifiedName: 'Acme',
      accessToken: 'EAAacme-token-1234',
      appSecret: 'acme-app-secret-1234',
      callbackUrl: data.webhookUrl,
    });
    // The same person writes to both.
    const customer = newCustomer(stage);
    await writeIn(stage, customer, 'To default');
    await stage.simulator.play(customer.id, '999000111', { type: 'text', text: 'To acme' });
    await stage.simulator.idle(5_000);
    const { body } = await call(['get', '/conversations'], acme()).expect(200);
    expect(body.data).toHaveLength(1);
    expect(body.data[0]).toMatchObject({ integrationId: data.id, lastMessage: { text: 'To acme' } });
    foreign = {
      integrationId: data.id,
      conversationId: body.data[0].id,
      messageId: body.data[0].lastMessage.id,
      contactId: body.data[0].contact.id,
      phone: customer.phone as string,
    };
    const { body: mine } = await call(['get', '/conversations?limit=100'], stage.token).expect(200);
    const texts = mine.data.map((c: Conversation) => c.lastMessage?.text);
    expect(texts).toContain('To default');
    expect(texts).not.toContain('To acme');
    expect(mine.data.map((c: Conversation) => c.contact.id)).not.toContain(foreign.contactId);
  });

  it("answer 404 for everything of another's, on every route", async () => {
    const { integrationId, conversationId, messageId, contactId } = foreign;
    const calls: Call[] = [
      ['get', `/integrations/${integrationId}`],
      ['put', `/integrations/${integrationId}`, { name: 'Mine now' }],
      ['post', `/integrations/${integrationId}/toggle`],
      ['delete', `/integrations/${integrationId}?history=erase`],
      ['get', `/conversations/${conversationId}`],
      ['get', `/conversations/${conversationId}/messages`],
      ['post', `/conversations/${conversationId}/read`],
      ['get', `/messages/${messageId}`],
      ['get', `/conversations/${conversation.id}/messages?before=${messageId}`],
      ['post', '/messages/send', { conversationId, message: 'Hi' }],
      ['post', '/messages/send', { contactId, message: 'Hi' }],
      ['post', '/messages/send', { conversationId: conversation.id, integrationId, message: 'Hi' }],
      ['post', '/messages/send', { to: '+14155550123', integrationId, message: 'Hi' }],
    ];
    const answers: unknown[] = [];
    for (const entry of calls) answers.push([entry[1], ...(await verdictOf(call(entry, stage.token)))]);
    expect(answers).toEqual(calls.map(([, path]) => [path, 404, 'not_found']));
    const { body } = await call(['get', `/integrations/${integrationId}`], acme()).expect(200);
    expect(body.data).toMatchObject({ name: 'Acme', active: true });
    expect(stage.simulator.accepted).toHaveLength(0);
  });

  it("cannot quote another's message", async () => {
    const body = { conversationId: conversation.id, message: 'Hi', replyTo: foreign.messageId };
    expect(await verdictOf(call(['post', '/messages/send', body], stage.token))).toEqual([
      400,
      'validation_failed',
    ]);
  });

  it("may filter by another's number and find nothing", async () => {
    const { body } = await call(
      ['get', `/conversations?integration=${foreign.integrationId}`],
      stage.token,
    ).expect(200);
    expect(body.data).toEqual([]);
  });

  it('keep client keys apart', async () => {
    const clientKey = 'the-same-key';
    const first = await call(
      ['post', '/messages/send', { conversationId: conversation.id, message: 'From default', clientKey }],
      stage.token,
    ).expect(202);
    const second = await call(
      ['post', '/messages/send', { conversationId: foreign.conversationId, message: 'From acme', clientKey }],
      acme(),
    ).expect(202);
    expect(second.body.data.id).not.toBe(first.body.data.id);
    expect(second.body.data.text).toBe('From acme');
  });

  it('reach the same phone number through their own contact', async () => {
    const { body } = await call(
      ['post', '/messages/send', { to: foreign.phone, message: 'From acme, by phone' }],
      acme(),
    ).expect(202);
    expect(body.data.conversationId).toBe(foreign.conversationId);
  });

  it('show the admin panel the default one only', async () => {
    const { body } = await stage.http.get('/whatsapp/conversations?limit=100').set(stage.admin).expect(200);
    expect(body.data.length).toBeGreaterThan(0);
    expect(body.data.map(({ id }: Conversation) => id)).not.toContain(foreign.conversationId);
    const one = stage.http.get(`/whatsapp/conversations/${foreign.conversationId}`).set(stage.admin);
    expect(await verdictOf(one)).toEqual([404, 'not_found']);
    const retry = stage.http.post(`/whatsapp/messages/${foreign.messageId}/retry`).set(stage.admin);
    expect(await verdictOf(retry)).toEqual([404, 'not_found']);
    await sendText(stage, conversation.id, 'Still mine');
  });
});
