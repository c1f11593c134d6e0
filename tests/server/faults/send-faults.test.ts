/** Each way in which Meta can fail a send, by the simulator's own name for it. */
import { setStage, until, type Stage, type TestNumber } from '../support/stage';
import {
  acceptsOf,
  maintain,
  message,
  newConversation,
  reaches,
  send,
  sendText,
  thread,
  verdictOf,
} from '../support/rest';

const TIMEOUT_MS = 700;
const MINUTE = 60_000;

let stage: Stage;
let number: TestNumber;
let serial = 0;

beforeAll(async () => {
  stage = await setStage({ config: { sending: { timeoutMs: TIMEOUT_MS } } });
  number = stage.number;
});
afterAll(() => stage.stop());

/** Work that takes seconds of waiting: begun together, looked at one by one. */
const begun = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let promise: Promise<T>;
  beforeAll(() => {
    promise = work();
    // Told by the test that looks at it.
    promise.catch(() => undefined);
  });
  return () => promise;
};

const table = (name: string) => stage.strapi.db.connection(`whatsapp_${name}`);
const rowOf = (id: string) =>
  table('outbox')
    .where({ message_id: Number(id) })
    .first();
const attemptsAt = (text: string) =>
  stage.simulator.requests.filter(
    ({ body }) => (body as { text?: { body?: string } } | null)?.text?.body === text,
  );
const sendKeyOf = async (id: string): Promise<string> =>
  (
    await table('messages')
      .where({ id: Number(id) })
      .first('send_key')
  ).send_key;
const again = (id: string, body: object) =>
  stage.http.post(`/whatsapp/messages/${id}/send-again`).set(stage.admin).send(body);
const retry = (id: string) => stage.http.post(`/whatsapp/messages/${id}/retry`).set(stage.admin);

/** A new conversation and a message sent under a fault. */
const under = async (fault: Parameters<Stage['simulator']['faults']['set']>[0], times = 1, on = number) => {
  serial += 1;
  const conversation = await newConversation(stage, on);
  stage.simulator.faults.set(fault, { times, phoneNumberId: on.phoneNumberId, scope: 'send' });
  const sent = await sendText(stage, conversation.id, `${fault} ${serial}`);
  return { conversation, sent, text: sent.text, id: sent.id };
};

/** Posts a status as Meta would, for an accept whose own statuses are not wanted. */
const postStatus = (status: 'sent' | 'delivered' | 'failed', wamid: string, opaque: string, on = number) =>
  stage.simulator.postWebhook(on.phoneNumberId, {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: on.businessAccountId,
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '1', phone_number_id: on.phoneNumberId },
              statuses: [
                {
                  id: wamid,
                  status,
                  timestamp: String(Math.floor(Date.now() / 1000)),
                  recipient_id: '34600551000',
                  biz_opaque_callback_data: opaque,
                  ...(status === 'failed' && { errors: [{ code: 131026, title: 'Message undeliverable' }] }),
                },
              ],
            },
          },
        ],
      },
    ],
  });

describe('refusals that pass', () => {
  const refusedOnce = (fault: '429-as-400' | '5xx') => async () => {
    const made = await under(fault, 1, await stage.addNumber());
    await until(
      () => rowOf(made.id),
      (row) => row?.state === 'queued' && Number(row.attempts) === 1,
    );
    const waiting = await message(stage, made.id);
    await reaches(stage, made.id, ['delivered']);
    return { ...made, waiting };
  };
  const throttled = begun(refusedOnce('429-as-400'));
  const unavailable = begun(refusedOnce('5xx'));

  it.each([
    ['429-as-400', throttled],
    ['5xx', unavailable],
  ] as const)('%s: waits, is tried again later and accepted once', async (name, result) => {
    const { text, waiting } = await result();
    expect(waiting.status).toBe('queued');
    // A limit tells when it frees; what is tried again within seconds is no news.
    if (name === '429-as-400') expect(waiting.error).toMatchObject({ class: 'wait', retryable: true });
    else expect(waiting.error).toBeNull();
    expect([attemptsAt(text).length, acceptsOf(stage, text)]).toEqual([2, 1]);
    const [first, second] = attemptsAt(text);
    expect(second.at - first.at).toBeGreaterThanOrEqual(1_400);
  });

  const burst = begun(async () => {
    const [busy, other] = [await stage.addNumber(), await stage.addNumber()];
    const conversations = [];
    for (let n = 0; n < 8; n += 1) conversations.push(await newConversation(stage, busy));
    const calm = await newConversation(stage, other);
    stage.simulator.faults.set('429', { times: 5, phoneNumberId: busy.phoneNumberId, scope: 'send' });
    const sent = await Promise.all(conversations.map(({ id }, n) => sendText(stage, id, `burst ${n}`)));
    const unaffected = await sendText(stage, calm.id, 'calm');
    await reaches(stage, unaffected.id, ['delivered']);
    for (const { id } of sent) await reaches(stage, id, ['delivered'], 20_000);
    return sent;
  });

  it('429: a burst of them loses nothing, doubles nothing and leaves other numbers alone', async () => {
    const sent = await burst();
    expect(sent.map(({ text }) => acceptsOf(stage, text))).toEqual(Array(8).fill(1));
    const [calm] = attemptsAt('calm');
    const retries = sent.map(({ text }) => attemptsAt(text)).filter((attempts) => attempts.length > 1);
    expect(retries.length).toBeGreaterThan(0);
    for (const attempts of retries) expect(calm.at).toBeLessThan(attempts[attempts.length - 1].at);
  });

  const pair = begun(async () => {
    const own = await stage.addNumber();
    const made = await under('pair-limit', 1, own);
    const behind = await sendText(stage, made.conversation.id, `behind ${made.text}`);
    const elsewhere = await sendText(stage, (await newConversation(stage, own)).id, `beside ${made.text}`);
    await reaches(stage, elsewhere.id, ['accepted', 'sent', 'delivered']);
    const meanwhile = [acceptsOf(stage, made.text), acceptsOf(stage, behind.text)];
    await reaches(stage, behind.id, ['accepted', 'sent', 'delivered'], 15_000);
    return { ...made, behind, elsewhere, meanwhile };
  });

  it('pair-limit: only that person waits, and the order in that conversation holds', async () => {
    const { text, behind, elsewhere, meanwhile } = await pair();
    expect(meanwhile).toEqual([0, 0]);
    const order = stage.simulator.accepted
      .map(({ body }) => (body.text as { body: string }).body)
      .filter((accepted) => [text, behind.text, elsewhere.text].includes(accepted));
    expect(order).toEqual([elsewhere.text, text, behind.text]);
    const [first, second] = attemptsAt(text);
    expect(second.at - first.at).toBeGreaterThanOrEqual(2_900);
  });

  const lonely = begun(async () => {
    const own = await stage.addNumber();
    const { id } = await newConversation(stage, own);
    const put = (endpointUrl: string) =>
      stage.http
        .put(`/api/whatsapp/integrations/${own.id}`)
        .set(stage.token)
        .send({ endpointUrl, accessToken: own.accessToken })
        .expect(200);
    await put('http://127.0.0.1:1/v25.0');
    const sent = await sendText(stage, id, 'into the void');
    await until(
      () => rowOf(sent.id),
      (row) => row?.state === 'queued' && Number(row.attempts) === 1,
    );
    await put(`${stage.simulator.url}/v25.0`);
    await reaches(stage, sent.id, ['delivered']);
  });

  it('nobody listening: certainly not sent, so it is sent when somebody is', async () => {
    await lonely();
    expect(acceptsOf(stage, 'into the void')).toBe(1);
  });

  const dead = begun(async () => {
    const dying = await stage.addNumber();
    const path = `/api/whatsapp/integrations/${dying.id}`;
    const show = async () => (await stage.http.get(path).set(stage.token)).body.data;
    const conversations = [];
    for (let n = 0; n < 4; n += 1) conversations.push(await newConversation(stage, dying));
    stage.simulator.faults.set('dead-token', { phoneNumberId: dying.phoneNumberId, scope: 'send' });
    const sent = [await sendText(stage, conversations[0].id, 'dead 0')];
    const shown = await until(show, ({ status }) => status === 'error');
    for (const [index, { id }] of conversations.entries())
      sent.push(await sendText(stage, id, `dead ${index + 1}`));
    const refused = () =>
      stage.simulator.requests.filter((r) => r.path.includes(dying.phoneNumberId) && r.status === 401).length;
    const before = refused();
    // The queue is swept every two seconds.
    await new Promise((resolve) => setTimeout(resolve, 2_600));
    const calls = refused() - before;
    const paused = await Promise.all(sent.map(({ id }) => message(stage, id)));
    const { attempts } = await rowOf(sent[0].id);
    const changes = await table('changes').where({
      kind: 'integration.updated',
      integration_id: Number(dying.id),
    });

    stage.simulator.faults.clear('dead-token');
    const accessToken = 'EAAfreshtoken0000fresh';
    stage.simulator.addNumber({
      phoneNumberId: dying.phoneNumberId,
      wabaId: dying.businessAccountId,
      displayPhoneNumber: '+14155550000',
      verifiedName: 'Fresh',
      accessToken,
      appSecret: dying.appSecret,
      callbackUrl: dying.webhookUrl,
    });
    const renewed = await stage.http.put(path).set(stage.token).send({ accessToken }).expect(200);
    for (const { id } of sent) await reaches(stage, id, ['delivered']);
    return { sent, shown, calls, paused, attempts, changes, renewed: renewed.body.data, after: await show() };
  });

  it('dead-token: pauses the number, says so and keeps the queue without calling Meta in vain', async () => {
    const { shown, calls, paused, attempts, changes } = await dead();
    expect(shown.statusMessage).toMatch(/token/i);
    expect(calls).toBe(0);
    for (const waiting of paused) expect(waiting).toMatchObject({ status: 'queued', error: null });
    expect(Number(attempts)).toBe(0);
    // Once for being connected, once for the pages that show its status.
    expect(changes).toHaveLength(2);
  });

  it('dead-token: goes on with a new token; nothing is lost or doubled', async () => {
    const { sent, renewed, after } = await dead();
    expect(renewed).toMatchObject({ status: 'unverified', statusMessage: null });
    expect(sent.map(({ text }) => acceptsOf(stage, text))).toEqual(Array(5).fill(1));
    expect(after.status).not.toBe('error');
  });

  it('reset-before: nobody can know whether it left, so it is not sent again', async () => {
    const { id, text } = await under('reset-before');
    await reaches(stage, id, ['unknown']);
    expect([attemptsAt(text).length, acceptsOf(stage, text)]).toEqual([1, 0]);
  });
});

describe('an answer that is lost after Meta accepted', () => {
  it.each(['lost-answer', 'no-answer', 'accepted-then-500'] as const)(
    '%s: never sent again, settled by the status that carries our key',
    async (fault) => {
      const { id, text } = await under(fault);
      const settled = await reaches(stage, id, ['sent', 'delivered']);
      await stage.simulator.idle(5_000);
      const accepted = stage.simulator.accepted.filter(
        ({ body }) => (body.text as { body?: string }).body === text,
      );
      expect(accepted).toHaveLength(1);
      expect(accepted[0].opaque).toBe(await sendKeyOf(id));
      expect(settled.wamid).toBe(accepted[0].wamid);
      expect((await reaches(stage, id, ['delivered'])).error).toBeNull();
      await until(
        () => rowOf(id),
        (row) => row === undefined,
      );
      await maintain(stage);
      expect(attemptsAt(text)).toHaveLength(1);
    },
  );

  it('shows as unknown until then, does not hold up the next message and cannot be sent again by hand', async () => {
    // Statuses held back long enough to look at what is shown without them.
    stage.simulator.faults.set('late', { delayMs: 1_500 });
    const { id, text, conversation } = await under('no-answer');
    const unknown = await reaches(stage, id, ['unknown']);
    expect(unknown).toMatchObject({ wamid: null, error: { code: 'unknown_outcome', retryable: false } });
    expect(await verdictOf(retry(id))).toEqual([409, 'not_retryable']);
    stage.simulator.faults.clear('late');
    const next = await sendText(stage, conversation.id, `after ${text}`);
    await reaches(stage, next.id, ['accepted', 'sent', 'delivered']);
    expect((await message(stage, id)).status).toBe('unknown');
    await reaches(stage, id, ['sent', 'delivered']);
    expect(acceptsOf(stage, text)).toBe(1);
  });
});

describe('5xx-html: a proxy answers instead of Meta', () => {
  /** Nothing arrived, and nobody can know that. */
  const unknownForGood = async () => {
    const made = await under('5xx-html');
    await reaches(stage, made.id, ['unknown']);
    return made;
  };

  it('is unknown, and is left to the editor after 15 minutes, not sooner', async () => {
    const { id, text } = await unknownForGood();
    await table('outbox')
      .where({ message_id: Number(id) })
      .update({ locked_at: Date.now() - 14 * MINUTE });
    await maintain(stage);
    expect((await message(stage, id)).error).toMatchObject({ title: 'Checking', retryable: false });
    await table('outbox')
      .where({ message_id: Number(id) })
      .update({ locked_at: Date.now() - 15 * MINUTE - 1 });
    await maintain(stage);
    const released = await message(stage, id);
    expect(released).toMatchObject({
      status: 'unknown',
      error: {
        code: 'unknown_outcome',
        title: 'Not confirmed',
        retryable: true,
        hint: expect.stringContaining('Send it again only'),
      },
    });
    expect(await rowOf(id)).toBeUndefined();
    expect(acceptsOf(stage, text)).toBe(0);
    expect(attemptsAt(text)).toHaveLength(1);
  });

  it('sent again takes a yes, goes once however often it is asked for, as a message of its own', async () => {
    const { id, text } = await unknownForGood();
    const firstKey = await sendKeyOf(id);
    expect(await verdictOf(retry(id))).toEqual([409, 'not_retryable']);
    expect(await verdictOf(again(id, {}))).toEqual([409, 'confirmation_required']);
    const answers = await Promise.all([1, 2, 3].map(() => again(id, { confirm: true })));
    expect(answers.map(({ status }) => status).every((status) => [200, 202].includes(status))).toBe(true);
    const ids = new Set(answers.map(({ body }) => body.data.id as string));
    expect(ids.size).toBe(1);
    const [second] = [...ids];
    expect(second).not.toBe(id);
    const delivered = await reaches(stage, second, ['delivered']);
    expect(acceptsOf(stage, text)).toBe(1);
    expect(await sendKeyOf(second)).not.toBe(firstKey);
    expect(await message(stage, id)).toMatchObject({
      status: 'unknown',
      error: { title: 'Sent again', retryable: false },
    });
    // Late news of the first attempt are its own.
    expect(await postStatus('failed', 'wamid.FIRSTATTEMPT1', firstKey)).toBe(200);
    expect(await message(stage, second)).toEqual(delivered);
    expect((await message(stage, id)).status).toBe('failed');
  });

  it('sent again stays sent again: days later the answer is still the same second message', async () => {
    const { id, text } = await unknownForGood();
    const { body } = await again(id, { confirm: true });
    await reaches(stage, body.data.id, ['delivered']);
    const days = 3 * 24 * 60 * MINUTE;
    await table('messages')
      .whereIn('id', [Number(id), Number(body.data.id)])
      .update({ received_at: Date.now() - days });
    const later = await again(id, { confirm: true });
    expect([later.status, later.body.data.id]).toEqual([200, body.data.id]);
    expect(acceptsOf(stage, text)).toBe(1);
  });

  it('late news of the first attempt settle it as long as nobody sent it again', async () => {
    const { id } = await unknownForGood();
    await table('outbox')
      .where({ message_id: Number(id) })
      .update({ locked_at: Date.now() - 16 * MINUTE });
    await maintain(stage);
    await postStatus('delivered', 'wamid.CAMEAFTERALL1', await sendKeyOf(id));
    expect(await message(stage, id)).toMatchObject({ status: 'delivered', wamid: 'wamid.CAMEAFTERALL1' });
    expect(await verdictOf(retry(id))).toEqual([409, 'not_retryable']);
  });
});

describe('refusals for good', () => {
  it('not-on-whatsapp: fails with words and is not tried again', async () => {
    const { id, text } = await under('not-on-whatsapp');
    const failed = await reaches(stage, id, ['failed']);
    expect(failed.error).toMatchObject({ code: '131026', retryable: false });
    expect(failed.error?.title.length).toBeGreaterThan(5);
    expect(failed.error?.message.length).toBeGreaterThan(20);
    expect(await verdictOf(retry(id))).toEqual([409, 'not_retryable']);
    expect([attemptsAt(text).length, acceptsOf(stage, text)]).toEqual([1, 1]);
  });

  it.each(['closed-window', 'closed-window-sync'] as const)(
    '%s: Meta says that the window is closed, and it is, until the person writes again',
    async (fault) => {
      const { id, conversation } = await under(fault);
      expect((await reaches(stage, id, ['failed'])).error).toMatchObject({
        code: '131047',
        retryable: false,
      });
      const shown = (await stage.http.get(`/api/whatsapp/conversations/${conversation.id}`).set(stage.token))
        .body.data;
      expect(shown.windowOpen).toBe(false);
      const next = send(stage, { conversationId: conversation.id, message: 'again' });
      expect(await verdictOf(next)).toEqual([409, 'window_closed']);
      expect(await verdictOf(retry(id))).toEqual([409, 'not_retryable']);
      const customer = stage.simulator.customers
        .list()
        .find(({ userId }) => userId === conversation.contact.userId);
      // Meta's clock counts seconds: the next message has to be of a later one.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await stage.simulator.play(customer?.id as string, number.phoneNumberId, {
        type: 'text',
        text: 'I am back',
      });
      await until(
        async () =>
          (await stage.http.get(`/api/whatsapp/conversations/${conversation.id}`).set(stage.token)).body.data,
        ({ windowOpen }) => windowOpen,
      );
      const { id: back } = await sendText(stage, conversation.id, 'welcome back');
      await reaches(stage, back, ['accepted', 'sent', 'delivered', 'read']);
    },
  );

  it('after five refusals a message fails, in words, and may be tried again by hand', async () => {
    const { id, text } = await under('429', 1_000);
    await until(
      () => rowOf(id),
      (row) => Number(row?.attempts) === 1,
    );
    // The next refusal is the fifth.
    await table('outbox')
      .where({ message_id: Number(id) })
      .update({ attempts: 4, not_before: Date.now() });
    const failed = await reaches(stage, id, ['failed']);
    expect(failed.error).toMatchObject({ code: '130429', retryable: true });
    stage.simulator.faults.clear('429');
    await retry(id).expect(202);
    await reaches(stage, id, ['delivered']);
    expect(acceptsOf(stage, text)).toBe(1);
    expect((await message(stage, id)).error).toBeNull();
  });

  it('what was delivered, is on its way or is unknown to us cannot be tried again', async () => {
    const conversation = await newConversation(stage);
    const sent = await sendText(stage, conversation.id, 'delivered before');
    await reaches(stage, sent.id, ['delivered']);
    const [, inbound] = await thread(stage, conversation.id);
    for (const id of [sent.id, inbound.id])
      expect(await verdictOf(retry(id))).toEqual([409, 'not_retryable']);
    for (const id of ['999999', 'abc']) expect(await verdictOf(retry(id))).toEqual([404, 'not_found']);
  });
});

describe('claims that nobody holds any more', () => {
  it('of a dead process become unknown, and are not sent again', async () => {
    const conversation = await newConversation(stage);
    stage.simulator.faults.set('429', { times: 1, phoneNumberId: number.phoneNumberId, scope: 'send' });
    const { id, text } = await sendText(stage, conversation.id, 'claimed by a ghost');
    await until(
      () => rowOf(id),
      (row) => row?.state === 'queued' && Number(row.attempts) === 1,
    );
    await table('outbox')
      .where({ message_id: Number(id) })
      .update({ state: 'in_flight', locked_by: 'ghost:1:x', locked_at: Date.now() - TIMEOUT_MS - 10_001 });
    await table('messages')
      .where({ id: Number(id) })
      .update({ delivery_status: 'sending' });
    await maintain(stage);
    expect(await message(stage, id)).toMatchObject({ status: 'unknown', error: { code: 'unknown_outcome' } });
    expect([attemptsAt(text).length, acceptsOf(stage, text)]).toEqual([1, 0]);
  });

  it('of a living one are left alone', async () => {
    const { id } = await under('429', 1_000);
    await until(
      () => rowOf(id),
      (row) => row?.state === 'queued' && Number(row.attempts) === 1,
    );
    await table('outbox')
      .where({ message_id: Number(id) })
      .update({ state: 'in_flight', locked_by: 'neighbour:1:x', locked_at: Date.now() - TIMEOUT_MS });
    await maintain(stage);
    expect((await rowOf(id))?.state).toBe('in_flight');
    stage.simulator.faults.clear('429');
    await table('outbox')
      .where({ message_id: Number(id) })
      .delete();
  });
});

it('in all of this no message was ever accepted twice', () => {
  const keys = stage.simulator.accepted.map(({ opaque }) => opaque);
  expect(keys.length).toBeGreaterThan(30);
  expect(keys.every((key) => typeof key === 'string' && key.length === 32)).toBe(true);
  expect(new Set(keys).size).toBe(keys.length);
});
