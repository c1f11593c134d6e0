/** "Try it without a Meta account": the built-in simulator over the admin panel's own routes. */
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import type { PhoneMessage, SimulatedCustomer, SimulatorState } from '../../../server/src/sandbox/contract';
import { bootStrapi, type BootedStrapi } from '../../helpers/strapi';
import { adminToken } from '../../helpers/people';
import { until } from '../support/stage';
import { verdictOf } from '../support/rest';

let booted: BootedStrapi;
let admin: Record<string, string>;
let listenersBefore: number;

const servers = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;

/** Stopped by the last test. */
beforeAll(async () => {
  listenersBefore = servers();
  booted = await bootStrapi();
  admin = { Authorization: `Bearer ${await adminToken(booted.strapi)}` };
});

const call = (method: 'get' | 'post' | 'put', path: string, body?: object) => {
  const request = booted.http[method](`/whatsapp${path}`).set(admin);
  return body ? request.send(body) : request;
};
const data = async <T>(method: 'get' | 'post' | 'put', path: string, body?: object): Promise<T> => {
  const answer = await call(method, path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.body.data as T;
};
const state = () => data<SimulatorState>('get', '/simulator');
const inbox = () => data<Conversation[]>('get', '/conversations?limit=100');
const phone = (customer: SimulatedCustomer) =>
  data<PhoneMessage[]>('get', `/simulator/customers/${customer.id}/messages`);
const play = (customer: SimulatedCustomer, body: object) =>
  call('post', `/simulator/customers/${customer.id}/messages`, body);
const service = () =>
  booted.strapi.plugin('whatsapp').service('sandbox') as unknown as {
    ensure(): Promise<{ id: string }>;
    playSamples(): Promise<boolean>;
  };
const thread = (id: string) => data<Message[]>('get', `/conversations/${id}/messages`);

describe('the sandbox', () => {
  it('does not run before somebody asks for it', async () => {
    expect(await state()).toEqual({ running: false, numbers: [], customers: [], faults: [] });
    expect(await verdictOf(play({ id: 'x' } as SimulatedCustomer, { type: 'text', text: 'Hi' }))).toEqual([
      404,
      'not_found',
    ]);
  });

  it('is one number, however often and at once it is made', async () => {
    const made = await Promise.all([1, 2, 3].map(() => data<{ id: string }>('post', '/sandbox')));
    made.push(await data('post', '/sandbox'), await service().ensure());
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const numbers = await data<{ sandbox: boolean; accessTokenLast4: string }[]>('get', '/integrations');
    expect(numbers).toHaveLength(1);
    expect(numbers[0]).toMatchObject({
      sandbox: true,
      active: true,
      endpointUrl: 'https://graph.facebook.com',
    });
    expect(await state()).toMatchObject({ running: true, numbers: [{ name: 'Sandbox' }] });
  });

  it('lets a customer write, an editor answer, and the ticks turn', async () => {
    const customer = await data<SimulatedCustomer>('post', '/simulator/customers', {
      name: 'Ana',
      phone: '+34600555777',
    });
    expect(
      await data('post', `/simulator/customers/${customer.id}/messages`, { type: 'text', text: 'Hola 🙂' }),
    ).toEqual({
      wamid: expect.stringMatching(/^wamid\./),
    });
    const [conversation] = await until(inbox, (all) => all.length === 1);
    expect(conversation).toMatchObject({
      unreadCount: 1,
      contact: { profileName: 'Ana', phone: '+34600555777' },
      lastMessage: { text: 'Hola 🙂' },
    });
    const [question] = await phone(customer);
    expect(question).toMatchObject({ direction: 'out', text: 'Hola 🙂', state: 'arrived' });

    const sent = await data<Message>('post', '/messages/send', {
      conversationId: conversation.id,
      message: 'Buenos días',
      replyTo: question.wamid,
    });
    await until(
      () => thread(conversation.id),
      ([newest]) => newest.id === sent.id && newest.status === 'delivered',
    );
    expect((await phone(customer))[1]).toMatchObject({
      direction: 'in',
      text: 'Buenos días',
      replyTo: question.wamid,
    });
    expect((await state()).customers[0]).toMatchObject({ name: 'Ana', unread: 1, lastText: 'Buenos días' });
    await call('post', `/simulator/customers/${customer.id}/read`).expect(204);
    await until(
      () => thread(conversation.id),
      ([newest]) => newest.status === 'read',
    );

    const answer = (await phone(customer))[1];
    await play(customer, { type: 'reaction', messageId: answer.wamid, emoji: '🎉' }).expect(200);
    await until(
      () => thread(conversation.id),
      ([newest]) => newest.reactions[0]?.emoji === '🎉',
    );
    await play(customer, { type: 'image', caption: 'Look' }).expect(200);
    const [picture] = await until(
      () => thread(conversation.id),
      ([newest]) => newest.media?.state === 'stored',
    );
    expect(picture).toMatchObject({ type: 'image', text: 'Look' });
    const file = await booted.http.get(picture.media?.url as string).expect(200);
    expect(file.headers['content-type']).toMatch(/^image\//);
    await play(customer, { type: 'location' }).expect(200);
    await until(
      () => thread(conversation.id),
      ([newest]) => newest.type === 'location',
    );
  });

  it('lets faults be chosen, and names those that it does not know', async () => {
    const set = (name: string, active: boolean) => call('put', '/simulator/faults', { name, active });
    const { body } = await set('not-on-whatsapp', true).expect(200);
    expect(body.data.faults.find((f: { name: string }) => f.name === 'not-on-whatsapp')).toMatchObject({
      active: true,
    });
    expect(body.data.faults.length).toBeGreaterThan(10);
    const [conversation] = await inbox();
    const { id } = await data<Message>('post', '/messages/send', {
      conversationId: conversation.id,
      message: 'Anybody?',
    });
    const [failed] = await until(
      () => thread(conversation.id),
      ([newest]) => newest.id === id && newest.status === 'failed',
    );
    expect(failed.error).toMatchObject({ code: '131026' });
    await set('not-on-whatsapp', false).expect(200);
    expect((await state()).faults.some(({ active }) => active)).toBe(false);
    expect(await verdictOf(set('meteor', true))).toEqual([404, 'not_found']);
    expect(await verdictOf(call('put', '/simulator/faults', { name: '429' }))).toEqual([
      400,
      'validation_failed',
    ]);
  });

  it('answers 400 with a sentence for what cannot be played, and 404 for who is not there', async () => {
    const [customer] = (await state()).customers;
    const nobody = { id: 'nobody' } as SimulatedCustomer;
    const wrong: [Promise<[number, string | undefined]>, number][] = [
      [verdictOf(call('post', '/simulator/customers', {})), 400],
      [verdictOf(call('post', '/simulator/customers', { name: 'x', phone: '5551234567' })), 400],
      [verdictOf(call('post', '/simulator/customers', { name: 'Twin', phone: customer.phone })), 400],
      [verdictOf(play(customer, { type: 'text', text: '' })), 400],
      [verdictOf(play(customer, { type: 'dance' })), 400],
      [verdictOf(play(customer, { type: 'reaction', messageId: 'wamid.NONE', emoji: '👍' })), 400],
      [verdictOf(play(nobody, { type: 'text', text: 'Hi' })), 404],
      [verdictOf(call('get', '/simulator/customers/nobody/messages')), 404],
      [verdictOf(call('get', `/simulator/customers/${customer.id}/messages?number=1`)), 404],
      [verdictOf(call('post', '/simulator/customers/nobody/read')), 404],
    ];
    expect(await Promise.all(wrong.map(async ([verdict]) => (await verdict)[0]))).toEqual(
      wrong.map(([, status]) => status),
    );
  });

  it('plays no samples where there are conversations, and its number needs no token of anybody', async () => {
    expect(await service().playSamples()).toBe(false);
    expect(await inbox()).toHaveLength(1);
  });
});

describe('the samples', () => {
  it('come in through the front door once, also when they are asked for twice at once', async () => {
    // A site made anew beside a simulator that remembers: Ana of the samples is known already.
    const { connection } = booted.strapi.db;
    const [number] = await data<{ id: string }[]>('get', '/integrations');
    await data<SimulatedCustomer>('post', '/simulator/customers', {
      name: 'Ana Ruiz',
      phone: '+34600555101',
    });
    await booted.http.delete(`/whatsapp/integrations/${number.id}?history=erase`).set(admin).expect(204);
    expect(Number((await connection('whatsapp_conversations').count({ n: '*' }))[0].n)).toBe(0);

    const played = await Promise.all([service().playSamples(), service().playSamples()]);
    expect(played).toEqual([true, true]);
    expect(await service().playSamples()).toBe(false);
    const all = await inbox();
    expect(all.map(({ contact }) => contact.profileName).sort()).toEqual(
      ['Ana Ruiz', 'Bob Miller', 'Deniz Kaya', 'Priya', 'יעל כהן'].sort(),
    );
    expect(all.find(({ contact }) => contact.profileName === 'Priya')?.contact.phone).toBeNull();
    const ana = all.find(({ contact }) => contact.profileName === 'Ana Ruiz') as Conversation;
    const bubbles = (await thread(ana.id)).reverse();
    expect(bubbles.map(({ direction }) => direction)).toEqual(['inbound', 'outbound', 'inbound', 'inbound']);
    expect(bubbles[1].status).toBe('read');
  });

  it('show a template on the phone as it was filled in', async () => {
    await data('post', '/templates/sync', {});
    const ana = (await inbox()).find(({ contact }) => contact.profileName === 'Ana Ruiz') as Conversation;
    const customer = (await state()).customers.find(
      ({ userId }) => userId === ana.contact.userId,
    ) as SimulatedCustomer;
    await data('post', '/messages/send', {
      conversationId: ana.id,
      type: 'template',
      template: {
        name: 'order_ready',
        language: 'en_US',
        parameters: { body: { first_name: 'Ana', order_no: '7' } },
      },
    });
    // It is on the phone a moment before Meta's answer has told us its id.
    const shown = await until(
      () => phone(customer),
      (all) => all.some(({ template }) => template !== null),
    );
    expect(shown.find(({ type }) => type === 'template')?.template).toMatchObject({
      body: 'Hi Ana, your order 7 is ready for pickup.',
      buttons: [{ text: 'On my way' }, { text: 'Tomorrow' }],
    });
    expect(shown.filter(({ type }) => type !== 'template').map(({ template }) => template)).toEqual(
      shown.filter(({ type }) => type !== 'template').map(() => null),
    );
  });
});

describe('stopping', () => {
  it('closes every port that was opened', async () => {
    const house = { port: Number(new URL(booted.url).port) };
    expect(servers()).toBeGreaterThanOrEqual(listenersBefore + 2);
    await booted.stop();
    await until(servers, (count) => count === listenersBefore, 3_000);
    await expect(fetch(`http://127.0.0.1:${house.port}`)).rejects.toThrow();
  });
});
