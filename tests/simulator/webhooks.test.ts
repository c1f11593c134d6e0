import { createHmac } from 'node:crypto';
import { signBody } from '../../simulator/src';
import { PHONE_ID, SECRET, setStage, startReceiver, WABA_ID, type Stage } from './stage';

let stage: Stage;
afterEach(() => stage.close());

describe('bytes and signature', () => {
  it('escapes non-ASCII as lower-case \\u and slashes, and signs exactly these bytes', async () => {
    stage = await setStage();
    const ana = stage.simulator.customers.add({ name: 'Añá 😀', phone: '+15550100177' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'schön https://x.org/ä 👍' });
    await stage.simulator.idle();

    const [{ bytes, headers, body }] = stage.receiver.received;
    const text = bytes.toString('latin1');
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    expect(text).toContain('sch\\u00f6n https:\\/\\/x.org\\/\\u00e4 \\ud83d\\udc4d');
    expect(headers['x-hub-signature-256']).toBe(
      `sha256=${createHmac('sha256', SECRET).update(bytes).digest('hex')}`,
    );
    expect(headers['content-type']).toBe('application/json');
    expect(headers['user-agent']).toBe('facebookexternalua');
    expect(body.entry[0].changes[0].value.messages[0].text.body).toBe('schön https://x.org/ä 👍');
  });
});

describe('envelope', () => {
  it('carries the envelope, sender and contact of an ordinary text', async () => {
    stage = await setStage();
    const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177', username: 'ana.p' });
    const { wamid } = await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
    await stage.simulator.idle();
    const { body } = stage.receiver.received[0];
    expect(body.object).toBe('whatsapp_business_account');
    expect(body.entry[0].id).toBe(WABA_ID);
    const { field, value } = body.entry[0].changes[0];
    expect(field).toBe('messages');
    expect(value.metadata).toEqual({ display_phone_number: '15550100100', phone_number_id: PHONE_ID });
    expect(value.contacts).toEqual([
      { profile: { name: 'Ana', username: 'ana.p' }, wa_id: '15550100177', user_id: ana.userId },
    ]);
    expect(value.messages[0]).toMatchObject({
      from: '15550100177',
      from_user_id: ana.userId,
      id: wamid,
      type: 'text',
    });
    expect(value.messages[0].timestamp).toMatch(/^\d{10}$/);
    expect(stage.simulator.thread(ana.id, PHONE_ID)).toMatchObject([
      { wamid, direction: 'out', state: 'arrived' },
    ]);
  });

  it('leaves every phone key out for a username-only customer, in messages and statuses', async () => {
    stage = await setStage();
    const ben = stage.simulator.customers.add({ name: 'Ben', username: 'ben_w' });
    await stage.simulator.play(ben.id, PHONE_ID, { type: 'text', text: 'hi' });
    const { body } = await stage.send({ recipient: ben.userId, type: 'text', text: { body: 'Hello' } });
    expect(body.contacts).toEqual([{ input: ben.userId, user_id: ben.userId }]);
    await stage.simulator.idle();
    expect(stage.receiver.all('statuses').map(({ status }) => status)).toEqual(['sent', 'delivered']);
    for (const { bytes } of stage.receiver.received) {
      expect(bytes.toString()).not.toMatch(/"(from|wa_id|recipient_id)":/);
    }
    expect(ben.userId).toMatch(/^US\.[A-Za-z0-9]+$/);
    expect(stage.receiver.all('messages')[0].from_user_id).toBe(ben.userId);
  });

  it('posts updates that lie close together in one request, one change per number and kind', async () => {
    stage = await setStage({ batchWindowMs: 2_000 });
    const second = '555002000000003';
    stage.simulator.addNumber({
      phoneNumberId: second,
      wabaId: '555001000000009',
      displayPhoneNumber: '+15550100101',
      verifiedName: 'Other',
      accessToken: 'other',
      appSecret: SECRET,
      callbackUrl: stage.receiver.url,
    });
    const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: '1' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: '2' });
    await stage.simulator.play(ana.id, second, { type: 'text', text: '3' });
    await stage.text('+15550100177');
    await stage.simulator.idle();
    const { body } = stage.receiver.received[0];
    expect(stage.receiver.received).toHaveLength(1);
    expect(body.entry).toHaveLength(2);
    expect(body.entry[0].changes).toHaveLength(2);
    expect(body.entry[0].changes[0].value.messages).toHaveLength(2);
    expect(body.entry[0].changes[0].value.contacts).toHaveLength(1);
    expect(body.entry[0].changes[1].value.statuses).toHaveLength(2);
    expect(body.entry[1].changes[0].value.metadata.phone_number_id).toBe(second);
  });

  it('sends user_changed_number without contacts and with both BSUIDs, and keeps the thread', async () => {
    stage = await setStage();
    const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'changed_number', phone: '+15550100188' });
    await stage.simulator.idle();
    const change = stage.receiver.received[0].body.entry[0].changes.find(
      (candidate: { value: { messages?: { type: string }[] } }) =>
        candidate.value.messages?.[0].type === 'system',
    );
    expect(change.value).not.toHaveProperty('contacts');
    const now = stage.simulator.customers.get(ana.id);
    expect(change.value.messages[0]).toMatchObject({
      from: '15550100177',
      system: {
        type: 'user_changed_number',
        wa_id: '15550100188',
        user_id: now?.userId,
        previous_user_id: ana.userId,
      },
    });
    expect((await stage.text('+15550100188')).status).toBe(200);
    await stage.simulator.idle();
    expect(stage.receiver.all('statuses').at(-1)).toMatchObject({
      status: 'delivered',
      recipient_id: '15550100188',
    });
  });
});

describe('delivery', () => {
  it('tries again with growing pauses until 200, and shows it on the phone', async () => {
    stage = await setStage({ retry: { firstMs: 10, factor: 3 } });
    stage.receiver.answers.push(500, 503);
    const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
    await stage.simulator.idle();
    expect(
      stage.simulator.webhooks.map(({ status, attempt, kinds }) => ({ status, attempt, kinds })),
    ).toEqual([
      { status: 500, attempt: 1, kinds: ['message:text'] },
      { status: 503, attempt: 2, kinds: ['message:text'] },
      { status: 200, attempt: 3, kinds: ['message:text'] },
    ]);
    const [first, , third] = stage.receiver.received;
    expect(third.bytes.equals(first.bytes)).toBe(true);
    const [one, two, three] = stage.simulator.webhooks.map(({ at }) => at);
    expect(three - two).toBeGreaterThan(two - one);
    expect(stage.simulator.thread(ana.id, PHONE_ID)[0].state).toBe('arrived');
  });

  it('gives up after the bounded number of attempts and shows the refusal', async () => {
    stage = await setStage({ retry: { firstMs: 1, attempts: 3 } });
    stage.receiver.answers.push(401, 401, 401);
    const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
    await stage.simulator.idle();
    expect(stage.simulator.webhooks).toHaveLength(3);
    expect(stage.simulator.thread(ana.id, PHONE_ID)[0].state).toBe('refused');
  });

  it('loses nothing while the receiver is down', async () => {
    stage = await setStage({ retry: { firstMs: 20, factor: 1 } });
    const port = Number(new URL(stage.receiver.url).port);
    await stage.receiver.close();
    const ana = stage.simulator.customers.add({ name: 'Ana', phone: '+15550100177' });
    await stage.simulator.play(ana.id, PHONE_ID, { type: 'text', text: 'hi' });
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(stage.simulator.thread(ana.id, PHONE_ID)[0].state).toBe('sending');
    stage.receiver = await startReceiver('verify-me', port);
    await stage.simulator.idle(5000);
    expect(stage.receiver.all('messages')).toHaveLength(1);
  });

  it('posts hand-made bytes, wrongly signed or unsigned when asked, and knows the messages of a payload', async () => {
    stage = await setStage();
    const bytes = Buffer.from('{"object": "x"}');
    await stage.simulator.postWebhook(PHONE_ID, bytes);
    await stage.simulator.postWebhook(PHONE_ID, bytes, { signature: null });
    await stage.simulator.postWebhook(PHONE_ID, bytes, { signature: 'sha256=00' });
    expect(stage.receiver.received.map(({ headers }) => headers['x-hub-signature-256'])).toEqual([
      signBody(SECRET, bytes),
      undefined,
      'sha256=00',
    ]);
    expect(stage.receiver.received[0].bytes.equals(bytes)).toBe(true);

    const timestamp = String(Math.floor(Date.now() / 1000));
    const message = { from: '15550100166', id: 'wamid.HAND', timestamp, type: 'text', text: { body: 'x' } };
    const value = {
      messaging_product: 'whatsapp',
      metadata: { phone_number_id: PHONE_ID },
      messages: [message],
    };
    const entry = [{ id: WABA_ID, changes: [{ field: 'messages', value }] }];
    expect(await stage.simulator.postWebhook(PHONE_ID, { object: 'whatsapp_business_account', entry })).toBe(
      200,
    );
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.HAND' };
    expect((await stage.graph('POST', `/${PHONE_ID}/messages`, read)).body).toEqual({ success: true });
    await stage.text('+15550100166', { context: { message_id: 'wamid.HAND' } });
    await stage.simulator.idle();
    expect(stage.receiver.all('statuses').at(-1)?.status).toBe('delivered');
  });
});
