import type { Conversation } from '../../../server/src/conversations/contract';
import { setStage, until, type Stage } from '../support/stage';
import {
  acceptsOf,
  get,
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

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ simulator: { unknownRecipients: '131026' } });
});
afterAll(() => stage.stop());

const HOUR = 3_600_000;
const table = (name: string) => stage.strapi.db.connection(`whatsapp_${name}`);
const age = (conversation: Conversation, ms: number) =>
  table('conversations')
    .where({ id: Number(conversation.id) })
    .update({ last_inbound_at: Date.now() - ms });
const toggle = (id: string, active: boolean) =>
  stage.http.post(`/api/whatsapp/integrations/${id}/toggle`).set(stage.token).send({ active }).expect(200);

describe('whom a message goes to', () => {
  it('may be named by conversation, contact, phone number (two spellings) or user ID', async () => {
    const conversation = await newConversation(stage);
    const { contact } = conversation;
    const ways = [
      { conversationId: conversation.id },
      { contactId: contact.id },
      { to: contact.phone },
      { phoneNumber: contact.phone },
      { userId: contact.userId },
    ];
    for (const [index, way] of ways.entries()) {
      const { body } = await send(stage, { ...way, message: `way ${index}` }).expect(202);
      expect(body.data).toMatchObject({
        conversationId: conversation.id,
        text: `way ${index}`,
        status: 'queued',
      });
      await reaches(stage, body.data.id, ['delivered']);
    }
    const sent = stage.simulator.accepted.slice(-5);
    expect(sent.map(({ to }) => to)).toEqual(Array(5).fill(contact.phone));
    expect(sent.every(({ recipient, body }) => recipient === null && body.recipient === undefined)).toBe(
      true,
    );
  });

  it('who hides his phone number is reached by his user ID, never by "to"', async () => {
    const customer = newCustomer(stage, { phone: null, username: 'only.a.name' });
    const { id } = await writeIn(stage, customer);
    const sent = await sendText(stage, id, 'by user ID');
    await reaches(stage, sent.id, ['delivered']);
    const accepted = stage.simulator.accepted.at(-1);
    expect(accepted).toMatchObject({ recipient: customer.userId, to: null });
    expect(accepted?.body).not.toHaveProperty('to');
  });

  it.each<[string, (c: Conversation) => object, [number, string]]>([
    ['nobody', () => ({}), [400, 'validation_failed']],
    ['two ways', (c) => ({ conversationId: c.id, to: c.contact.phone }), [400, 'validation_failed']],
    [
      'three ways',
      (c) => ({ contactId: c.contact.id, userId: c.contact.userId, to: '+14155550123' }),
      [400, 'validation_failed'],
    ],
    ['0555 123 45 67', () => ({ to: '0555 123 45 67' }), [400, 'invalid_phone_number']],
    ['5551234567', () => ({ phoneNumber: '5551234567' }), [400, 'invalid_phone_number']],
    ['a number with blanks', () => ({ to: '+1 415 555 0123' }), [400, 'invalid_phone_number']],
    ['an empty number', () => ({ to: '' }), [400, 'invalid_phone_number']],
    ['no text as number', () => ({ to: 14155550123 }), [400, 'validation_failed']],
    ['a user ID that is none', () => ({ userId: '12345' }), [400, 'validation_failed']],
    ['an unknown conversation', () => ({ conversationId: '999999' }), [404, 'not_found']],
    ['an id that cannot exist', () => ({ conversationId: '2147483648' }), [404, 'not_found']],
    ['an unknown contact', () => ({ contactId: '999999' }), [404, 'not_found']],
    [
      'an unknown number to send from',
      (c) => ({ to: c.contact.phone, integrationId: '999999' }),
      [404, 'not_found'],
    ],
    [
      'an impossible number to send from',
      (c) => ({ to: c.contact.phone, integrationId: 'x' }),
      [404, 'not_found'],
    ],
    ['a stranger', () => ({ to: '+14155550199' }), [409, 'window_closed']],
    ['a stranger by user ID', () => ({ userId: 'US.9x7K2m4PstrangerId' }), [409, 'window_closed']],
  ])('is refused for %s', async (_name, body, expected) => {
    const conversation = await newConversation(stage);
    expect(await verdictOf(send(stage, { ...body(conversation), message: 'Hi' }))).toEqual(expected);
    expect(await thread(stage, conversation.id)).toHaveLength(1);
  });

  it('has to be said more exactly once a person talks to two numbers', async () => {
    const other = await stage.addNumber();
    const customer = newCustomer(stage);
    const [mine, theirs] = [await writeIn(stage, customer), await writeIn(stage, customer, 'Hello', other)];
    expect(mine.contact.id).toBe(theirs.contact.id);
    const { body } = await send(stage, { to: customer.phone, message: 'Which?' });
    expect(body.error).toMatchObject({
      status: 400,
      details: {
        code: 'validation_failed',
        errors: [{ path: 'integrationId', message: expect.stringContaining('more than one') }],
      },
    });
    const named = await send(stage, {
      to: customer.phone,
      integrationId: other.id,
      message: 'That one',
    }).expect(202);
    expect(named.body.data.conversationId).toBe(theirs.id);
    const wrong = { conversationId: mine.id, integrationId: other.id, message: 'Hi' };
    expect(await verdictOf(send(stage, wrong))).toEqual([400, 'validation_failed']);
    // Somebody who only ever wrote to one of them needs no telling.
    const single = await newConversation(stage, other);
    const plain = await send(stage, { to: single.contact.phone, message: 'Hi' }).expect(202);
    expect(plain.body.data.conversationId).toBe(single.id);
  });
});

describe('what a message says', () => {
  it.each<[string, object]>([
    ['nothing', {}],
    ['an empty text', { message: '' }],
    ['only blanks', { message: ' \n\t ' }],
    ['an empty long form', { text: { body: '' } }],
    ['a long form without body', { text: {} }],
    ['both forms', { message: 'a', text: { body: 'b' } }],
    ['4,097 characters', { message: 'x'.repeat(4097) }],
    ['half an emoji', { message: 'broken \ud83d' }],
    ['the other half', { message: '\ude00 broken' }],
    ['a NUL', { message: 'a\u0000b' }],
    ['a number', { message: 5 }],
    ['a kind that is not there yet', { type: 'video', message: 'x' }],
    ['an empty client key', { message: 'x', clientKey: '' }],
    ['a client key of 201 characters', { message: 'x', clientKey: 'k'.repeat(201) }],
  ])('is refused for %s, naming the field', async (_name, body) => {
    const { id } = await newConversation(stage);
    const { status, body: answer } = await send(stage, { conversationId: id, ...body });
    expect([status, answer.error.details.code]).toEqual([400, 'validation_failed']);
    expect(answer.error.details.errors[0].path).toMatch(/^(message|text|type|clientKey)/);
  });

  it('arrives to the letter: 4,096 UTF-16 units, emoji, right-to-left, line breaks', async () => {
    const { id } = await newConversation(stage);
    const texts = [
      'x'.repeat(4096),
      '🙂'.repeat(2048),
      'שלום, مرحبا',
      'a\nb\r\n  c',
      `"quoted" \\ 'x' ${'${y}'} ?`,
    ];
    for (const text of texts) {
      const sent = await sendText(stage, id, text);
      expect(sent.text).toBe(text);
      await reaches(stage, sent.id, ['delivered']);
      expect(acceptsOf(stage, text)).toBe(1);
    }
  });

  it('may be wrapped, and may switch the link preview off', async () => {
    const { id } = await newConversation(stage);
    const body = {
      data: { conversationId: id, type: 'text', text: { body: 'https://example.com', previewUrl: false } },
    };
    const { body: answer } = await send(stage, body).expect(202);
    await reaches(stage, answer.data.id, ['delivered']);
    expect(stage.simulator.accepted.at(-1)?.body.text).toEqual({
      body: 'https://example.com',
      preview_url: false,
    });
  });

  it('carries our own key, which says nothing to others', async () => {
    const { id } = await newConversation(stage);
    const sent = await sendText(stage, id, 'with a key');
    await reaches(stage, sent.id, ['delivered']);
    const { send_key: key } = await table('messages')
      .where({ id: Number(sent.id) })
      .first('send_key');
    expect(stage.simulator.accepted.at(-1)?.opaque).toBe(key);
    expect(key).toMatch(/^[a-z0-9]{32}$/);
    expect(JSON.stringify(await message(stage, sent.id))).not.toContain(key);
  });
});

describe('answering a message', () => {
  it('quotes it by our id or by its wamid', async () => {
    const { id } = await newConversation(stage);
    const [inbound] = await thread(stage, id);
    for (const replyTo of [inbound.id, inbound.wamid]) {
      const { body } = await send(stage, { conversationId: id, message: 'quote', replyTo }).expect(202);
      expect(body.data.replyTo).toMatchObject({ id: inbound.id, wamid: inbound.wamid });
      await reaches(stage, body.data.id, ['delivered']);
      expect(stage.simulator.accepted.at(-1)?.body.context).toEqual({ message_id: inbound.wamid });
    }
  });

  it('refuses what is not of this conversation, is unknown or has not reached WhatsApp', async () => {
    const [conversation, other] = [await newConversation(stage), await newConversation(stage)];
    const [foreign] = await thread(stage, other.id);
    // Nothing has reached WhatsApp as long as the number rests, however slow this machine is.
    await stage.http
      .post(`/whatsapp/integrations/${stage.number.id}/pause`)
      .set(stage.admin)
      .send({})
      .expect(200);
    const pending = await sendText(stage, conversation.id, 'still on its way');
    for (const replyTo of [foreign.id, foreign.wamid, 'wamid.nobody', '999999', '', pending.id]) {
      const { status, body } = await send(stage, { conversationId: conversation.id, message: 'x', replyTo });
      expect([replyTo, status, body.error?.details.errors]).toEqual([
        replyTo,
        400,
        [{ path: 'replyTo', message: expect.any(String) }],
      ]);
    }
    await stage.http.post(`/whatsapp/integrations/${stage.number.id}/resume`).set(stage.admin).expect(200);
    await reaches(stage, pending.id, ['delivered']);
  });

  it('goes through only when nothing newer is there than the writer saw', async () => {
    const customer = newCustomer(stage);
    const { id } = await writeIn(stage, customer, 'first');
    const [seen] = await thread(stage, id);
    const answer = (expectedLastMessageId: unknown) =>
      send(stage, { conversationId: id, message: 'answer', expectedLastMessageId });
    await writeIn(stage, customer, 'second');
    const [newest] = await thread(stage, id);
    for (const stale of [seen.id, null, '999999', 'abc']) {
      const { status, body } = await answer(stale);
      expect([stale, status, body.error?.details]).toEqual([
        stale,
        409,
        { code: 'newer_reply_exists', lastMessageId: newest.id },
      ]);
    }
    expect(await verdictOf(answer(7))).toEqual([400, 'validation_failed']);
    await answer(newest.id).expect(202);
  });

  it('lets one of two who answer at the same moment through', async () => {
    const { id } = await newConversation(stage);
    const [seen] = await thread(stage, id);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        send(stage, { conversationId: id, message: `agent ${n}`, expectedLastMessageId: seen.id }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409, 409]);
    expect(await thread(stage, id)).toHaveLength(2);
  });
});

describe('what stands in the way', () => {
  it('a closed window answers 409 with a hint', async () => {
    const conversation = await newConversation(stage);
    await age(conversation, 24 * HOUR + 1);
    const { status, body } = await send(stage, { conversationId: conversation.id, message: 'late' });
    expect([status, body.error.details]).toEqual([409, { code: 'window_closed', hint: 'template' }]);
    expect(body.error.message).toMatch(/24 hours/);
  });

  it('a number that is off answers 409', async () => {
    const number = await stage.addNumber();
    const conversation = await newConversation(stage, number);
    await toggle(number.id, false);
    expect(await verdictOf(send(stage, { conversationId: conversation.id, message: 'x' }))).toEqual([
      409,
      'integration_inactive',
    ]);
    await toggle(number.id, true);
    await sendText(stage, conversation.id, 'on again');
  });

  it('is told in the order of the contract', async () => {
    const number = await stage.addNumber();
    const conversation = await newConversation(stage, number);
    const all = {
      conversationId: conversation.id,
      message: '',
      to: '5551234567',
      expectedLastMessageId: '1',
    };
    await age(conversation, 25 * HOUR);
    await toggle(number.id, false);
    const codes: unknown[] = [];
    const next = async (body: Record<string, unknown>) => codes.push((await verdictOf(send(stage, body)))[1]);
    await next(all);
    const { to: _to, ...valid } = { ...all, message: 'x' };
    await next({ to: '5551234567', integrationId: number.id, message: 'x' });
    await next({ ...valid, conversationId: '999999' });
    await next(valid);
    await toggle(number.id, true);
    await next(valid);
    await age(conversation, HOUR);
    await next(valid);
    expect(codes).toEqual([
      'validation_failed',
      'invalid_phone_number',
      'not_found',
      'integration_inactive',
      'window_closed',
      'newer_reply_exists',
    ]);
  });

  /** Holds the conversation's first message back, so that the next one waits in the queue. */
  const withOneWaiting = async (
    prepare: (conversation: Conversation, number: { id: string }) => Promise<unknown>,
  ) => {
    const number = await stage.addNumber();
    const conversation = await newConversation(stage, number);
    stage.simulator.faults.set('slow', {
      delayMs: 500,
      times: 1,
      scope: 'send',
      phoneNumberId: number.phoneNumberId,
    });
    const first = await sendText(stage, conversation.id, `first of ${conversation.id}`);
    const waiting = await sendText(stage, conversation.id, `waiting of ${conversation.id}`);
    await reaches(stage, first.id, ['sending']);
    await prepare(conversation, number);
    await reaches(stage, first.id, ['accepted', 'sent', 'delivered']);
    return reaches(stage, waiting.id, ['failed', 'delivered']);
  };

  it('is asked again at the moment of sending: a number that was switched off meanwhile', async () => {
    const failed = await withOneWaiting((_conversation, { id }) => toggle(id, false));
    expect(failed).toMatchObject({
      status: 'failed',
      wamid: null,
      error: { code: 'integration_inactive', retryable: true },
    });
    expect(acceptsOf(stage, failed.text)).toBe(0);
  });

  it('is asked again at the moment of sending: a window that closed meanwhile', async () => {
    const failed = await withOneWaiting((conversation) => age(conversation, 24 * HOUR));
    expect(failed).toMatchObject({
      status: 'failed',
      wamid: null,
      error: { code: 'window_closed', retryable: false },
    });
    expect(acceptsOf(stage, failed.text)).toBe(0);
  });
});

describe('a client key', () => {
  it('gotcha 63: makes one message of five attempts and of ten at once', async () => {
    for (const [clientKey, times, together] of [
      ['one after the other', 5, false],
      ['all at once', 10, true],
    ] as const) {
      const { id } = await newConversation(stage);
      const body = { conversationId: id, message: clientKey, clientKey };
      const answers = [];
      if (together)
        answers.push(...(await Promise.all(Array.from({ length: times }, () => send(stage, body)))));
      else for (let n = 0; n < times; n += 1) answers.push(await send(stage, body));
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array(times - 1).fill(200), 202]);
      const ids = new Set(answers.map(({ body: answer }) => answer.data.id));
      expect(ids.size).toBe(1);
      await reaches(stage, [...ids][0], ['delivered']);
      await stage.simulator.idle(5_000);
      expect([clientKey, acceptsOf(stage, clientKey), (await thread(stage, id)).length]).toEqual([
        clientKey,
        1,
        2,
      ]);
      const [{ n }] = await table('messages').where({ client_key: clientKey }).count({ n: '*' });
      expect(Number(n)).toBe(1);
    }
  });

  it('answers with the first message even when the attempts expect different things or the window closed', async () => {
    const conversation = await newConversation(stage);
    const [seen] = await thread(stage, conversation.id);
    const body = {
      conversationId: conversation.id,
      message: 'impatient',
      clientKey: 'impatient',
      expectedLastMessageId: seen.id,
    };
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(stage, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 202]);
    await age(conversation, 25 * HOUR);
    const late = await send(stage, {
      to: conversation.contact.phone,
      message: 'other words',
      clientKey: 'impatient',
    }).expect(200);
    expect(late.body.data).toMatchObject({ text: 'impatient', clientKey: 'impatient' });
  });

  it('is free again after 24 hours', async () => {
    const { id } = await newConversation(stage);
    const body = { conversationId: id, message: 'daily', clientKey: 'daily' };
    const first = (await send(stage, body).expect(202)).body.data;
    await table('messages')
      .where({ id: Number(first.id) })
      .update({ received_at: Date.now() - 24 * HOUR + 60_000 });
    expect((await send(stage, body).expect(200)).body.data.id).toBe(first.id);
    await table('messages')
      .where({ id: Number(first.id) })
      .update({ received_at: Date.now() - 24 * HOUR });
    const second = (await send(stage, body).expect(202)).body.data;
    expect(second.id).not.toBe(first.id);
    expect((await message(stage, first.id)).clientKey).toBeNull();
    expect((await send(stage, body).expect(200)).body.data.id).toBe(second.id);
  });
});

describe('many messages', () => {
  it('of one conversation leave in the order in which they were written', async () => {
    const { id, contact } = await newConversation(stage);
    const texts = Array.from({ length: 20 }, (_, n) => `line ${n}`);
    const sent = [];
    for (const text of texts) sent.push(await sendText(stage, id, text));
    for (const { id: messageId } of sent) await reaches(stage, messageId, ['delivered']);
    const arrived = stage.simulator.accepted
      .filter(({ to }) => to === contact.phone)
      .map(({ body }) => (body.text as { body: string }).body);
    expect(arrived).toEqual(texts);
    const bubbles = (await thread(stage, id)).map(({ text }) => text).reverse();
    expect(bubbles).toEqual(['Hello', ...texts]);
  });

  it('and their answers within the same second keep the order in which they came', async () => {
    const customer = newCustomer(stage);
    const { id } = await writeIn(stage, customer, 'one');
    const said = ['one'];
    for (const [ours, theirs] of [
      ['two', 'three'],
      ['four', 'five'],
    ]) {
      const sent = await sendText(stage, id, ours);
      await reaches(stage, sent.id, ['accepted', 'sent', 'delivered']);
      await writeIn(stage, customer, theirs);
      said.push(ours, theirs);
      const { lastMessage } = (await get<{ data: Conversation }>(stage, `/conversations/${id}`)).data;
      expect(lastMessage?.text).toBe(theirs);
    }
    expect((await thread(stage, id)).map(({ text }) => text).reverse()).toEqual(said);
  });

  it('of different conversations do not wait for each other', async () => {
    const conversations = [];
    for (let n = 0; n < 8; n += 1) conversations.push(await newConversation(stage));
    stage.simulator.faults.set('slow', { delayMs: 4_000, scope: 'send' });
    const before = stage.simulator.requests.length;
    const sent = await Promise.all(conversations.map(({ id }) => sendText(stage, id, `parallel ${id}`)));
    // All eight stand at Meta's door while none of them has been answered yet.
    const waiting = () =>
      stage.simulator.requests
        .slice(before)
        .filter(({ path, status }) => path.endsWith('/messages') && !status);
    await until(waiting, (requests) => requests.length === 8);
    stage.simulator.faults.clear('slow');
    for (const { id } of sent) await reaches(stage, id, ['accepted', 'sent', 'delivered']);
    expect(sent.map(({ text }) => acceptsOf(stage, text))).toEqual(Array(8).fill(1));
  });

  it('leave nothing behind in the outbox', async () => {
    await until(
      async () => Number((await table('outbox').count({ n: '*' }))[0].n),
      (n) => n === 0,
    );
    const { data } = await get<{ data: Conversation[] }>(stage, '/conversations?limit=1');
    expect(data[0].lastMessage?.direction).toBe('outbound');
  });
});
