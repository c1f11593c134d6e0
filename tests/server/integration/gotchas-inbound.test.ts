/** What bites those who receive webhooks, on a real server. Numbers are those of the list of gotchas of the Cloud API. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import { adminPerson } from '../../helpers/people';
import { counted } from '../../helpers/counted';
import { permutations } from '../support/evidence';
import {
  message as shownMessage,
  newConversation,
  newCustomer,
  reaches,
  sendText,
  tokenWith,
} from '../support/rest';
import { json, rowsOf, type Row, type Rows } from '../support/rows';
import { setStage, until, type Stage, type TestNumber } from '../support/stage';
import * as hook from '../support/webhooks';

const PATH = '/api/whatsapp/webhook';

let stage: Stage;
let rows: Rows;
beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());
afterEach(() => stage.simulator.faults.clear());

const table = (name: string) => stage.strapi.db.connection(`whatsapp_${name}`);
const send = async (payload: hook.Json, number: TestNumber = stage.number): Promise<void> => {
  expect((await hook.post(stage, payload, { secret: number.appSecret })).status).toBe(200);
};
const say = async (
  customer: hook.Customer,
  over: hook.Json = {},
  number: TestNumber = stage.number,
): Promise<string> => {
  const message = hook.messageFrom(customer, over);
  await send(hook.from(number, customer, message), number);
  return message.id as string;
};
const get = async (path: string) =>
  (await stage.http.get(`/api/whatsapp${path}`).set(stage.token).expect(200)).body;
const only = async (customer: hook.Customer): Promise<Row> => {
  const found = await rows.conversationsOf(customer);
  expect(found).toHaveLength(1);
  return found[0];
};
const found = async (query: string): Promise<unknown[]> =>
  (await get(`/conversations?${query}`)).data.map(({ id }: { id: string }) => id);

/** A message of ours that Meta has taken, written to the tables only: nobody else tells anything about it. */
const accepted = async (): Promise<{ id: number; wamid: string; conversationId: number }> => {
  const wamid = await say(hook.newCustomer());
  const row = (await rows.message(wamid)) as Row;
  await table('messages')
    .where({ id: row.id })
    .update({ direction: 'outbound', delivery_status: 'accepted' });
  return { id: Number(row.id), wamid, conversationId: Number(row.conversation_id) };
};
const tell = (
  wamid: string,
  status: string,
  seconds = hook.nowSeconds(),
  over: hook.Json = {},
): Promise<void> =>
  send(hook.statuses(stage.number, hook.statusOf(wamid, status, { timestamp: String(seconds), ...over })));

/** A Graph that takes connections and never answers. */
const silentGraph = async () => {
  const asked: string[] = [];
  const server = http.createServer((request) => void asked.push(String(request.url)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v25.0`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
};
const pointTo = async (number: TestNumber, endpointUrl: string): Promise<void> => {
  await stage.http
    .put(`/api/whatsapp/integrations/${number.id}`)
    .set(stage.token)
    .send({ endpointUrl, accessToken: number.accessToken })
    .expect(200);
};

describe('transport', () => {
  it('gotcha 2, trap: the handshake and the deliveries shadow each other: one needs no signature, the other does', async () => {
    const { body } = await stage.http
      .get(`/whatsapp/integrations/${stage.number.id}`)
      .set(stage.admin)
      .expect(200);
    const [row] = await rows.all('integrations', { id: Number(stage.number.id) });
    expect(body.data.id).toBe(String(row.id));
    const { body: told } = await stage.http
      .post(`/whatsapp/integrations/${stage.number.id}/verify-token`)
      .set(stage.admin)
      .send({ rotate: true })
      .expect(200);
    const query = new URLSearchParams({
      'hub.mode': 'subscribe',
      'hub.verify_token': told.data.verifyToken,
      'hub.challenge': '42',
    });
    for (const path of [PATH, new URL(stage.number.webhookUrl).pathname]) {
      const shake = await hook.call(stage.url, { method: 'GET', path: `${path}?${query.toString()}` });
      expect([shake.status, shake.text]).toEqual([200, '42']);
      expect((await hook.call(stage.url, { method: 'POST', path, body: '{}' })).status).toBe(401);
    }
  });

  it('gotcha 5: a body of 3 MB is taken whole', async () => {
    const people = Array.from({ length: 1000 }, () => hook.newCustomer());
    const messages = people.map((person) => hook.messageFrom(person, { text: { body: 'x'.repeat(3_000) } }));
    const payload = hook.delivery(
      stage.number,
      hook.change(stage.number, { contacts: people.map(hook.contactOf), messages }),
    );
    expect(JSON.stringify(payload).length).toBeGreaterThan(3 * 1024 * 1024);
    const before = await rows.count('messages');
    await send(payload);
    expect(await rows.count('messages')).toBe(before + 1000);
  });

  it('gotcha 6: the answer waits for no download', async () => {
    const graph = await silentGraph();
    const number = await stage.addNumber();
    await pointTo(number, graph.url);
    try {
      const image = { id: '4711', mime_type: 'image/png', caption: 'The sea' };
      const wamid = await say(hook.newCustomer(), { type: 'image', text: undefined, image }, number);
      const row = (await rows.message(wamid)) as Row;
      await until(
        () => graph.asked.filter((path) => path.includes('4711')),
        ({ length }) => length > 0,
      );
      expect(json(row.media)).toMatchObject({ state: 'pending' });
      expect((await shownMessage(stage, String(row.id))).text).toBe('The sea');
    } finally {
      await graph.close();
    }
  });

  it('gotcha 10: receipts make no message, no conversation and nothing unread', async () => {
    const { wamid, id } = await accepted();
    const before = await rows.totals();
    for (const status of ['sent', 'delivered', 'read']) await tell(wamid, status);
    const after = await rows.totals();
    expect([after.messages, after.conversations, after.contacts]).toEqual([
      before.messages,
      before.conversations,
      before.contacts,
    ]);
    expect(await rows.count('changes', { message_id: id, kind: 'message.created' })).toBe(1);
  });

  it('gotcha 12: an app that is not subscribed is named, and subscribed by a button', async () => {
    stage.simulator.faults.set('not-subscribed', { phoneNumberId: stage.number.phoneNumberId });
    const test = await stage.http
      .post(`/whatsapp/integrations/${stage.number.id}/test`)
      .set(stage.admin)
      .expect(200);
    expect(test.body.data.checks).toContainEqual(
      expect.objectContaining({ name: 'subscription', state: 'error', action: 'subscribe' }),
    );
    const mended = await stage.http
      .post(`/whatsapp/integrations/${stage.number.id}/subscribe`)
      .set(stage.admin)
      .expect(200);
    expect(mended.body.data).toMatchObject({ name: 'subscription', state: 'ok' });
  });

  it('gotcha 13: the callback that another product took is named, and taken back for this account alone', async () => {
    stage.simulator.faults.set('other-callback', { phoneNumberId: stage.number.phoneNumberId });
    const test = await stage.http
      .post(`/whatsapp/integrations/${stage.number.id}/test`)
      .set(stage.admin)
      .expect(200);
    expect(test.body.data.checks).toContainEqual(
      expect.objectContaining({ name: 'callback', state: 'error', action: 'override-callback' }),
    );
    const mended = await stage.http
      .post(`/whatsapp/integrations/${stage.number.id}/override-callback`)
      .set(stage.admin)
      .expect(200);
    expect(mended.body.data).toMatchObject({ name: 'callback', state: 'ok' });
  });
});

describe('identity', () => {
  it('gotcha 18: one person has a user id in each portfolio, and each of them leads to the right thread', async () => {
    const other = await stage.addNumber();
    const here = hook.newCustomer();
    const there = { ...here, userId: `${String(here.userId)}other` };
    await say(here);
    await say(there, {}, other);
    // From now on the phone is hidden.
    const first = (await rows.message(await say({ ...here, phone: undefined }))) as Row;
    const second = (await rows.message(await say({ ...there, phone: undefined }, {}, other))) as Row;
    const threads = await rows.conversationsOf({ phone: here.phone });
    expect(new Set(threads.map((row) => row.contact_id)).size).toBe(1);
    expect(threads.map(({ id, unread_count: unread }) => [id, unread])).toEqual([
      [first.conversation_id, 2],
      [second.conversation_id, 2],
    ]);
    expect(threads.map((row) => row.integration_id)).toEqual([Number(stage.number.id), Number(other.id)]);
  });

  it('gotcha 18: people who have nothing in common but their names stay apart over portfolios', async () => {
    const other = await stage.addNumber();
    const [ana, namesake] = [hook.hidden({ name: 'Ana' }), hook.hidden({ name: 'Ana' })];
    await say(ana);
    await say(namesake, {}, other);
    expect((await only(ana)).contact_id).not.toBe((await only(namesake)).contact_id);
  });

  it('gotcha 20: who has only a user id is listed and found by it, by username and by profile name', async () => {
    const ana = hook.hidden({ name: 'Zoë Q', username: `zoe.${Date.now()}` });
    await say(ana);
    const id = String((await only(ana)).id);
    expect(await found('limit=5')).toContain(id);
    for (const q of [ana.userId, ana.username, 'Zoë Q'])
      expect({ q, ids: await found(`q=${encodeURIComponent(String(q))}`) }).toMatchObject({ q, ids: [id] });
  });

  it('gotcha 24: an album of somebody new, told at once, is one person and one conversation', async () => {
    const ana = hook.newCustomer();
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        say(ana, { type: 'image', text: undefined, image: { id: `album${i}`, mime_type: 'image/png' } }),
      ),
    );
    expect(await only(ana)).toMatchObject({ unread_count: 12 });
    expect(await rows.count('contacts', { user_id: ana.userId })).toBe(1);
  });

  it('gotcha 43: a profile name is no key and does not overwrite the name that the team gave', async () => {
    const [ana, namesake] = [hook.newCustomer({ name: 'Sam' }), hook.newCustomer({ name: 'Sam' })];
    await say(ana);
    await say(namesake);
    const { contact_id: contactId, id } = await only(ana);
    expect((await only(namesake)).contact_id).not.toBe(contactId);
    await table('contacts').where({ id: contactId }).update({ name: 'Sam of the bakery' });
    await say({ ...ana, name: 'sAm ✨' });
    expect((await get(`/conversations/${String(id)}`)).data.contact).toMatchObject({
      name: 'Sam of the bakery',
      profileName: 'sAm ✨',
    });
  });
});

describe('statuses', () => {
  it('gotcha 25: a late sent takes nothing back', async () => {
    const { id, wamid } = await accepted();
    for (const status of ['delivered', 'read', 'sent', 'delivered']) await tell(wamid, status);
    expect((await shownMessage(stage, String(id))).status).toBe('read');
  });

  it('gotcha 26: what was read was delivered', async () => {
    const { id, wamid } = await accepted();
    const at = hook.nowSeconds() - 5;
    await tell(wamid, 'read', at);
    const [row] = await rows.all('messages', { id });
    expect([Number(row.delivered_at), Number(row.read_at)]).toEqual([at * 1000, at * 1000]);
    const { statuses } = await shownMessage(stage, String(id));
    expect(statuses.map(({ status }) => status)).toEqual(['queued', 'delivered', 'read']);
  });

  it('gotcha 27: a failure outlives a late sent, and hides no arrival on another device', async () => {
    const errors = [{ code: 131026, title: 'Message undeliverable' }];
    const lost = await accepted();
    await tell(lost.wamid, 'failed', hook.nowSeconds(), { errors });
    await tell(lost.wamid, 'sent');
    expect(await shownMessage(stage, String(lost.id))).toMatchObject({
      status: 'failed',
      error: { code: '131026' },
    });
    const arrived = await accepted();
    await tell(arrived.wamid, 'delivered');
    await tell(arrived.wamid, 'failed', hook.nowSeconds(), { errors });
    expect(await shownMessage(stage, String(arrived.id))).toMatchObject({ status: 'delivered', error: null });
  });

  it('gotcha 29: a status that overtakes the answer of the send is not lost', async () => {
    const conversation = await newConversation(stage);
    stage.simulator.faults.set('early-status', { times: 1 });
    const { id } = await sendText(stage, conversation.id, 'overtaken');
    const shown = await reaches(stage, id, ['delivered'], 15_000);
    expect(shown.wamid).not.toBeNull();
    expect(shown.statuses.map(({ status }) => status)).toEqual(expect.arrayContaining(['sent', 'delivered']));
  }, 30_000);

  it('gotcha 30: delivered five times is delivered once, at the first time', async () => {
    const { id, wamid } = await accepted();
    const at = hook.nowSeconds() - 60;
    const twice = [at + 9, at + 3].map((time) =>
      hook.statusOf(wamid, 'delivered', { timestamp: String(time) }),
    );
    await send(hook.statuses(stage.number, ...twice));
    for (const time of [at, at, at + 5]) await tell(wamid, 'delivered', time);
    const { statuses } = await shownMessage(stage, String(id));
    expect(statuses.filter(({ status }) => status === 'delivered')).toEqual([
      { status: 'delivered', at: new Date(at * 1000).toISOString() },
    ]);
  });

  it('gotcha 32: a storm of 500 statuses costs a handful of statements', async () => {
    const ana = hook.newCustomer();
    const sent = Array.from({ length: 500 }, () => hook.messageFrom(ana));
    await send(hook.from(stage.number, ana, ...sent));
    const snapshot = () =>
      stage.strapi.plugin('whatsapp').service('diagnostics').snapshot() as { statements: number };
    const storm = hook.statuses(stage.number, ...sent.map(({ id }) => hook.statusOf(String(id), 'read')));
    const costs: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const before = snapshot().statements;
      await send(storm);
      costs.push(snapshot().statements - before);
    }
    expect(Math.min(...costs)).toBeLessThanOrEqual(8);
    expect((await rows.message(String(sent[499].id)))?.read_at).not.toBeNull();
  });
});

describe('content, windows and operations', () => {
  it('gotcha 35: a reaction is no bubble; a place and a card are bubbles with words', async () => {
    const ana = hook.newCustomer();
    const first = await say(ana);
    await send(hook.from(stage.number, ana, hook.reactionTo(ana, first, '👍')));
    await say(ana, { type: 'location', text: undefined, location: { latitude: 1.5, longitude: 2.5 } });
    await say(ana, { type: 'contacts', text: undefined, contacts: [{ name: { formatted_name: 'Ben' } }] });
    const { id, unread_count: unread } = await only(ana);
    const { data } = await get(`/conversations/${String(id)}/messages`);
    expect(data.map(({ text }: { text: string }) => text)).toEqual(['Ben', '1.5, 2.5', 'Hello']);
    expect(unread).toBe(3);
  });

  it('gotcha 46: a window is one of a person and a number, not of the person', async () => {
    const other = await stage.addNumber();
    const ana = hook.newCustomer();
    await say(ana, { timestamp: String(hook.nowSeconds() - 2 * 86_400) });
    await say(ana, {}, other);
    const windows = await Promise.all(
      (await rows.conversationsOf({ phone: ana.phone })).map(
        async ({ id }) => (await get(`/conversations/${String(id)}`)).data,
      ),
    );
    expect(windows.map(({ integrationId, windowOpen }) => [integrationId, windowOpen])).toEqual([
      [stage.number.id, false],
      [other.id, true],
    ]);
  });

  it('gotcha 70: no secret stands in the tables, in an answer, or in the log of an address that carried it', async () => {
    const { accessToken, appSecret } = stage.number;
    const ana = hook.newCustomer();
    const path = `${PATH}?access_token=${accessToken}`;
    expect(
      (await hook.post(stage, hook.from(stage.number, ana, hook.messageFrom(ana)), { path })).status,
    ).toBe(200);
    const places: string[] = [];
    for (const name of ['integrations', 'delivery_log', 'changes', 'jobs', 'audit_entries'])
      places.push(JSON.stringify(await rows.all(name)));
    expect(places[0]).toContain(stage.number.phoneNumberId);
    for (const url of [
      `/api/whatsapp/integrations/${stage.number.id}`,
      `/whatsapp/integrations/${stage.number.id}`,
    ])
      places.push(
        (
          await stage.http
            .get(url)
            .set(url.startsWith('/api') ? stage.token : stage.admin)
            .expect(200)
        ).text,
      );
    for (const place of places)
      for (const secret of [accessToken, appSecret]) expect(place).not.toContain(secret);
  });

  it('gotcha 74: news of quality finds the number by its display number, and no sister of the account', async () => {
    const { businessAccountId, appSecret } = stage.number;
    const sister = await stage.addNumber({ businessAccountId, appSecret });
    const value = {
      display_phone_number: sister.phoneNumber.slice(1),
      event: 'FLAGGED',
      current_limit: 'TIER_1K',
    };
    await send({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: businessAccountId,
          time: hook.nowSeconds(),
          changes: [{ field: 'phone_number_quality_update', value }],
        },
      ],
    });
    const alertsOf = async ({ id }: TestNumber) => {
      const [{ alerts }] = await rows.all('integrations', { id: Number(id) });
      return (json<{ kind: string }[] | null>(alerts) ?? []).map(({ kind }) => kind);
    };
    expect(await alertsOf(sister)).toEqual(['quality_flagged']);
    expect(await alertsOf(stage.number)).toEqual([]);
  });
});

describe('the element as Meta sent it', () => {
  it('goes along for a full-access token and for nobody else', async () => {
    const ana = hook.newCustomer();
    const element = hook.messageFrom(ana, { context: { forwarded: true } });
    await send(hook.from(stage.number, ana, element));
    const row = (await rows.message(String(element.id))) as Row;
    const path = `/api/whatsapp/messages/${String(row.id)}`;
    const contentFor = async (headers: Record<string, string>, at = path) =>
      (await stage.http.get(at).set(headers).expect(200)).body.data.content;
    expect(await contentFor(stage.token)).toMatchObject({ forwarded: true, raw: element });
    const { data } = await get(`/conversations/${String(row.conversation_id)}/messages`);
    expect(data[0].content.raw).toEqual(element);
    const limited = await tokenWith(stage, {
      type: 'custom',
      permissions: ['plugin::whatsapp.message.findOne'],
    });
    expect(await contentFor(limited)).toEqual({ forwarded: true });
    expect(await contentFor(stage.admin, path.replace('/api', ''))).toEqual({ forwarded: true });
    await table('messages').where({ id: row.id }).update({ revoked_at: Date.now() });
    expect(await contentFor(stage.token)).toEqual({});
  });
});

describe('peers', () => {
  it('trap: only the first of a batch is read', async () => {
    const people = Array.from({ length: 6 }, () => hook.newCustomer());
    const ours = await accepted();
    const entry = [0, 1, 2].map((e) => ({
      id: stage.number.businessAccountId,
      changes: [0, 1].map((c) => {
        const person = people[e * 2 + c];
        return hook.change(stage.number, {
          contacts: [hook.contactOf(person)],
          messages: [hook.messageFrom(person), hook.messageFrom(person)],
          statuses: [hook.statusOf(ours.wamid, ['sent', 'delivered', 'read'][e])],
        });
      }),
    }));
    await send({ object: 'whatsapp_business_account', entry });
    for (const person of people) expect(await only(person)).toMatchObject({ unread_count: 2 });
    expect((await shownMessage(stage, String(ours.id))).status).toBe('read');
  });

  it('trap: the duplicate check queries a column that does not exist', async () => {
    const ana = hook.newCustomer();
    const payload = hook.from(stage.number, ana, hook.messageFrom(ana));
    await send(payload);
    const before = await rows.totals();
    const { statements } = await counted(stage.strapi, () => send(payload));
    expect(statements.filter((sql) => /quarantine/.test(sql))).toEqual([]);
    expect(await rows.totals()).toEqual({ ...before, delivery_log: before.delivery_log + 1 });
  });

  it('trap: an early status is dropped', async () => {
    const wamid = hook.newWamid();
    await tell(wamid, 'delivered');
    const person = hook.newCustomer();
    const echo = {
      from: stage.number.phoneNumber.slice(1),
      to: person.phone,
      id: wamid,
      timestamp: String(hook.nowSeconds()),
      type: 'text',
      text: { body: 'From the phone' },
    };
    await send(
      hook.delivery(
        stage.number,
        hook.change(stage.number, { message_echoes: [echo] }, 'smb_message_echoes'),
      ),
    );
    expect(await rows.message(wamid)).toMatchObject({ direction: 'outbound', delivery_status: 'delivered' });
    expect(await rows.count('parked_statuses', { wamid })).toBe(0);
  });

  it('trap: a late lower status overwrites a higher one', async () => {
    const orders = permutations(['sent', 'delivered', 'read', 'failed'] as const);
    const ours = await Promise.all(orders.map(() => accepted()));
    for (let step = 0; step < 4; step += 1) {
      const told = orders.map((order, i) => hook.statusOf(ours[i].wamid, order[step]));
      await send(hook.statuses(stage.number, ...told));
    }
    const states = await table('messages')
      .whereIn(
        'id',
        ours.map(({ id }) => id),
      )
      .pluck('delivery_status');
    expect(states).toEqual(orders.map(() => 'read'));
    expect(orders).toHaveLength(24);
  });

  it('trap: a message vanishes when its media fails', async () => {
    const ana = newCustomer(stage);
    stage.simulator.faults.set('media-expired', {});
    const { wamid } = await stage.simulator.play(ana.id, stage.number.phoneNumberId, {
      type: 'image',
      bytes: Buffer.from('x'),
      mimeType: 'image/png',
      caption: 'Gone',
    });
    const row = (await until(
      () => rows.message(String(wamid)),
      (found) => found !== undefined,
    )) as Row;
    const shown = await until(
      () => shownMessage(stage, String(row.id)),
      ({ media }) => media?.state === 'expired' || media?.state === 'failed',
    );
    expect(shown).toMatchObject({ type: 'image', text: 'Gone', media: { url: null } });
  });

  it('trap: the window is derived from what the browser loaded', async () => {
    const ana = hook.newCustomer();
    const wamid = await say(ana);
    const row = (await rows.message(wamid)) as Row;
    const id = String(row.conversation_id);
    // The page before the oldest message is empty; what the server knows of the window is not.
    expect((await get(`/conversations/${id}/messages?before=${String(row.id)}`)).data).toEqual([]);
    expect((await get(`/conversations/${id}`)).data.windowOpen).toBe(true);
  });

  it('trap: work status and window status are mixed', async () => {
    const [open, shut] = [hook.newCustomer(), hook.newCustomer()];
    await say(open);
    await say(shut, { timestamp: String(hook.nowSeconds() - 2 * 86_400) });
    const [worked, waits] = [await only(open), await only(shut)];
    await table('conversations').where({ id: worked.id }).update({ state: 'resolved' });
    expect((await get(`/conversations/${String(worked.id)}`)).data).toMatchObject({
      status: 'resolved',
      windowOpen: true,
    });
    expect((await get(`/conversations/${String(waits.id)}`)).data).toMatchObject({
      status: 'open',
      windowOpen: false,
    });
  });

  it('trap: realtime ignores permission', async () => {
    const nobody = await adminPerson(stage.strapi, { actions: [] });
    const reader = await adminPerson(stage.strapi, { actions: ['plugin::whatsapp.inbox.read-inbox'] });
    const statusFor = (headers: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const request = http.get(new URL('/whatsapp/stream', stage.url), { headers }, (response) => {
          resolve(response.statusCode ?? 0);
          response.destroy();
        });
        request.on('error', reject);
      });
    expect(await statusFor(nobody.headers)).toBe(403);
    expect(await statusFor(reader.headers)).toBe(200);
  });
});
