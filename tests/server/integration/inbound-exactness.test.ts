/** What was sent is stored, once, in whatever order and however often it arrives. */
import { applyParked } from '../../../server/src/inbound/park';
import { failureOfStatus } from '../../../server/src/outbound/failure';
import { createDatabase } from '../../../server/src/storage/database';
import { rowsOf, json, type Row, type Rows } from '../support/rows';
import { setStage, until, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

let stage: Stage;
let rows: Rows;
beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());

const ok = async (answer: Promise<hook.HttpAnswer>): Promise<void> => {
  const { status, text } = await answer;
  expect({ status, text }).toEqual({ status: 200, text: 'ok' });
};
const send = (payload: unknown): Promise<void> => ok(hook.post(stage, payload));
const say = async (customer: hook.Customer, over: hook.Json = {}): Promise<string> => {
  const message = hook.messageFrom(customer, over);
  await send(hook.from(stage.number, customer, message));
  return message.id as string;
};
const only = async (customer: hook.Customer): Promise<Row> => {
  const list = await rows.conversationsOf(customer);
  expect(list).toHaveLength(1);
  return list[0];
};
const seconds = (ms: number): string => String(Math.floor(ms / 1000));
let customers = 0;
/** A message that we sent: Meta has answered with this wamid. */
const sent = async (): Promise<{ id: number; wamid: string; sendKey: string }> => {
  const { simulator, number } = stage;
  const ana = simulator.customers.add({
    name: 'Ana',
    phone: `+3460055${String(customers++).padStart(4, '0')}`,
  });
  await simulator.play(ana.id, number.phoneNumberId, { type: 'text', text: 'Hello' });
  await simulator.idle(5_000);
  const conversation = await only({ userId: ana.userId });
  const { body } = await stage.http
    .post('/api/whatsapp/messages/send')
    .set(stage.token)
    .send({ conversationId: String(conversation.id), message: 'Hi' })
    .expect(202);
  const id = Number(body.data.id);
  const row = await until(
    async () => (await rows.all('messages', { id }))[0],
    (message) => message.accepted_at !== null,
  );
  return { id, wamid: String(row.wamid), sendKey: String(row.send_key) };
};
/** One that was written to the tables only: nobody else tells anything about it. */
const queued = async (over: Row = {}): Promise<{ id: number; sendKey: string }> => {
  const ana = hook.newCustomer();
  const wamid = await say(ana);
  const inbound = (await rows.message(wamid)) as Row;
  const sendKey = `key-${wamid}`;
  await stage.strapi.db.connection('whatsapp_messages').insert({
    document_id: sendKey.slice(-24),
    organization_id: inbound.organization_id,
    integration_id: inbound.integration_id,
    conversation_id: inbound.conversation_id,
    direction: 'outbound',
    message_type: 'text',
    origin: 'agent',
    text: 'Hi',
    written_at: Date.now(),
    received_at: Date.now(),
    delivery_status: 'unknown',
    send_key: sendKey,
    ...over,
  });
  const [row] = await rows.all('messages', { send_key: sendKey });
  return { id: Number(row.id), sendKey };
};
const parkedFor = (wamid: string): Promise<number> => rows.count('parked_statuses', { wamid });

describe('duplicates', () => {
  it('the same delivery three times at once and twenty times in a row is one message, one unread, one change', async () => {
    const ana = hook.newCustomer();
    const message = hook.messageFrom(ana);
    const payload = hook.from(stage.number, ana, message);
    const before = await rows.totals();
    await Promise.all([send(payload), send(payload), send(payload)]);
    for (let round = 0; round < 20; round += 1) await send(payload);
    expect(await only(ana)).toMatchObject({ unread_count: 1 });
    const after = await rows.totals();
    expect(after).toEqual({
      ...before,
      contacts: before.contacts + 1,
      contact_aliases: before.contact_aliases + 2,
      conversations: before.conversations + 1,
      messages: before.messages + 1,
      changes: before.changes + 1,
      delivery_log: before.delivery_log + 23,
    });
  });

  it('the same element twice in one delivery is one message', async () => {
    const ana = hook.newCustomer();
    const message = hook.messageFrom(ana);
    await send(hook.from(stage.number, ana, message, message));
    expect(await only(ana)).toMatchObject({ unread_count: 1 });
  });

  it('a redelivery after the editor has read it does not make it unread again', async () => {
    const ana = hook.newCustomer();
    const payload = hook.from(stage.number, ana, hook.messageFrom(ana));
    await send(payload);
    const { id } = await only(ana);
    await stage.http
      .post(`/api/whatsapp/conversations/${String(id)}/read`)
      .set(stage.token)
      .expect(200);
    await send(payload);
    expect(await only(ana)).toMatchObject({ unread_count: 0 });
  });

  it('ten messages of a new customer in ten deliveries at once are one conversation with ten', async () => {
    const ana = hook.newCustomer();
    const list = Array.from({ length: 10 }, () => hook.messageFrom(ana));
    await Promise.all(list.map((message) => send(hook.from(stage.number, ana, message))));
    const { id, unread_count: unread } = await only(ana);
    expect(unread).toBe(10);
    expect(await rows.count('messages', { conversation_id: id })).toBe(10);
  });

  it('a number change that is told three times at once leaves one line', async () => {
    const ana = hook.newCustomer();
    await say(ana);
    const moved = hook.newCustomer();
    const line = {
      id: hook.newWamid(),
      timestamp: String(hook.nowSeconds()),
      type: 'system',
      from: ana.phone,
      system: {
        type: 'user_changed_number',
        body: 'moved',
        wa_id: moved.phone,
        user_id: moved.userId,
        previous_user_id: ana.userId,
      },
    };
    const payload = hook.delivery(stage.number, hook.change(stage.number, { messages: [line] }));
    const statements = (): number =>
      stage.strapi.plugin('whatsapp').service('diagnostics').snapshot().statements as number;
    const before = statements();
    await Promise.all([send(payload), send(payload), send(payload)]);
    expect(statements() - before).toBeLessThan(25);
    expect(await rows.count('messages', { wamid: line.id })).toBe(1);
    expect(await rows.count('quarantine', { phone_number_id: stage.number.phoneNumberId })).toBe(0);
  });
});

describe('a thousand events in one delivery', () => {
  it('all of them are stored: messages, statuses, reactions over many entries and changes', async () => {
    const people = Array.from({ length: 40 }, () => hook.newCustomer());
    const messages: { wamid: string; customer: hook.Customer }[] = [];
    const reactions: { wamid: string; emoji: string }[] = [];
    const entry = Array.from({ length: 10 }, (_e, e) => ({
      id: stage.number.businessAccountId,
      changes: Array.from({ length: 4 }, (_c, c) => {
        const customer = people[e * 4 + c];
        const own = Array.from({ length: 15 }, () => hook.messageFrom(customer));
        own.forEach(({ id }) => messages.push({ wamid: id as string, customer }));
        const reacted = own.slice(0, 5).map(({ id }, i) => {
          reactions.push({ wamid: id as string, emoji: ['👍', '❤️', '😂', '😮', '🙏'][i] });
          return hook.reactionTo(customer, id as string, ['👍', '❤️', '😂', '😮', '🙏'][i]);
        });
        const statuses = Array.from({ length: 5 }, () => hook.statusOf(hook.newWamid(), 'delivered'));
        return hook.change(stage.number, {
          contacts: [hook.contactOf(customer)],
          messages: [...reacted, ...own],
          statuses,
        });
      }),
    }));
    const before = await rows.totals();
    await send({ object: 'whatsapp_business_account', entry });
    const after = await rows.totals();
    expect(messages.length + reactions.length + 40 * 5).toBe(1000);
    expect(after.messages - before.messages).toBe(600);
    expect(after.conversations - before.conversations).toBe(40);
    expect(after.parked_statuses - before.parked_statuses).toBe(200);
    expect(after.quarantine).toBe(before.quarantine);
    for (const customer of people) expect(await only(customer)).toMatchObject({ unread_count: 15 });
    const stored = new Map((await rows.all('messages')).map((row) => [row.wamid, row]));
    for (const { wamid, emoji } of reactions) expect(stored.get(wamid)?.contact_reaction).toBe(emoji);
    const [log] = (await rows.all('delivery_log')).slice(-1);
    expect(log).toMatchObject({ outcome: 'applied', events: 1000 });
    expect(json(log.summary)).toEqual({
      'message.received': 600,
      'reaction.changed': 200,
      'status.changed': 200,
    });
  });
});

describe('order', () => {
  it('the conversation ends with its newest message, whatever arrives last', async () => {
    const ana = hook.newCustomer();
    const now = Date.now();
    const at = (minutes: number) => ({ timestamp: seconds(now - minutes * 60_000) });
    await say(ana, { ...at(2), text: { body: 'third' } });
    await say(ana, { ...at(4), text: { body: 'first' } });
    await say(ana, { ...at(3), text: { body: 'second' } });
    const { body } = await stage.http
      .get(`/api/whatsapp/conversations/${String((await only(ana)).id)}/messages`)
      .set(stage.token);
    expect(body.data.map((message: Row) => message.text)).toEqual(['third', 'second', 'first']);
    const shown = await stage.http
      .get(`/api/whatsapp/conversations/${String((await only(ana)).id)}`)
      .set(stage.token);
    expect(shown.body.data).toMatchObject({ unreadCount: 3, lastMessage: { text: 'third' } });
  });

  it('a message that is seven days late takes its place and changes nothing else', async () => {
    const ana = hook.newCustomer();
    const recent = Date.now() - 26 * HOUR;
    await say(ana, { timestamp: seconds(recent) });
    const { id } = await only(ana);
    await stage.strapi.db.connection('whatsapp_conversations').where({ id }).update({ state: 'resolved' });
    const before = await only(ana);
    const late = await say(ana, { timestamp: seconds(Date.now() - 7 * DAY) });
    expect(await rows.message(late)).toMatchObject({ conversation_id: id });
    expect(await only(ana)).toMatchObject({
      state: 'resolved',
      last_message_key: before.last_message_key,
      last_message_at: before.last_message_at,
      last_inbound_at: before.last_inbound_at,
      unread_count: 2,
    });
    const { body } = await stage.http.get(`/api/whatsapp/conversations/${String(id)}`).set(stage.token);
    expect(body.data.windowOpen).toBe(false);
  });

  it('the first message of a person, a week late, opens a conversation with a closed window', async () => {
    const ana = hook.newCustomer();
    await say(ana, { timestamp: seconds(Date.now() - 7 * DAY) });
    const { body } = await stage.http
      .get(`/api/whatsapp/conversations/${String((await only(ana)).id)}`)
      .set(stage.token);
    expect(body.data).toMatchObject({ windowOpen: false, unreadCount: 1 });
  });

  it('a new message brings back a conversation that was put away', async () => {
    const ana = hook.newCustomer();
    await say(ana, { timestamp: seconds(Date.now() - 60_000) });
    const { id } = await only(ana);
    for (const state of ['resolved', 'archived', 'snoozed', 'pending']) {
      await stage.strapi.db.connection('whatsapp_conversations').where({ id }).update({ state });
      await say(ana);
      expect(await only(ana)).toMatchObject({ state: state === 'pending' ? 'pending' : 'open' });
    }
  });

  it.each([
    ['ten minutes ahead', () => String(hook.nowSeconds() + 600)],
    ['zero', () => '0'],
    ['negative', () => '-5'],
    ['no number', () => 'yesterday'],
    ['missing', () => undefined],
    ['an object', () => ({})],
  ])('a time that is %s becomes the time of receipt', async (_name, time) => {
    const ana = hook.newCustomer();
    const started = Date.now();
    const wamid = await say(ana, { timestamp: time() });
    const row = (await rows.message(wamid)) as Row;
    expect(Number(row.written_at)).toBe(Number(row.received_at));
    expect(Number(row.written_at)).toBeGreaterThanOrEqual(started);
    expect(Number((await only(ana)).last_inbound_at)).toBe(Number(row.written_at));
  });
});

describe('statuses', () => {
  it('reach a message by its wamid, each kind once', async () => {
    const { id, wamid } = await sent();
    await until(
      async () => (await rows.all('messages', { id }))[0],
      (row) => row.delivery_status === 'delivered',
    );
    const count = await rows.count('messages');
    const read = hook.statuses(stage.number, hook.statusOf(wamid, 'read'));
    await Promise.all([send(read), send(read), send(read)]);
    await send(hook.statuses(stage.number, hook.statusOf(wamid, 'sent')));
    expect((await rows.all('messages', { id }))[0]).toMatchObject({
      delivery_status: 'read',
      failed_at: null,
    });
    expect(await rows.count('messages')).toBe(count);
  });

  it('that come before the wamid is known wait, and are applied when the answer of the send is stored', async () => {
    const { id } = await queued();
    const wamid = hook.newWamid();
    await send(hook.statuses(stage.number, hook.statusOf(wamid, 'delivered')));
    expect(await parkedFor(wamid)).toBe(1);
    await stage.strapi.db
      .connection('whatsapp_messages')
      .where({ id })
      .update({ wamid, delivery_status: 'accepted' });
    // As the lane does once Meta's answer is stored, and maintenance for all others.
    expect(await applyParked(createDatabase(stage.strapi), failureOfStatus, Date.now())).toBe(1);
    expect(await parkedFor(wamid)).toBe(0);
    expect((await rows.all('messages', { id }))[0]).toMatchObject({ delivery_status: 'delivered' });
  });

  it('find a message without a wamid by our own key, and take along those that waited', async () => {
    const { id, sendKey } = await queued();
    const wamid = hook.newWamid();
    await send(hook.statuses(stage.number, hook.statusOf(wamid, 'delivered')));
    expect(await parkedFor(wamid)).toBe(1);
    await send(
      hook.statuses(stage.number, hook.statusOf(wamid, 'sent', { biz_opaque_callback_data: sendKey })),
    );
    expect((await rows.all('messages', { id }))[0]).toMatchObject({ wamid, delivery_status: 'delivered' });
    expect(await parkedFor(wamid)).toBe(0);
  });

  it('in one delivery help each other: the one with our key tells the wamid of the one without', async () => {
    const { id, sendKey } = await queued();
    const wamid = hook.newWamid();
    const withKey = hook.statusOf(wamid, 'sent', { biz_opaque_callback_data: sendKey });
    await send(hook.statuses(stage.number, hook.statusOf(wamid, 'read'), withKey));
    expect((await rows.all('messages', { id }))[0]).toMatchObject({ wamid, delivery_status: 'read' });
  });

  it('with the key of another number’s message are not believed', async () => {
    const { id, sendKey } = await queued();
    const other = await stage.addNumber();
    const status = hook.statusOf(hook.newWamid(), 'read', { biz_opaque_callback_data: sendKey });
    await ok(hook.post(stage, hook.statuses(other, status), { secret: other.appSecret }));
    expect((await rows.all('messages', { id }))[0]).toMatchObject({
      wamid: null,
      delivery_status: 'unknown',
    });
  });

  it('of a message that nobody here sent are kept, make no row and no error', async () => {
    const wamid = hook.newWamid();
    const before = await rows.totals();
    await send(hook.statuses(stage.number, hook.statusOf(wamid, 'read')));
    expect(await rows.totals()).toEqual({
      ...before,
      parked_statuses: before.parked_statuses + 1,
      delivery_log: before.delivery_log + 1,
    });
  });

  it('keep the reason of a failure, and the refusal closes the window', async () => {
    const { id, sendKey } = await queued();
    const wamid = hook.newWamid();
    const errors = [
      { code: 131047, title: 'Re-engagement message', error_data: { details: 'More than 24 hours' } },
    ];
    await send(
      hook.statuses(
        stage.number,
        hook.statusOf(wamid, 'failed', { errors, biz_opaque_callback_data: sendKey }),
      ),
    );
    const [row] = await rows.all('messages', { id });
    expect(row.delivery_status).toBe('failed');
    expect(json(row.error)).toMatchObject({ code: '131047' });
    const [conversation] = await rows.all('conversations', { id: row.conversation_id });
    expect(Number(conversation.window_refused_at)).toBeGreaterThan(0);
    await send(hook.statuses(stage.number, hook.statusOf(wamid, 'sent')));
    expect((await rows.all('messages', { id }))[0]).toMatchObject({ delivery_status: 'failed' });
  });

  it('of a payment are no delivery news', async () => {
    const { id, sendKey } = await queued();
    await send(
      hook.statuses(
        stage.number,
        hook.statusOf(hook.newWamid(), 'failed', { type: 'payment', biz_opaque_callback_data: sendKey }),
      ),
    );
    expect((await rows.all('messages', { id }))[0]).toMatchObject({
      delivery_status: 'unknown',
      failed_at: null,
    });
  });
});

describe('reactions, edits, deletions', () => {
  const reaction = async (wamid: string): Promise<unknown> => (await rows.message(wamid))?.contact_reaction;

  it('stick to their message, replace each other, and can be taken back', async () => {
    const ana = hook.newCustomer();
    const wamid = await say(ana);
    const count = await rows.count('messages');
    const t = hook.nowSeconds();
    const react = (emoji: string | null, at: number) =>
      send(hook.from(stage.number, ana, hook.reactionTo(ana, wamid, emoji, { timestamp: String(at) })));
    await react('👍', t - 30);
    expect(await reaction(wamid)).toBe('👍');
    await react('❤️', t - 20);
    expect(await reaction(wamid)).toBe('❤️');
    await react('😂', t - 25);
    expect(await reaction(wamid)).toBe('❤️');
    await react(null, t - 10);
    expect(await reaction(wamid)).toBeNull();
    await react('❤️', t - 20);
    expect(await reaction(wamid)).toBeNull();
    await react('', t - 5);
    expect(await rows.count('messages')).toBe(count);
    expect(await only(ana)).toMatchObject({ unread_count: 1 });
  });

  it('that come before their message are there as soon as it is', async () => {
    const ana = hook.newCustomer();
    const message = hook.messageFrom(ana, { timestamp: String(hook.nowSeconds() - 50) });
    const wamid = message.id as string;
    const edit = hook.messageFrom(ana, {
      type: 'edit',
      text: undefined,
      edit: { original_message_id: wamid, message: { type: 'text', text: { body: 'mended' } } },
    });
    await send(hook.from(stage.number, ana, hook.reactionTo(ana, wamid, '🎉'), edit));
    expect(await rows.conversationsOf(ana)).toHaveLength(0);
    expect(await parkedFor(wamid)).toBe(2);
    await send(hook.from(stage.number, ana, message));
    expect(await rows.message(wamid)).toMatchObject({ contact_reaction: '🎉', text: 'mended' });
    expect(await parkedFor(wamid)).toBe(0);
  });

  it('even when the message comes a day after them', async () => {
    const ana = hook.newCustomer();
    const message = hook.messageFrom(ana);
    const wamid = message.id as string;
    await send(hook.from(stage.number, ana, hook.reactionTo(ana, wamid, '🐌')));
    await stage.strapi.db
      .connection('whatsapp_parked_statuses')
      .where({ wamid })
      .update({ received_at: Date.now() - DAY });
    await send(hook.from(stage.number, ana, message));
    expect(await reaction(wamid)).toBe('🐌');
  });

  it('an edit replaces the text and keeps what stood there; a late one takes its place, a repeated one changes nothing', async () => {
    const ana = hook.newCustomer();
    const t = hook.nowSeconds();
    const wamid = await say(ana, { text: { body: 'frist' }, timestamp: String(t - 100) });
    const edit = (body: string, at: number) =>
      hook.from(
        stage.number,
        ana,
        hook.messageFrom(ana, {
          type: 'edit',
          text: undefined,
          timestamp: String(at),
          edit: {
            original_message_id: wamid,
            message: { context: { id: 'M0' }, type: 'text', text: { body } },
          },
        }),
      );
    await send(edit('first', t - 50));
    await send(edit('first', t - 50));
    await send(edit('too late', t - 60));
    await send(edit('first!', t - 40));
    const row = (await rows.message(wamid)) as Row;
    expect(row.text).toBe('first!');
    expect(json<{ edits: Row[] }>(row.content).edits).toEqual([
      { text: 'frist', at: new Date((t - 100) * 1000).toISOString() },
      { text: 'too late', at: new Date((t - 60) * 1000).toISOString() },
      { text: 'first', at: new Date((t - 50) * 1000).toISOString() },
    ]);
  });

  it('two edits of one delivery are both kept, in the order of their times', async () => {
    const ana = hook.newCustomer();
    const t = hook.nowSeconds();
    const wamid = await say(ana, { text: { body: 'a' }, timestamp: String(t - 100) });
    const edit = (body: string, at: number) =>
      hook.messageFrom(ana, {
        type: 'edit',
        text: undefined,
        timestamp: String(at),
        edit: { original_message_id: wamid, message: { type: 'text', text: { body } } },
      });
    await send(hook.from(stage.number, ana, edit('c', t - 10), edit('b', t - 20)));
    const row = (await rows.message(wamid)) as Row;
    expect(row.text).toBe('c');
    expect(json<{ edits: Row[] }>(row.content).edits.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('a deletion leaves the row and hides what it said, early or repeated', async () => {
    const ana = hook.newCustomer();
    const first = hook.messageFrom(ana, { text: { body: 'secret' } });
    const revoke = (id: unknown) =>
      hook.from(
        stage.number,
        ana,
        hook.messageFrom(ana, { type: 'revoke', text: undefined, revoke: { original_message_id: id } }),
      );
    await send(revoke(first.id));
    await send(hook.from(stage.number, ana, first));
    await send(revoke(first.id));
    const row = (await rows.message(first.id as string)) as Row;
    expect(row.revoked_at).not.toBeNull();
    const { body } = await stage.http
      .get(`/api/whatsapp/messages/${String(row.id)}`)
      .set(stage.token)
      .expect(200);
    expect(body.data).toMatchObject({ revoked: true, text: '', content: {} });
    expect(JSON.stringify(body)).not.toContain('secret');
  });
});

describe('people', () => {
  it('who hide their phone have a conversation under their BSUID, shown with their username', async () => {
    const ana = hook.hidden({ name: undefined, username: 'ana.p' });
    await say(ana);
    await say(ana);
    const conversation = await only(ana);
    expect(conversation).toMatchObject({ unread_count: 2 });
    const { body } = await stage.http
      .get(`/api/whatsapp/conversations/${String(conversation.id)}`)
      .set(stage.token);
    expect(body.data.contact).toMatchObject({
      phone: null,
      userId: ana.userId,
      username: 'ana.p',
      name: null,
    });
  });

  it('keep their thread when the phone disappears, comes back, or comes later', async () => {
    const ana = hook.newCustomer();
    await say(ana);
    await say({ ...ana, phone: undefined });
    await say(ana);
    expect(await only(ana)).toMatchObject({ unread_count: 3 });
    const ben = hook.hidden();
    await say(ben);
    await say({ ...ben, phone: '14159998877' });
    expect(await only({ ...ben, phone: '14159998877' })).toMatchObject({ unread_count: 2 });
    expect((await rows.all('contacts', { user_id: ben.userId }))[0]).toMatchObject({ phone: '+14159998877' });
  });

  it('are one person under both spellings of a Brazilian number', async () => {
    const ana = hook.newCustomer({ phone: '551187654321', userId: undefined });
    await say(ana);
    await say({ ...ana, phone: '5511987654321' });
    expect(await only({ phone: '551187654321' })).toMatchObject({ unread_count: 2 });
    expect(await rows.count('contact_aliases', { value: '5511987654321' })).toBe(1);
  });

  it('keep the name that the team gave them', async () => {
    const ana = hook.newCustomer({ name: 'Ana' });
    await say(ana);
    await stage.strapi.db
      .connection('whatsapp_contacts')
      .where({ user_id: ana.userId })
      .update({ name: 'Ana (VIP)' });
    await say({ ...ana, name: 'ANA 💃' });
    expect((await rows.all('contacts', { user_id: ana.userId }))[0]).toMatchObject({
      name: 'Ana (VIP)',
      profile_name: 'ANA 💃',
    });
  });

  const moved = (old: hook.Customer, next: hook.Customer) => ({
    id: hook.newWamid(),
    timestamp: String(hook.nowSeconds()),
    type: 'system',
    from: old.phone,
    system: {
      type: 'user_changed_number',
      body: 'changed',
      wa_id: next.phone,
      user_id: next.userId,
      previous_user_id: old.userId,
    },
  });

  it('who change their number keep their thread, and the line neither counts nor opens the window', async () => {
    const old = hook.newCustomer();
    await say(old, { timestamp: seconds(Date.now() - 30 * HOUR) });
    const next = hook.newCustomer({ name: undefined });
    await send(hook.delivery(stage.number, hook.change(stage.number, { messages: [moved(old, next)] })));
    const before = await only(old);
    expect(before).toMatchObject({ unread_count: 1 });
    expect(Date.now() - Number(before.last_inbound_at)).toBeGreaterThan(29 * HOUR);
    await say(next);
    expect(await only(next)).toMatchObject({ id: before.id, unread_count: 2 });
    await send(
      hook.statuses(stage.number, hook.statusOf(hook.newWamid(), 'read', { recipient_id: old.phone })),
    );
    expect(await only(old)).toMatchObject({ id: before.id });
  });

  it('also when the news of it overtakes their last message from the old number', async () => {
    const old = hook.newCustomer();
    const next = hook.newCustomer();
    await send(hook.delivery(stage.number, hook.change(stage.number, { messages: [moved(old, next)] })));
    await say(old);
    await say(next);
    const { id } = await only(next);
    expect(await only(old)).toMatchObject({ id, unread_count: 2 });
  });

  it('two strangers without any id in common stay two, the business itself is nobody', async () => {
    const before = await rows.count('contacts');
    await say(hook.newCustomer());
    await say(hook.newCustomer());
    expect(await rows.count('contacts')).toBe(before + 2);
    const echo = hook.newCustomer();
    await send(
      hook.delivery(
        stage.number,
        hook.change(
          stage.number,
          {
            message_echoes: [
              {
                from: stage.number.phoneNumber.slice(1),
                to: echo.phone,
                to_user_id: echo.userId,
                id: hook.newWamid(),
                timestamp: String(hook.nowSeconds()),
                type: 'text',
                text: { body: 'On my way' },
              },
            ],
          },
          'smb_message_echoes',
        ),
      ),
    );
    expect(await rows.count('contact_aliases', { value: stage.number.phoneNumber.slice(1) })).toBe(0);
    const conversation = await only(echo);
    expect(conversation).toMatchObject({ unread_count: 0, last_inbound_at: null });
    const [message] = await rows.all('messages', { conversation_id: conversation.id });
    expect(message).toMatchObject({ direction: 'outbound', origin: 'phone_app', text: 'On my way' });
  });

  it('in a group talk in the group’s conversation, not in their own', async () => {
    const [ana, ben] = [hook.newCustomer({ name: 'Ana' }), hook.newCustomer({ name: 'Ben' })];
    const group = `group-${hook.newWamid()}`;
    await say(ana, { group_id: group });
    await say(ben, { group_id: group });
    const [alias] = await rows.all('contact_aliases', { kind: 'group', value: group });
    const list = await rows.all('conversations', { contact_id: alias.contact_id });
    expect(list).toHaveLength(1);
    expect(list[0]).toMatchObject({ unread_count: 2, last_inbound_at: null });
    expect(
      (await rows.all('messages', { conversation_id: list[0].id })).map((row) => row.author_name),
    ).toEqual(['Ana', 'Ben']);
    expect(await rows.conversationsOf(ana)).toHaveLength(0);
  });

  it('imported history neither counts, nor opens the window, nor moves the conversation', async () => {
    const ana = hook.newCustomer();
    await say(ana);
    const before = await only(ana);
    const ours = stage.number.phoneNumber.slice(1);
    const element = (sender: unknown, to: unknown, body: string) => ({
      from: sender,
      to,
      id: hook.newWamid(),
      timestamp: seconds(Date.now() - 30 * DAY),
      type: 'text',
      text: { body },
      history_context: { status: 'READ' },
    });
    const thread = {
      id: ana.phone,
      messages: [element(ana.phone, undefined, 'old question'), element(ours, ana.phone, 'old answer')],
    };
    await send(
      hook.delivery(
        stage.number,
        hook.change(
          stage.number,
          { history: [{ metadata: { phase: 1, chunk_order: 1, progress: 55 }, threads: [thread] }] },
          'history',
        ),
      ),
    );
    const after = await only(ana);
    expect({ ...after, updated_at: null }).toEqual({ ...before, updated_at: null });
    const list = await rows.all('messages', { conversation_id: after.id });
    expect(list.map((row) => [row.direction, row.text]).slice(1)).toEqual([
      ['inbound', 'old question'],
      ['outbound', 'old answer'],
    ]);
  });
});

describe('kinds of message', () => {
  const kinds: [string, hook.Json, string, string][] = [
    ['image', { image: { id: '901', mime_type: 'image/jpeg', caption: 'Look' } }, 'image', 'Look'],
    ['video', { video: { id: '902', mime_type: 'video/mp4' } }, 'video', ''],
    ['audio', { audio: { id: '903', mime_type: 'audio/mpeg' } }, 'audio', ''],
    ['audio', { audio: { id: '904', mime_type: 'audio/ogg; codecs=opus', voice: true } }, 'voice', ''],
    [
      'document',
      { document: { id: '905', mime_type: 'application/pdf', filename: 'a.pdf', caption: 'Bill' } },
      'document',
      'Bill',
    ],
    ['sticker', { sticker: { id: '906', mime_type: 'image/webp', animated: false } }, 'sticker', ''],
    [
      'location',
      { location: { latitude: 12.9, longitude: 77.5, name: 'Café', address: 'Road 1' } },
      'location',
      'Café',
    ],
    [
      'contacts',
      { contacts: [{ name: { formatted_name: 'Ben' }, phones: [{ phone: '+1 415' }] }] },
      'contacts',
      'Ben',
    ],
    [
      'button',
      { button: { payload: 'STOP', text: 'Stop promotions' }, context: { id: 'wamid.X' } },
      'button',
      'Stop promotions',
    ],
    [
      'interactive',
      { interactive: { type: 'button_reply', button_reply: { id: 'y', title: 'Yes' } } },
      'interactive',
      'Yes',
    ],
    [
      'interactive',
      { interactive: { type: 'list_reply', list_reply: { id: 'r', title: 'Row' } } },
      'interactive',
      'Row',
    ],
    [
      'interactive',
      {
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', body: 'Sent', response_json: '{broken' },
        },
      },
      'interactive',
      'Sent',
    ],
    [
      'order',
      {
        order: {
          catalog_id: '7',
          text: 'please',
          product_items: [{ product_retailer_id: 'S', quantity: 2, item_price: 3, currency: 'USD' }],
        },
      },
      'order',
      'please',
    ],
    [
      'unsupported',
      { unsupported: { type: 'poll_creation' }, errors: [{ code: 131051, title: 'Unknown' }] },
      'unsupported',
      '',
    ],
    ['hologram', { hologram: { id: 1 } }, 'unsupported', ''],
    ['image', {}, 'image', ''],
    ['text', { text: null }, 'unsupported', ''],
  ];

  it.each(kinds)(
    '%s %j is stored as %s with its best text and as it came',
    async (type, body, stored, text) => {
      const ana = hook.newCustomer();
      const message = hook.messageFrom(ana, { text: undefined, ...body, type });
      await send(hook.from(stage.number, ana, message));
      const row = (await rows.message(message.id as string)) as Row;
      expect(row.message_type).toBe(stored);
      expect(String(row.text)).toContain(text);
      expect(json(row.raw)).toEqual(JSON.parse(JSON.stringify(message)));
      expect(await only(ana)).toMatchObject({ unread_count: 1 });
      expect((await only(ana)).last_inbound_at).not.toBeNull();
      await stage.http
        .get(`/api/whatsapp/messages/${String(row.id)}`)
        .set(stage.token)
        .expect(200);
    },
  );

  it('a reply quotes what is known and does not mind what is not', async () => {
    const ana = hook.newCustomer();
    const first = await say(ana, { text: { body: 'question' } });
    const known = (await rows.message(await say(ana, { context: { from: '1', id: first } }))) as Row;
    const lost = (await rows.message(await say(ana, { context: { from: '1', id: 'wamid.NEVER' } }))) as Row;
    const show = async (row: Row) =>
      (
        await stage.http
          .get(`/api/whatsapp/messages/${String(row.id)}`)
          .set(stage.token)
          .expect(200)
      ).body.data.replyTo;
    expect(await show(known)).toMatchObject({ text: 'question', wamid: first });
    expect(await show(lost)).toMatchObject({ id: null, wamid: 'wamid.NEVER', text: null });
  });

  it('a text of NUL, half an emoji and a megabyte is stored and shown', async () => {
    const ana = hook.newCustomer();
    const wamid = await say(ana, { text: { body: `a\u0000b\ud83d ${'x'.repeat(1_000_000)}` } });
    const row = (await rows.message(wamid)) as Row;
    expect(String(row.text).slice(0, 5)).toBe('ab\ufffd x');
    await stage.http
      .get(`/api/whatsapp/messages/${String(row.id)}`)
      .set(stage.token)
      .expect(200);
  });

  it('a broken neighbour harms nobody', async () => {
    const ana = hook.newCustomer();
    const good = [hook.messageFrom(ana), hook.messageFrom(ana)];
    const broken = [null, 7, 'x', [], {}, { id: null }, { type: 'text' }, { id: { a: 1 }, from: [] }];
    await send(
      hook.delivery(
        stage.number,
        hook.change(stage.number, {
          contacts: [null, {}, hook.contactOf(ana)],
          messages: [good[0], ...broken, good[1]],
          statuses: broken,
        }),
      ),
    );
    expect(await only(ana)).toMatchObject({ unread_count: 2 });
  });
});
