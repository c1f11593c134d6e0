import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { setStage, until, type Stage } from '../support/stage';
import {
  get,
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

/** §5 of the REST contract. */
const CONVERSATION = [
  'id',
  'integrationId',
  'contact',
  'status',
  'unreadCount',
  'lastMessage',
  'lastMessageAt',
  'windowExpiresAt',
  'windowOpen',
  'assignee',
  'tags',
  'createdAt',
].sort();
const CONTACT = [
  'id',
  'linkedEntry',
  'name',
  'profileName',
  'phone',
  'waId',
  'userId',
  'username',
  'blocked',
].sort();
const LAST_MESSAGE = ['id', 'text', 'type', 'direction', 'at'];
const MESSAGE = [
  'id',
  'conversationId',
  'direction',
  'type',
  'text',
  'status',
  'statuses',
  'error',
  'wamid',
  'replyTo',
  'reactions',
  'media',
  'content',
  'origin',
  'author',
  'template',
  'edited',
  'revoked',
  'timestamp',
  'createdAt',
];
/** More than the contract asks for, which it allows. */
const MESSAGE_EXTRAS = ['clientKey', 'scheduledAt'];

type List<T> = { data: T[]; meta: { nextCursor: string | null; hasNewer?: boolean } };
const list = (query = '') => get<List<Conversation>>(stage, `/conversations${query}`);
const ask = (path: string) => stage.http.get(`/api/whatsapp${path}`).set(stage.token);
const idsOf = async (query: string) => (await list(`?limit=100&${query}`)).data.map(({ id }) => id);
const table = (name: string) => stage.strapi.db.connection(`whatsapp_${name}`);

describe('a conversation', () => {
  it('has exactly the fields of the contract, with ISO times and text ids', async () => {
    const customer = newCustomer(stage, { name: 'Ana', username: 'ana.writes' });
    const conversation = await writeIn(stage, customer, 'Hola 🙂');
    expect(Object.keys(conversation).sort()).toEqual(CONVERSATION);
    expect(Object.keys(conversation.contact).sort()).toEqual(CONTACT);
    expect(Object.keys(conversation.lastMessage ?? {})).toEqual(expect.arrayContaining(LAST_MESSAGE));
    expect(conversation).toMatchObject({
      integrationId: stage.number.id,
      status: 'open',
      unreadCount: 1,
      windowOpen: true,
      assignee: null,
      tags: [],
      contact: { profileName: 'Ana', phone: customer.phone, userId: customer.userId, username: 'ana.writes' },
      lastMessage: { text: 'Hola 🙂', type: 'text', direction: 'inbound' },
    });
    const { lastMessageAt, windowExpiresAt, createdAt, lastMessage } = conversation;
    for (const time of [lastMessageAt, windowExpiresAt, createdAt, lastMessage?.at])
      expect(time).toMatch(ISO);
    expect(Date.parse(windowExpiresAt as string) - Date.parse(lastMessageAt as string)).toBe(24 * 3_600_000);
    for (const id of [conversation.id, conversation.contact.id, lastMessage?.id])
      expect(typeof id).toBe('string');
    expect(await get(stage, `/conversations/${conversation.id}`)).toEqual({ data: conversation });
  });

  it('of a person without a phone number says so with null', async () => {
    const { contact } = await writeIn(stage, newCustomer(stage, { phone: null, username: 'hidden.one' }));
    expect(contact).toMatchObject({ phone: null, waId: null, userId: expect.stringMatching(/^[A-Z]{2}\./) });
  });

  it('resets its unread count when it is read, also twice and while messages come in', async () => {
    const customer = newCustomer(stage);
    await writeIn(stage, customer, 'one');
    const { id, unreadCount, lastMessage } = await writeIn(stage, customer, 'two');
    expect(unreadCount).toBe(2);
    const read = (body?: object) =>
      stage.http
        .post(`/api/whatsapp/conversations/${id}/read`)
        .set(stage.token)
        .send(body ?? {})
        .expect(200);
    await writeIn(stage, customer, 'three');
    expect((await read({ upTo: lastMessage?.id })).body.data.unreadCount).toBe(1);
    const { body } = await read();
    expect(Object.keys(body.data).sort()).toEqual(CONVERSATION);
    expect(body.data.unreadCount).toBe(0);
    expect((await read()).body.data.unreadCount).toBe(0);
  });

  it.each(['999999', '0', '2147483648', '9'.repeat(30), 'abc', '../1', '%00'])(
    '%s does not exist',
    async (id) => {
      const path = `/conversations/${encodeURIComponent(id)}`;
      const read = stage.http.post(`/api/whatsapp${path}/read`).set(stage.token);
      expect(
        await Promise.all([verdictOf(ask(path)), verdictOf(ask(`${path}/messages`)), verdictOf(read)]),
      ).toEqual(Array(3).fill([404, 'not_found']));
    },
  );
});

describe('the list of conversations', () => {
  let number: Awaited<ReturnType<Stage['addNumber']>>;
  let made: Conversation[];
  beforeAll(async () => {
    number = await stage.addNumber();
    made = [];
    for (let n = 0; n < 12; n += 1) made.push(await newConversation(stage, number));
    // Twelve people within one or two seconds: ties in time are the rule here.
    await table('conversations')
      .where({ id: Number(made[1].id) })
      .update({ state: 'resolved' });
    await table('conversations')
      .where({ id: Number(made[2].id) })
      .update({ unread_count: 0 });
    await table('conversations')
      .where({ id: Number(made[3].id) })
      .update({ last_inbound_at: Date.now() - 25 * 3_600_000 });
    await table('conversations')
      .where({ id: Number(made[4].id) })
      .update({ tags: JSON.stringify(['vip', '50%_off']) });
    await table('contacts')
      .where({ id: Number(made[5].contact.id) })
      .update({ name: 'Zed_100%' });
  });
  const mine = (query: string) => idsOf(`integration=${number.id}&${query}`);
  const without = (...indexes: number[]) =>
    made
      .filter((_, index) => !indexes.includes(index))
      .map(({ id }) => id)
      .sort();

  it('is walked by cursor without gap or repeat while new people write', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: List<Conversation> = await list(
        `?integration=${number.id}&limit=5${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.meta.nextCursor;
      if (cursor) await newConversation(stage, number);
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.sort()).toEqual(made.map(({ id }) => id).sort());
    const times = (await list(`?integration=${number.id}&limit=100`)).data.map(
      (c) => c.lastMessageAt as string,
    );
    expect(times).toEqual([...times].sort().reverse());
    // The later ones would blur the filters below.
    await table('conversations')
      .where({ integration_id: Number(number.id) })
      .whereNotIn(
        'id',
        made.map(({ id }) => Number(id)),
      )
      .delete();
  });

  it.each<[string, () => Promise<string[]>, number[]]>([
    ['status', () => mine('status=resolved'), [1]],
    ['tag', () => mine('tag=vip'), [4]],
    ['a tag with wildcards in it, literally', () => mine('tag=50%25_off'), [4]],
    ['part of a tag finds nothing', () => mine('tag=vi'), []],
    ['a closed window', () => mine('window=closed'), [3]],
    ['q in the name, without case', () => mine('q=zED'), [5]],
    ['q with wildcards, literally', () => mine('q=_100%25'), [5]],
    ['assignee nobody has', () => mine('assignee=1'), []],
    ['an assignee that cannot exist', () => mine('assignee=abc'), []],
  ])('filters by %s', async (_name, query, expected) => {
    expect((await query()).sort()).toEqual(expected.map((index) => made[index].id).sort());
  });

  it('filters by what most rows have, too', async () => {
    expect((await mine('unread=true')).sort()).toEqual(without(2));
    expect((await mine('window=open')).sort()).toEqual(without(3));
    expect((await mine('status=open&unread=true&window=open')).sort()).toEqual(without(1, 2, 3));
    expect(await mine(`q=${encodeURIComponent((made[6].contact.phone as string).slice(1))}`)).toEqual([
      made[6].id,
    ]);
    expect(await idsOf('integration=999999')).toEqual([]);
    expect(await idsOf('integration=abc')).toEqual([]);
  });

  it('names the assignee and nothing else of that person', async () => {
    const { id: userId } = await stage.strapi.db.query('admin::user').findOne({ where: {} });
    await table('conversations')
      .where({ id: Number(made[7].id) })
      .update({ assignee_id: userId });
    const [row] = (await list(`?assignee=${userId}`)).data;
    expect(row.id).toBe(made[7].id);
    expect(row.assignee).toEqual({ id: String(userId), name: expect.stringMatching(/^Test User/) });
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=abc',
    'cursor=abc',
    'cursor=',
    'status=closed',
    'unread=yes',
    'window=ajar',
    `q=${'x'.repeat(201)}`,
  ])('refuses ?%s', async (query) => {
    expect(await verdictOf(ask(`/conversations?${query}`))).toEqual([400, 'validation_failed']);
  });

  it('gives 25 when nothing is said and 100 at most', async () => {
    const template = await table('conversations')
      .where({ id: Number(made[0].id) })
      .first();
    const contact = await table('contacts')
      .where({ id: Number(made[0].contact.id) })
      .first();
    const strip = ({ id: _id, ...rest }: Record<string, unknown>) => rest;
    for (let n = 0; n < 105; n += 1) {
      const key = `bulk${String(n).padStart(20, '0')}`;
      await table('contacts').insert({ ...strip(contact), document_id: key });
      const { id } = await table('contacts').where({ document_id: key }).first('id');
      await table('conversations').insert({
        ...strip(template),
        document_id: key,
        contact_id: id,
        last_message_at: n + 1,
      });
    }
    expect((await list()).data).toHaveLength(25);
    const page = await list('?limit=100');
    expect(page.data).toHaveLength(100);
    expect(page.meta.nextCursor).not.toBeNull();
  });
});

describe('a message', () => {
  it('has exactly the fields of the contract, whichever way it went', async () => {
    const conversation = await newConversation(stage);
    const sent = await sendText(stage, conversation.id, 'Answer');
    const delivered = await reaches(stage, sent.id, ['delivered']);
    const [, inbound] = await thread(stage, conversation.id);
    for (const item of [sent, delivered, inbound]) {
      expect(Object.keys(item).sort()).toEqual([...MESSAGE, ...MESSAGE_EXTRAS].sort());
      for (const time of [item.timestamp, item.createdAt, ...item.statuses.map(({ at }) => at)])
        expect(time).toMatch(ISO);
      expect([typeof item.id, item.conversationId]).toEqual(['string', conversation.id]);
    }
    expect(inbound).toMatchObject({
      direction: 'inbound',
      type: 'text',
      text: 'Hello',
      origin: 'contact',
      author: null,
      error: null,
      replyTo: null,
      reactions: [],
      media: null,
      template: null,
      edited: false,
      revoked: false,
      wamid: expect.stringMatching(/^wamid\./),
    });
    expect(sent).toMatchObject({
      direction: 'outbound',
      status: 'queued',
      origin: 'api',
      author: null,
      wamid: null,
    });
    expect(delivered.statuses.map(({ status }) => status)).toEqual([
      'queued',
      'accepted',
      'sent',
      'delivered',
    ]);
  });

  it('shows what it answers with id, wamid and text', async () => {
    const conversation = await newConversation(stage);
    const quoted = (await thread(stage, conversation.id))[0];
    const { body } = await stage.http
      .post('/api/whatsapp/messages/send')
      .set(stage.token)
      .send({ conversationId: conversation.id, message: 'Quoting you', replyTo: quoted.id })
      .expect(202);
    expect(body.data.replyTo).toMatchObject({ id: quoted.id, wamid: quoted.wamid, text: 'Hello' });
  });

  it('carries reactions instead of making rows of them', async () => {
    const customer = newCustomer(stage);
    const conversation = await writeIn(stage, customer);
    const [inbound] = await thread(stage, conversation.id);
    await stage.simulator.play(customer.id, stage.number.phoneNumberId, {
      type: 'reaction',
      messageId: inbound.wamid as string,
      emoji: '❤️',
    });
    const reacted = await until(
      () => message(stage, inbound.id),
      ({ reactions }) => reactions.length > 0,
    );
    expect(reacted.reactions).toEqual([{ emoji: '❤️', from: 'contact' }]);
    expect(await thread(stage, conversation.id)).toHaveLength(1);
  });

  it.each(['999999', '0', '2147483648', 'abc', '%00'])('%s does not exist', async (id) => {
    expect(await verdictOf(ask(`/messages/${encodeURIComponent(id)}`))).toEqual([404, 'not_found']);
  });
});

describe('what OpenAPI says', () => {
  it('holds for real answers, to the value', async () => {
    const { messageListAnswer, conversationListAnswer, integrationList } =
      await import('../../../server/src/http/schemas');
    const { data } = await list('?limit=100');
    expect(data.length).toBeGreaterThan(10);
    const thread = await get(stage, `/conversations/${data[0].id}/messages`);
    for (const [schema, answer] of [
      [conversationListAnswer, await list('?limit=100')],
      [messageListAnswer, thread],
      [integrationList, await get(stage, '/integrations')],
    ] as const) {
      expect(schema.safeParse(answer).error?.issues ?? []).toEqual([]);
    }
  });
});

describe('the thread', () => {
  let conversation: Conversation;
  let all: Message[];
  beforeAll(async () => {
    const customer = newCustomer(stage);
    for (let n = 0; n < 11; n += 1) conversation = await writeIn(stage, customer, `message ${n}`);
    all = await thread(stage, conversation.id);
  });
  const page = (query: string) =>
    get<List<Message>>(stage, `/conversations/${conversation.id}/messages?${query}`);

  it('is newest first', () => {
    expect(all.map(({ text }) => text)).toEqual(Array.from({ length: 11 }, (_, n) => `message ${10 - n}`));
  });

  it.each(['before', 'cursor'])('is walked back by ?%s= without gap or repeat', async (way) => {
    const seen: string[] = [];
    let from: string | null = null;
    do {
      const { data, meta }: List<Message> = await page(`limit=4${from ? `&${way}=${from}` : ''}`);
      seen.push(...data.map(({ id }) => id));
      from = meta.nextCursor;
    } while (from !== null);
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it('answers what came after a message, newest first, and whether there is more', async () => {
    const { data, meta } = await page(`after=${all[6].id}&limit=4`);
    expect(data.map(({ id }) => id)).toEqual(all.slice(2, 6).map(({ id }) => id));
    expect(meta.hasNewer).toBe(true);
    expect((await page(`after=${all[0].id}`)).data).toEqual([]);
  });

  it('refuses limits outside 1 to 100, two directions at once, and the message of another thread', async () => {
    const other = await newConversation(stage);
    const path = `/conversations/${conversation.id}/messages`;
    expect(await verdictOf(ask(`${path}?limit=101`))).toEqual([400, 'validation_failed']);
    expect(await verdictOf(ask(`${path}?limit=0`))).toEqual([400, 'validation_failed']);
    expect(await verdictOf(ask(`${path}?before=${all[1].id}&after=${all[5].id}`))).toEqual([
      400,
      'validation_failed',
    ]);
    for (const query of [
      `before=${other.lastMessage?.id}`,
      `after=${other.lastMessage?.id}`,
      'before=abc',
      'after=0',
    ]) {
      expect([query, await verdictOf(ask(`${path}?${query}`))]).toEqual([query, [404, 'not_found']]);
    }
  });
});
