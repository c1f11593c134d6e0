/** Messages for later, what the person's phone learns besides messages, the block list, and lanes that rest. */
import { setStage, until, type Stage, type TestNumber } from '../support/stage';
import {
  acceptsOf,
  get,
  maintain,
  message,
  newConversation,
  newCustomer,
  reaches,
  send,
  sendText,
  thread,
  verdictOf,
  writeIn,
} from '../support/rest';
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const HOUR = 3_600_000;
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const table = (name: string) => stage.strapi.db.connection(`whatsapp_${name}`);
const admin = (method: 'get' | 'post' | 'put', path: string) =>
  stage.http[method](`/whatsapp${path}`).set(stage.admin);
const schedule = async (conversationId: string, text: string, over: Record<string, unknown> = {}) =>
  (await send(stage, { conversationId, message: text, scheduledAt: inMs(HOUR), ...over }).expect(202)).body
    .data as Message;
const waitingIn = async (conversationId: string): Promise<Message[]> =>
  (await admin('get', `/conversations/${conversationId}/scheduled`).expect(200)).body.data;
const readsOf = (number: TestNumber) =>
  stage.simulator.requests.filter(
    ({ path, body }) =>
      path.includes(number.phoneNumberId) && (body as { status?: string } | null)?.status === 'read',
  );

describe('a message for later', () => {
  it('waits beside the thread, holds nothing up, and goes at its time', async () => {
    const { id } = await newConversation(stage);
    const waiting = await schedule(id, 'later', { scheduledAt: inMs(2_500) });
    expect(waiting).toMatchObject({ status: 'scheduled', scheduledAt: expect.any(String) });
    expect((await waitingIn(id)).map(({ text }) => text)).toEqual(['later']);
    const now = await sendText(stage, id, 'now');
    await reaches(stage, now.id, ['delivered']);
    expect((await thread(stage, id)).map(({ text }) => text)).toEqual(['now', 'Hello']);
    const done = await reaches(stage, waiting.id, ['delivered']);
    expect(Date.parse(done.timestamp)).toBeGreaterThan(Date.parse(waiting.timestamp));
    expect((await thread(stage, id)).map(({ text }) => text)).toEqual(['later', 'now', 'Hello']);
    expect(await waitingIn(id)).toEqual([]);
    const { data } = await get<{ data: Conversation }>(stage, `/conversations/${id}`);
    expect(data.lastMessage?.text).toBe('later');
  });

  it('of the past goes at once', async () => {
    const { id } = await newConversation(stage);
    const gone = await schedule(id, 'yesterday', { scheduledAt: inMs(-HOUR) });
    await reaches(stage, gone.id, ['delivered']);
  });

  it('can be changed and taken back until it left', async () => {
    const { id } = await newConversation(stage);
    const [kept, dropped] = [await schedule(id, 'draft'), await schedule(id, 'never')];
    await admin('put', `/messages/${kept.id}`).send({ text: '' }).expect(400);
    await admin('put', `/messages/${kept.id}`).send({}).expect(400);
    const { body } = await admin('post', `/messages/${dropped.id}/cancel`).expect(200);
    expect(body.data).toMatchObject({ status: 'cancelled', error: null });
    expect(await verdictOf(admin('post', `/messages/${dropped.id}/cancel`))).toEqual([409, 'not_scheduled']);
    await admin('put', `/messages/${kept.id}`)
      .send({ text: 'final', scheduledAt: inMs(300) })
      .expect(200);
    await reaches(stage, kept.id, ['delivered']);
    expect([acceptsOf(stage, 'draft'), acceptsOf(stage, 'final'), acceptsOf(stage, 'never')]).toEqual([
      0, 1, 0,
    ]);
    expect(await verdictOf(admin('put', `/messages/${kept.id}`).send({ text: 'x' }))).toEqual([
      409,
      'not_scheduled',
    ]);
    expect((await thread(stage, id)).map(({ text }) => text)).toEqual(['final', 'Hello']);
    for (const other of ['999999', 'abc'])
      expect(await verdictOf(admin('post', `/messages/${other}/cancel`))).toEqual([404, 'not_found']);
  });

  it('is dropped when the person writes before, if that was asked for, and only then', async () => {
    const customer = newCustomer(stage);
    const { id } = await writeIn(stage, customer, 'first');
    const [droppable, stubborn] = [
      await schedule(id, 'reminder', { cancelOnReply: true }),
      await schedule(id, 'stubborn'),
    ];
    await maintain(stage);
    expect((await message(stage, droppable.id)).status).toBe('scheduled');
    await writeIn(stage, customer, 'second');
    expect((await waitingIn(id)).map(({ text }) => text)).toEqual(['stubborn']);
    expect(await message(stage, droppable.id)).toMatchObject({
      status: 'cancelled',
      error: { code: 'cancelled_by_reply' },
    });
    await admin('post', `/messages/${stubborn.id}/cancel`).expect(200);
  });

  it('gotcha 48: is judged again at its minute', async () => {
    const { id } = await newConversation(stage);
    const waiting = await schedule(id, 'too late', { scheduledAt: inMs(1_000) });
    await table('conversations')
      .where({ id: Number(id) })
      .update({ last_inbound_at: Date.now() - 25 * HOUR });
    const failed = await reaches(stage, waiting.id, ['failed']);
    expect(failed.error).toMatchObject({ code: 'window_closed' });
    expect(acceptsOf(stage, 'too late')).toBe(0);
  });

  it('asked for twice with one key is one', async () => {
    const { id } = await newConversation(stage);
    const body = { conversationId: id, message: 'once', scheduledAt: inMs(HOUR), clientKey: `later-${id}` };
    const answers = await Promise.all([1, 2, 3].map(() => send(stage, body)));
    expect(new Set(answers.map(({ body: { data } }) => data.id)).size).toBe(1);
    expect(await waitingIn(id)).toHaveLength(1);
  });
});

describe('blue ticks', () => {
  const numberWith = async (mode: string): Promise<TestNumber> => {
    const number = await stage.addNumber();
    await stage.http
      .put(`/whatsapp/integrations/${number.id}`)
      .set(stage.admin)
      .send({ readReceipts: mode })
      .expect(200);
    return number;
  };

  it('come when somebody opens the thread, once per message', async () => {
    const number = await stage.addNumber();
    const { id } = await newConversation(stage, number);
    const open = () => admin('post', `/conversations/${id}/read`).send({}).expect(200);
    await open();
    await until(
      () => readsOf(number).length,
      (n) => n === 1,
    );
    await until(
      async () =>
        (
          await table('conversations')
            .where({ id: Number(id) })
            .first()
        ).receipt_wamid,
      (wamid) => wamid !== null,
    );
    await open();
    await open();
    const [inbound] = await thread(stage, id);
    expect(readsOf(number).map(({ body }) => (body as { message_id: string }).message_id)).toEqual([
      inbound.wamid,
    ]);
  });

  it('come with the answer, or never, where the number is set so', async () => {
    const [onReply, never] = [await numberWith('on_reply'), await numberWith('never')];
    for (const number of [onReply, never]) {
      const { id } = await newConversation(stage, number);
      await admin('post', `/conversations/${id}/read`).send({}).expect(200);
      const sent = await sendText(stage, id, `answer of ${number.id}`);
      await reaches(stage, sent.id, ['delivered']);
    }
    await until(
      () => readsOf(onReply).length,
      (n) => n === 1,
    );
    expect(readsOf(never)).toEqual([]);
  });
});

describe('typing…', () => {
  const typing = (id: string) => admin('post', `/conversations/${id}/typing`).send({});

  it('is shown once in twenty seconds, with the person’s newest message', async () => {
    const number = await stage.addNumber();
    const { id } = await newConversation(stage, number);
    for (let n = 0; n < 4; n += 1) await typing(id).expect(204);
    const [{ body }, ...more] = readsOf(number);
    expect(body).toMatchObject({ typing_indicator: { type: 'text' } });
    expect(more).toEqual([]);
  });

  it('is not shown outside the window, and its failure is nobody’s business', async () => {
    const number = await stage.addNumber();
    const [closed, failing] = [await newConversation(stage, number), await newConversation(stage, number)];
    await table('conversations')
      .where({ id: Number(closed.id) })
      .update({ last_inbound_at: Date.now() - 25 * HOUR });
    await typing(closed.id).expect(204);
    expect(readsOf(number)).toEqual([]);
    stage.simulator.faults.set('5xx', { times: 1, scope: 'all', phoneNumberId: number.phoneNumberId });
    await typing(failing.id).expect(204);
    stage.simulator.faults.clear('5xx');
    await typing('999999').expect(404);
  });
});

describe('the block list', () => {
  const block = (contactId: string, integrationId: string, what = 'block') =>
    admin('post', `/contacts/${contactId}/${what}`).send({ integrationId });

  it('keeps a person out, on Meta’s side and on ours, until she is let in again', async () => {
    const number = await stage.addNumber();
    const { id, contact } = await newConversation(stage, number);
    expect((await block(contact.id, number.id).expect(200)).body).toEqual({ data: { blocked: true } });
    const of = async () =>
      (await get<{ data: Conversation }>(stage, `/conversations/${id}`)).data.contact.blocked;
    expect(await of()).toBe(true);
    expect(await verdictOf(send(stage, { conversationId: id, message: 'x' }))).toEqual([
      409,
      'recipient_blocked',
    ]);
    const calls = () => stage.simulator.requests.filter(({ path }) => path.endsWith('/block_users')).length;
    const before = calls();
    await block(contact.id, number.id).expect(200);
    expect(calls()).toBe(before);
    await block(contact.id, number.id, 'unblock').expect(200);
    expect(await of()).toBe(false);
    await sendText(stage, id, 'welcome back');
  });

  it('takes nobody who has not written within a day, and says so', async () => {
    const number = await stage.addNumber();
    const { id, contact } = await newConversation(stage, number);
    await table('conversations')
      .where({ id: Number(id) })
      .update({ last_inbound_at: Date.now() - 25 * HOUR });
    expect(await verdictOf(block(contact.id, number.id))).toEqual([409, 'window_closed']);
    for (const [contactId, integrationId] of [
      ['999999', number.id],
      [contact.id, '999999'],
      [contact.id, stage.number.id],
    ])
      expect(await verdictOf(block(contactId, integrationId))).toEqual([404, 'not_found']);
  });

  it('tells Meta’s own refusal as such, and changes nothing', async () => {
    const number = await stage.addNumber();
    const { id, contact } = await newConversation(stage, number);
    stage.simulator.faults.set('dead-token', { times: 1, scope: 'all', phoneNumberId: number.phoneNumberId });
    const { status, body } = await block(contact.id, number.id);
    expect([status, body.error.details]).toEqual([
      502,
      { code: 'provider_error', meta: expect.objectContaining({ code: 190 }) },
    ]);
    const { data } = await get<{ data: Conversation }>(stage, `/conversations/${id}`);
    expect(data.contact.blocked).toBe(false);
  });
});

describe('a lane that rests', () => {
  it('sends nothing while it is paused, says why, and goes on by itself', async () => {
    const number = await stage.addNumber();
    const { id } = await newConversation(stage, number);
    await table('lane_pauses').insert({
      organization_id: 1,
      integration_id: Number(number.id),
      scope: 'all',
      code: '131031',
      reason: 'Meta has locked this WhatsApp account.',
      since: Date.now(),
      until: Date.now() + 2_500,
    });
    const sent = await sendText(stage, id, 'patience');
    await new Promise((resolve) => setTimeout(resolve, 800));
    expect((await message(stage, sent.id)).status).toBe('queued');
    expect(acceptsOf(stage, 'patience')).toBe(0);
    await reaches(stage, sent.id, ['delivered'], 15_000);
    expect(acceptsOf(stage, 'patience')).toBe(1);
  });

  it('is paused and resumed by hand: said with the number, audited, and what was written meanwhile goes', async () => {
    const number = await stage.addNumber();
    const { id } = await newConversation(stage, number);
    const act = (verb: string, body: object = {}) =>
      admin('post', `/integrations/${number.id}/${verb}`).send(body);
    for (const minutes of [0, 1.5, 100_000]) await act('pause', { minutes }).expect(400);
    const { body } = await act('pause', { minutes: 30, reason: 'Moving to a new app' }).expect(200);
    expect(body.data.pause).toEqual({
      scope: 'all',
      code: 'manual',
      reason: 'Moving to a new app',
      until: expect.any(String),
    });
    const seen = await get<{ data: { id: string; pause: object | null }[] }>(
      stage,
      '/integrations?limit=100',
    );
    expect(seen.data.filter(({ pause }) => pause !== null).map((one) => one.id)).toEqual([number.id]);
    const sent = await sendText(stage, id, 'by hand');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await message(stage, sent.id)).status).toBe('queued');
    expect((await act('resume').expect(200)).body.data.pause).toBeNull();
    await reaches(stage, sent.id, ['delivered']);
    const trail = await table('audit_entries')
      .whereIn('action', ['integration.pause', 'integration.resume'])
      .orderBy('id');
    expect(trail.map(({ action }: { action: string }) => action)).toEqual([
      'integration.pause',
      'integration.resume',
    ]);
    for (const verb of ['pause', 'resume'])
      expect(await verdictOf(admin('post', `/integrations/999999/${verb}`).send({}))).toEqual([
        404,
        'not_found',
      ]);
  });

  it('lets people answer while campaigns rest, and answers before them in one thread', async () => {
    const number = await stage.addNumber();
    const { id } = await newConversation(stage, number);
    const pause = {
      organization_id: 1,
      integration_id: Number(number.id),
      scope: 'bulk',
      code: '131048',
      reason: 'x',
    };
    await table('lane_pauses').insert({ ...pause, since: Date.now(), until: Date.now() + HOUR });
    stage.simulator.faults.set('slow', {
      delayMs: 400,
      times: 1,
      scope: 'send',
      phoneNumberId: number.phoneNumberId,
    });
    const first = await sendText(stage, id, 'first');
    const bulk = await sendText(stage, id, 'bulk');
    await table('outbox')
      .where({ message_id: Number(bulk.id) })
      .update({ priority: 3 });
    const answer = await sendText(stage, id, 'answer');
    await reaches(stage, first.id, ['delivered']);
    await reaches(stage, answer.id, ['delivered']);
    expect((await message(stage, bulk.id)).status).toBe('queued');
  });

  it('gotcha 67: an account that wrote to its people of the day hears when the next place frees up', async () => {
    const number = await stage.addNumber();
    await table('integrations')
      .where({ id: Number(number.id) })
      .update({ messaging_limit: 'TIER_50' });
    const oldest = Date.now() - 23 * HOUR;
    await table('openings').insert(
      Array.from({ length: 50 }, (_, n) => ({
        organization_id: 1,
        account: number.businessAccountId,
        contact_id: 1_000_000 + n,
        at: n === 0 ? oldest : Date.now() - n,
      })),
    );
    // A change through the front door makes the registry read the row again.
    await stage.http
      .put(`/whatsapp/integrations/${number.id}`)
      .set(stage.admin)
      .send({ name: 'Full' })
      .expect(200);
    const { body } = await send(stage, {
      to: '+34600560001',
      integrationId: number.id,
      template: 'hello_world',
      language: 'en_US',
      hours: 'ignore',
    }).expect(429);
    expect(body.error.details).toMatchObject({
      code: 'rate_limit_exceeded',
      freesAt: new Date(oldest + 24 * HOUR).toISOString(),
    });
    // One that was written before the account was full waits, and says for how long.
    await table('integrations')
      .where({ id: Number(number.id) })
      .update({ messaging_limit: 'TIER_UNLIMITED' });
    const rename = (name: string) =>
      stage.http.put(`/whatsapp/integrations/${number.id}`).set(stage.admin).send({ name }).expect(200);
    await rename('Free');
    const waiting = await send(stage, {
      to: '+34600560002',
      integrationId: number.id,
      template: 'hello_world',
      hours: 'ignore',
      scheduledAt: inMs(2_500),
    }).expect(202);
    await table('integrations')
      .where({ id: Number(number.id) })
      .update({ messaging_limit: 'TIER_50' });
    await rename('Full again');
    const held = await until(
      () => message(stage, waiting.body.data.id),
      ({ status, error }) => status === 'queued' && error !== null,
    );
    expect(held.error).toMatchObject({
      code: 'rate_limit_exceeded',
      retryAt: new Date(oldest + 24 * HOUR).toISOString(),
    });
    // A reply inside an open window counts for nothing.
    const { id } = await newConversation(stage, number);
    await sendText(stage, id, 'still answering');
  });
});

it('gotcha 46: the window is that of the number that was written to, not of the person', async () => {
  const other = await stage.addNumber();
  const customer = newCustomer(stage);
  const { id } = await writeIn(stage, customer, 'Hello');
  await sendText(stage, id, 'from the number that was written to');
  expect(
    await verdictOf(send(stage, { to: customer.phone, integrationId: other.id, message: 'from another' })),
  ).toEqual([409, 'window_closed']);
});
