/** The log of webhook calls: what each row says, who may see it, and doing a call again. */
import type { WebhookCall } from '../../../server/src/webhooks-log/contract';
import { ACTIONS } from '../../../server/src/permissions';
import { adminToken } from '../../helpers/people';
import { rowsOf, type Rows } from '../support/rows';
import { setStage, type Stage } from '../support/stage';
import { verdictOf } from '../support/rest';
import * as hook from '../support/webhooks';

let stage: Stage;
let rows: Rows;

interface List {
  data: WebhookCall[];
  meta: { nextCursor: string | null; rejected: { count: number; since: string } };
}
type Detail = WebhookCall & { payload: string | null };

beforeAll(async () => {
  stage = await setStage({ config: { webhook: { rejectedPerMinute: 5 } } });
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());

const knex = () => stage.strapi.db.connection;
const list = async (query = '', headers = stage.admin): Promise<List> =>
  (await stage.http.get(`/whatsapp/webhook-log${query}`).set(headers).expect(200)).body as List;
const one = async (id: string): Promise<Detail> =>
  (await stage.http.get(`/whatsapp/webhook-log/${id}`).set(stage.admin).expect(200)).body.data as Detail;
const replay = (id: string, headers = stage.admin) =>
  stage.http.post(`/whatsapp/webhook-log/${id}/replay`).set(headers);
const newest = async (): Promise<WebhookCall> => (await list('?limit=1')).data[0];

/** Lets the database refuse messages with this text, until `mend`. */
const poison = async (word: string): Promise<{ mend(): Promise<void> }> => {
  const client = stage.strapi.db.dialect.client;
  if (client === 'sqlite') {
    await knex().raw(
      `CREATE TRIGGER poison_${word} BEFORE INSERT ON whatsapp_messages WHEN NEW.text LIKE '%${word}%' BEGIN SELECT RAISE(ABORT, 'poison'); END`,
    );
    return { mend: async () => void (await knex().raw(`DROP TRIGGER poison_${word}`)) };
  }
  await knex().raw(
    `ALTER TABLE whatsapp_messages ADD CONSTRAINT poison_${word} CHECK (text NOT LIKE '%${word}%')`,
  );
  return {
    mend: async () => void (await knex().raw(`ALTER TABLE whatsapp_messages DROP CONSTRAINT poison_${word}`)),
  };
};

const write = async (text: string) => {
  const ana = hook.newCustomer();
  const message = hook.messageFrom(ana, { text: { body: text } });
  const { status } = await hook.post(stage, hook.from(stage.number, ana, message));
  expect(status).toBe(200);
  return { ana, wamid: message.id as string };
};

describe('a row of the log', () => {
  it('says when, where, how large, what kinds, for which number and how long', async () => {
    await write('Hello');
    const call = await newest();
    expect(call).toMatchObject({
      path: '/api/whatsapp/webhook',
      signature: 'valid',
      kinds: ['message.received'],
      integration: { id: stage.number.id },
      state: 'applied',
      events: 1,
      error: null,
    });
    expect(call.bytes).toBeGreaterThan(100);
    expect(call.durationMs).toBeGreaterThanOrEqual(0);
    expect(Math.abs(Date.parse(call.at) - Date.now())).toBeLessThan(60_000);
  });

  it('shows the payload without what was written, by whom, and the table holds it sealed', async () => {
    const { ana } = await write('My secret wish');
    const call = await newest();
    const { payload } = await one(call.id);
    expect(JSON.parse(payload as string)).toMatchObject({ object: 'whatsapp_business_account' });
    expect(payload).not.toMatch(/secret wish/);
    expect(payload).not.toContain(String(ana.phone));
    const [row] = await rows.all('delivery_log', { id: call.id });
    expect(String(row.body)).not.toMatch(/secret wish|whatsapp_business_account/);
  });

  it('of something that is not understood waits in quarantine, that of a foreign number keeps nothing', async () => {
    await hook.post(stage, hook.delivery(stage.number, hook.change(stage.number, {}, 'holograms')));
    expect(await newest()).toMatchObject({
      state: 'quarantined',
      error: expect.stringMatching(/not/) as string,
    });
    const stranger = { ...stage.number, phoneNumberId: '999000999' };
    const ben = hook.newCustomer();
    await hook.post(stage, hook.from(stranger, ben, hook.messageFrom(ben)));
    const call = await newest();
    expect(call).toMatchObject({ state: 'ignored', kinds: ['unknown number'] });
    expect((await one(call.id)).payload).toBeNull();
  });

  it('is found by state, number, kind and time, page by page', async () => {
    const start = new Date().toISOString();
    for (let i = 0; i < 5; i += 1) await write(`Number ${i}`);
    const first = await list(
      `?state=applied&integration=${stage.number.id}&kind=message.received&from=${start}&limit=2`,
    );
    const second = await list(`?state=applied&from=${start}&limit=2&cursor=${first.meta.nextCursor}`);
    const third = await list(`?state=applied&from=${start}&limit=2&cursor=${second.meta.nextCursor}`);
    const ids = [first, second, third].flatMap(({ data }) => data.map(({ id }) => id));
    expect(new Set(ids).size).toBe(5);
    expect(third.meta.nextCursor).toBeNull();
    expect((await list(`?kind=message&from=${start}`)).data).toEqual([]);
    expect((await list('?kind=%25')).data).toEqual([]);
    expect((await list('?integration=abc')).data).toEqual([]);
    expect((await list(`?to=${start}&state=quarantined`)).data.every(({ at }) => at <= start)).toBe(true);
    for (const query of ['?state=odd', '?from=yesterday', '?limit=0', '?cursor=x'])
      expect(await verdictOf(stage.http.get(`/whatsapp/webhook-log${query}`).set(stage.admin))).toEqual([
        400,
        'validation_failed',
      ]);
  });
});

describe('a call in quarantine', () => {
  it('says why, and is applied by a replay once the cause is mended; a second replay changes nothing', async () => {
    const { mend } = await poison('ARSENIC');
    stage.strapi.log.level = 'silent';
    const { wamid } = await write('some ARSENIC');
    const call = await newest();
    expect(call).toMatchObject({ state: 'quarantined', error: expect.stringMatching(/\w/) as string });
    expect(await rows.message(wamid)).toBeUndefined();

    const still = await replay(call.id).expect(200);
    expect(still.body.data).toMatchObject({ id: call.id, state: 'quarantined' });
    expect(await rows.count('quarantine')).toBe(1);

    await mend();
    const done = await replay(call.id).expect(200);
    expect(done.body.data).toMatchObject({ id: call.id, state: 'applied', error: null });
    expect(await rows.message(wamid)).toMatchObject({ text: 'some ARSENIC' });
    expect(await rows.count('quarantine')).toBe(0);

    const before = await rows.totals();
    await replay(call.id).expect(200);
    expect({ ...(await rows.totals()), changes: before.changes }).toEqual(before);
  });

  it('is replayed from its events when the bytes are gone', async () => {
    const { mend } = await poison('CYANIDE');
    const { wamid } = await write('some CYANIDE');
    const call = await newest();
    await mend();
    await knex()('whatsapp_delivery_log').where({ id: call.id }).update({ body: null });
    expect((await replay(call.id).expect(200)).body.data).toMatchObject({ state: 'applied' });
    expect(await rows.message(wamid)).toMatchObject({ text: 'some CYANIDE' });
    expect(await verdictOf(replay(call.id))).toEqual([409, 'not_replayable']);
  });

  it('is written down with who replayed it', async () => {
    await write('Again');
    const call = await newest();
    await replay(call.id).expect(200);
    const entry = (await rows.all('audit_entries', { action: 'webhook.replay' })).at(-1);
    expect(entry).toMatchObject({ target_type: 'webhook', target_id: call.id, actor_type: 'admin' });
  });
});

describe('an applied call', () => {
  it('can be replayed, which counts nobody twice', async () => {
    const { ana } = await write('Once');
    const call = await newest();
    const [before] = await rows.conversationsOf(ana);
    const totals = await rows.totals();
    await replay(call.id).expect(200);
    expect((await rows.conversationsOf(ana))[0].unread_count).toBe(before.unread_count);
    expect({ ...(await rows.totals()), changes: totals.changes }).toEqual(totals);
  });
});

describe('calls that nobody signed', () => {
  it('are counted in one row, answered 401 and after a while 429, and hold up nobody who signs', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 8; i += 1)
      statuses.push((await hook.postBytes(stage, Buffer.from('{}'), { signature: null })).status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
    expect(statuses.at(-1)).toBe(429);
    await write('Signed all the same');
    await stage.strapi.plugin('whatsapp').service('diagnostics').maintain();
    await hook.postBytes(stage, Buffer.from('{}'), { signature: null });
    await stage.strapi.plugin('whatsapp').service('diagnostics').maintain();
    const { data, meta } = await list('?state=rejected');
    expect(data.length).toBeLessThanOrEqual(2);
    expect(data[0]).toMatchObject({ signature: 'missing', state: 'rejected', integration: null });
    expect(meta.rejected.count).toBe(9);
    expect(JSON.parse((await one(data[0].id)).payload as string)).toEqual({
      callsByAddress: { '127.0.0.1': 9 },
    });
    expect(await verdictOf(replay(data[0].id))).toEqual([404, 'not_found']);
  });
});

describe('the export', () => {
  it('is CSV with the same filters, and is written down', async () => {
    const answer = await stage.http
      .get('/whatsapp/webhook-log/export?state=applied')
      .set(stage.admin)
      .expect(200);
    expect(answer.headers['content-type']).toMatch(/^text\/csv/);
    expect(answer.headers['content-disposition']).toMatch(/attachment/);
    const lines = answer.text.trim().split('\n');
    expect(lines[0].replace('\uFEFF', '')).toBe(
      'id,at,path,signature,state,number,kinds,events,bytes,durationMs,error',
    );
    const applied = (await list('?state=applied&limit=100')).data;
    expect(lines).toHaveLength(applied.length + 1);
    expect(await rows.count('audit_entries', { action: 'webhook-log.export' })).toBe(1);
  });
});

describe('who may', () => {
  it('see and replay are two rights', async () => {
    const reader = {
      Authorization: `Bearer ${await adminToken(stage.strapi, { actions: [ACTIONS.readWebhookLog] })}`,
    };
    const [{ id }] = (await list('?state=applied&limit=1', reader)).data;
    expect((await replay(id, reader)).status).toBe(403);
  });

  it('another tenant’s calls are not there', async () => {
    const [{ id }] = (await list('?state=applied&limit=1')).data;
    await knex()('whatsapp_delivery_log').where({ id }).update({ organization_id: 999 });
    expect((await list('?limit=100')).data.some((call) => call.id === id)).toBe(false);
    expect(await verdictOf(stage.http.get(`/whatsapp/webhook-log/${id}`).set(stage.admin))).toEqual([
      404,
      'not_found',
    ]);
    expect(await verdictOf(replay(id))).toEqual([404, 'not_found']);
  });
});

describe('payloads whose time is over', () => {
  it('go, and those in quarantine stay', async () => {
    const old = Date.now() - 8 * 24 * 60 * 60 * 1000;
    await write('Old');
    const applied = await newest();
    await hook.post(stage, hook.delivery(stage.number, hook.change(stage.number, {}, 'holograms')));
    const held = await newest();
    await knex()('whatsapp_delivery_log').whereIn('id', [applied.id, held.id]).update({ received_at: old });
    const { clearPayloads } = await import('../../../server/src/webhooks-log/upkeep');
    const { createDatabase } = await import('../../../server/src/storage/database');
    const reached = await clearPayloads(
      createDatabase(stage.strapi),
      Date.now() - 7 * 24 * 60 * 60 * 1000,
      0,
    );
    expect((await one(applied.id)).payload).toBeNull();
    expect((await one(held.id)).payload).not.toBeNull();
    expect(reached).toBeLessThanOrEqual(Number(held.id));
  });
});
