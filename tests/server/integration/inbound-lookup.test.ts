/** What a drain knows before it writes: who is behind which name, on which number, and which row ids it may use. */
import { bindRows, rowSet, type Cell, type RowShape } from '../../../server/src/storage/dialect';
import { createDatabase, type Database } from '../../../server/src/storage/database';
import { describeOn } from '../support/only-on';
import { costSoFar, type Cost } from '../support/cost';
import { rowsOf, type Rows } from '../support/rows';
import { setStage, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

let stage: Stage;
let rows: Rows;
let db: Database;
beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
  db = createDatabase(stage.strapi);
});
afterAll(() => stage.stop());

const snapshot = (): Cost => costSoFar(stage);

const send = async (customer: hook.Customer, ...messages: hook.Json[]): Promise<Cost> => {
  const before = snapshot();
  const payload = hook.from(stage.number, customer, ...messages);
  expect((await hook.post(stage, payload)).status).toBe(200);
  const after = snapshot();
  return { statements: after.statements - before.statements, commits: after.commits - before.commits };
};

describe('rows that are bound', () => {
  const SHAPE: RowShape = { n: 'int', t: 'text', j: 'json' };
  const MOST = Number.MAX_SAFE_INTEGER;
  const LIST: Cell[][] = [
    [0, '', '{}'],
    [1, 'it’s "quoted" \\ {a,b} NULL', '{"a": [1, null, "\\"x\\""]}'],
    [-1, 'two\nlines\t👋🏽', '[]'],
    [MOST, 'مرحبا', 'null'],
    [-MOST, ' ', '"text"'],
    [2 ** 31, 'a', '1.5'],
    [-(2 ** 32) - 1, 'b', 'true'],
    [null, null, null],
  ];

  it('come back as they were given', async () => {
    const sql = `SELECT r.n AS n, r.t AS t, r.j AS j FROM ${rowSet(db.dialect, SHAPE)}`;
    const found = await db.transaction((tx) => tx.lists(sql, bindRows(db.dialect, SHAPE, LIST)));
    const json = (value: unknown): unknown => (value === null ? null : JSON.parse(String(value)));
    expect(found.map(([n, t, j]) => [n === null ? null : Number(n), t, json(j)])).toEqual(
      LIST.map(([n, t, j]) => [n, t, j === null ? null : JSON.parse(String(j))]),
    );
  });

  it('may be none', async () => {
    const sql = `SELECT r.n AS n FROM ${rowSet(db.dialect, SHAPE)}`;
    expect(await db.transaction((tx) => tx.lists(sql, bindRows(db.dialect, SHAPE, [])))).toEqual([]);
  });
});

describe('whoever writes', () => {
  it('is known by another name: the same conversation, in one go', async () => {
    const ana = hook.newCustomer();
    await send(ana, hook.messageFrom(ana));
    const usual = await send(ana, hook.messageFrom(ana));
    const moved = { ...ana, phone: hook.newCustomer().phone };
    const cost = await send(moved, hook.messageFrom(moved));
    const conversations = await rows.conversationsOf({ userId: ana.userId });
    expect(conversations).toMatchObject([{ unread_count: 3 }]);
    expect(await rows.count('contact_aliases', { contact_id: conversations[0].contact_id })).toBe(3);
    // Contact by id, the new alias, the contact's new phone, and where its conversation was not told, the upsert's answer.
    expect(cost.statements).toBeLessThanOrEqual(usual.statements + 5);
    expect(cost.commits).toBe(1);
  });

  it('does so on two numbers in one delivery: one contact, a conversation on each', async () => {
    const other = await stage.addNumber({ appSecret: stage.number.appSecret });
    const ben = hook.newCustomer();
    const says = (number: Stage['number'], ...messages: hook.Json[]) =>
      hook.change(number, { contacts: [hook.contactOf(ben)], messages });
    const both = (...counts: [number, number]) =>
      hook.delivery(
        stage.number,
        says(stage.number, ...Array.from({ length: counts[0] }, () => hook.messageFrom(ben))),
        says(other, ...Array.from({ length: counts[1] }, () => hook.messageFrom(ben))),
      );
    expect((await hook.post(stage, both(1, 1))).status).toBe(200);
    expect((await hook.post(stage, both(2, 3))).status).toBe(200);
    const conversations = await rows.conversationsOf(ben);
    expect(new Set(conversations.map((row) => row.contact_id)).size).toBe(1);
    expect(conversations.map((row) => [Number(row.integration_id), row.unread_count]).sort()).toEqual(
      [
        [Number(stage.number.id), 3],
        [Number(other.id), 4],
      ].sort(),
    );
  });

  it('had a conversation that was erased meanwhile: it begins anew', async () => {
    const cleo = hook.newCustomer();
    await send(cleo, hook.messageFrom(cleo));
    const [{ id }] = await rows.conversationsOf(cleo);
    const erasing = { ...db };
    const { createDrain } = await import('../../../server/src/inbound/drain');
    const { normaliseWebhook } = await import('../../../server/src/cloud-api/normalise');
    let erased = false;
    erasing.transaction = (work) =>
      db.transaction((tx) =>
        work({
          ...tx,
          lists: async (sql, params) => {
            const found = await tx.lists(sql, params);
            if (erased) return found;
            erased = true;
            // As another process would: behind the look-up, before the writing. SQLite has one writer, so it does it itself.
            const run = (text: string) =>
              db.dialect === 'sqlite' ? tx.run(text, [id as number]) : db.all(text, [id as number]);
            await run(`DELETE FROM ${db.name('whatsapp_messages')} WHERE conversation_id = ?`);
            await run(`DELETE FROM ${db.name('whatsapp_conversations')} WHERE id = ?`);
            return found;
          },
        }),
      );
    const message = hook.messageFrom(cleo);
    const events = normaliseWebhook(hook.from(stage.number, cleo, message), Date.now());
    const route = { integrationId: Number(stage.number.id), organizationId: 1 };
    const { failureOfStatus } = await import('../../../server/src/outbound/failure');
    const drain = createDrain(erasing, failureOfStatus, Date.now);
    const record = {
      organizationId: 1,
      receivedAt: Date.now(),
      outcome: 'applied' as const,
      webhookKey: null,
      bytes: 1,
      events: 1,
      summary: {},
      body: null,
    };
    await drain([{ units: events.map((event) => ({ event, route, receivedAt: Date.now() })), record }]);
    const [conversation] = await rows.conversationsOf(cleo);
    const stored = await rows.message(message.id as string);
    expect(stored?.conversation_id).toBe(conversation.id);
    expect(await rows.count('quarantine')).toBe(0);
  });
});

describeOn('postgres')('a table whose sequence belongs to nobody', () => {
  const own = (owner: string) =>
    stage.strapi.db.connection.raw(`ALTER SEQUENCE whatsapp_messages_id_seq OWNED BY ${owner}`);
  beforeAll(() => own('NONE'));
  afterAll(() => own('whatsapp_messages.id'));

  it('takes messages all the same, one by one and many at once', async () => {
    const dora = hook.newCustomer();
    const messages = Array.from({ length: 4 }, () => hook.messageFrom(dora));
    await send(dora, messages[0]);
    await send(dora, messages[1]);
    await send(dora, messages[2], messages[3]);
    const ids = await Promise.all(
      messages.map(async ({ id }) => Number((await rows.message(id as string))?.id)),
    );
    expect(ids.every((id) => id > 0)).toBe(true);
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(await rows.count('changes', { message_id: id })).toBe(1);
  });
});
