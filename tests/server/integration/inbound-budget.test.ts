/** What a delivery may cost the database, and that SQL keeps the rule that the pure code states. */
import { failureOfStatus } from '../../../server/src/outbound/failure';
import { createDrain } from '../../../server/src/inbound/drain';
import { applyParked } from '../../../server/src/inbound/park';
import { mergeStatuses, type StatusMerge } from '../../../server/src/messages/batch';
import { normaliseWebhook } from '../../../server/src/cloud-api/normalise';
import { createDatabase, type Database } from '../../../server/src/storage/database';
import type { Param, Tx } from '../../../server/src/storage/transaction';
import { evidenceOf, expectedState, KINDS, seeded, type Kind } from '../support/evidence';
import { costSoFar, type Cost } from '../support/cost';
import { rowsOf, type Row, type Rows } from '../support/rows';
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

/** The least of a few tries: maintenance may fall into one of them. */
const costOf = async (payload: () => unknown, tries = 3): Promise<Cost> => {
  const costs: Cost[] = [];
  for (let round = 0; round < tries; round += 1) {
    const before = snapshot();
    expect((await hook.post(stage, payload())).status).toBe(200);
    const after = snapshot();
    costs.push({ statements: after.statements - before.statements, commits: after.commits - before.commits });
  }
  return {
    statements: Math.min(...costs.map(({ statements }) => statements)),
    commits: Math.min(...costs.map(({ commits }) => commits)),
  };
};
/** MySQL has no RETURNING: people, aliases, conversations and messages are read back. */
const budget = (events: number): number => {
  const halves = Math.ceil(events / 500);
  return 4 + halves * (db.dialect === 'mysql' ? 10 : 4);
};

const batch = (size: { people: number; messages: number; reactions: number; statuses: string[] }) => () => {
  const people = Array.from({ length: size.people }, () => hook.newCustomer());
  const pick = (index: number) => people[index % people.length];
  const messages = Array.from({ length: size.messages }, (_, i) => hook.messageFrom(pick(i)));
  const reactions = Array.from({ length: size.reactions }, (_, i) => {
    const target = i % messages.length;
    return hook.reactionTo(pick(target), messages[target].id as string, '👍');
  });
  const statuses = size.statuses.map((wamid) => hook.statusOf(wamid, 'read'));
  return hook.delivery(
    stage.number,
    hook.change(stage.number, {
      contacts: people.map(hook.contactOf),
      messages: [...messages, ...reactions],
      statuses,
    }),
  );
};

describe('statements and commits', () => {
  it('one message of somebody new: at most 8 statements, one commit', async () => {
    const cost = await costOf(batch({ people: 1, messages: 1, reactions: 0, statuses: [] }));
    expect(cost.statements).toBeLessThanOrEqual(budget(1));
    expect(cost.statements).toBeGreaterThan(3);
    expect(cost.commits).toBe(1);
  });

  it('one status: at most 5', async () => {
    const ana = hook.newCustomer();
    const message = hook.messageFrom(ana);
    await hook.post(stage, hook.from(stage.number, ana, message));
    const cost = await costOf(() => hook.statuses(stage.number, hook.statusOf(message.id as string, 'read')));
    expect(cost.statements).toBeLessThanOrEqual(5);
  });

  it.each([10, 100, 500])('%i messages of as many people cost as little as one', async (n) => {
    const cost = await costOf(batch({ people: n, messages: n, reactions: 0, statuses: [] }), 2);
    expect(cost.statements).toBeLessThanOrEqual(budget(n));
    expect(cost.commits).toBe(1);
  });

  it('a thousand mixed events stay within 4 + ⌈n/500⌉·4', async () => {
    const ana = hook.newCustomer();
    const known = Array.from({ length: 250 }, () => hook.messageFrom(ana));
    await hook.post(stage, hook.from(stage.number, ana, ...known));
    const statuses = known.map(({ id }) => id as string);
    const cost = await costOf(batch({ people: 50, messages: 500, reactions: 250, statuses }), 2);
    expect(cost.statements).toBeLessThanOrEqual(budget(1000));
    expect(cost.commits).toBe(1);
    expect((await rows.message(statuses[249]))?.read_at).not.toBeNull();
  });

  it('a thousand refused sends close their windows within the budget', async () => {
    const people = Array.from({ length: 200 }, () => hook.newCustomer());
    const known = people.map((person) => hook.messageFrom(person));
    await hook.post(
      stage,
      hook.delivery(
        stage.number,
        hook.change(stage.number, { contacts: people.map(hook.contactOf), messages: known }),
      ),
    );
    const errors = [{ code: 131047, title: 'Re-engagement message' }];
    const list = Array.from({ length: 1000 }, (_, i) =>
      hook.statusOf(known[i % 200].id as string, 'failed', { errors }),
    );
    const cost = await costOf(() => hook.statuses(stage.number, ...list), 2);
    expect(cost.statements).toBeLessThanOrEqual(budget(1000));
    const [conversation] = await rows.conversationsOf(people[199]);
    expect(conversation.window_refused_at).not.toBeNull();
  });

  it('a hundred deliveries at once share at most 12 commits', async () => {
    const round = async (): Promise<number> => {
      const payloads = Array.from({ length: 100 }, () => {
        const ana = hook.newCustomer();
        return hook.from(stage.number, ana, hook.messageFrom(ana));
      });
      const before = snapshot();
      const answers = await Promise.all(payloads.map((payload) => hook.post(stage, payload)));
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
      return snapshot().commits - before.commits;
    };
    await round();
    const commits = [await round(), await round(), await round()];
    expect(Math.min(...commits)).toBeLessThanOrEqual(12);
    expect(Math.min(...commits)).toBeGreaterThan(0);
  });
});

/** A database that remembers what was asked of it. */
const recording = (asked: { sql: string; params: Param[] }[]): Database => ({
  ...db,
  all: (sql, params = []) => {
    asked.push({ sql, params });
    return db.all(sql, params);
  },
  transaction: (work) =>
    db.transaction((tx) =>
      work({
        all: <T extends Row>(sql: string, params: Param[] = []) => {
          asked.push({ sql, params });
          return tx.all<T>(sql, params);
        },
        lists: (sql, params = []) => {
          asked.push({ sql, params });
          return tx.lists(sql, params);
        },
        run: (sql, params = []) => {
          asked.push({ sql, params });
          return tx.run(sql, params);
        },
        each: (sql, list, tail = []) => {
          asked.push({ sql, params: [...(list[0] ?? []), ...tail] });
          return tx.each(sql, list, tail);
        },
        later: tx.later,
      } satisfies Tx),
    ),
});

describe('on a filled database', () => {
  const PEOPLE = 4_000;
  const wamids: string[] = [];
  const customers = Array.from({ length: PEOPLE }, () => hook.newCustomer());
  beforeAll(async () => {
    for (let start = 0; start < PEOPLE; start += 1000) {
      const part = customers.slice(start, start + 1000);
      const messages = part.flatMap((person) => [hook.messageFrom(person), hook.messageFrom(person)]);
      messages.forEach(({ id }) => wamids.push(id as string));
      const value = {
        contacts: part.map(hook.contactOf),
        messages,
        statuses: part.map(() => hook.statusOf(hook.newWamid(), 'read')),
      };
      expect(
        (await hook.post(stage, hook.delivery(stage.number, hook.change(stage.number, value)))).status,
      ).toBe(200);
    }
    const knex = stage.strapi.db.connection;
    await knex('whatsapp_parked_statuses').update({ received_at: Date.now() - 24 * 60 * 60 * 1000 });
    if (db.dialect === 'postgres') await knex.raw('ANALYZE');
    // Rebuilt: InnoDB counts what the update left behind in its index as rows.
    if (db.dialect === 'mysql') await knex.raw('OPTIMIZE TABLE whatsapp_parked_statuses, whatsapp_messages');
  });

  /** Lines of a plan in which one of our tables is read from end to end. */
  const fullScans = async (sql: string, params: readonly unknown[]): Promise<string[]> => {
    const knex = stage.strapi.db.connection;
    if (db.dialect === 'sqlite') {
      const plan = (await knex.raw(`EXPLAIN QUERY PLAN ${sql}`, params as string[])) as { detail: string }[];
      expect(plan.length + (/^INSERT/.test(sql) ? 1 : 0)).toBeGreaterThan(0);
      return plan
        .map(({ detail }) => detail)
        .filter(
          (line) => /^SCAN /.test(line) && !/VIRTUAL TABLE|CONSTANT|USING (COVERING )?INDEX/.test(line),
        );
    }
    if (db.dialect === 'mysql') {
      const [plan] = (await knex.raw(`EXPLAIN ${sql}`, params as string[])) as [Row[]];
      return plan
        .filter((line) => line.type === 'ALL' && line.table !== 'r' && Number(line.rows) > 100)
        .map((line) => JSON.stringify(line));
    }
    // These tables are small enough to be read whole for less than a hundred probes cost: asked is whether an index serves.
    const { rows: plan } = await knex.transaction(async (trx) => {
      await trx.raw('SET LOCAL enable_seqscan = off');
      return (await trx.raw(`EXPLAIN ${sql}`, params as string[])) as { rows: { 'QUERY PLAN': string }[] };
    });
    return plan
      .map((line) => line['QUERY PLAN'])
      .filter((line) => /Seq Scan on whatsapp_(?!integrations|organizations|jobs|outbox)/.test(line));
  };

  it('no statement of a delivery reads a table from end to end', async () => {
    const asked: { sql: string; params: Param[] }[] = [];
    const [ana, ben] = customers;
    const stranger = hook.newCustomer();
    const [known, other] = wamids;
    const revoke = hook.messageFrom(ben, {
      type: 'revoke',
      text: undefined,
      revoke: { original_message_id: other },
    });
    const edit = hook.messageFrom(ben, {
      type: 'edit',
      text: undefined,
      edit: { original_message_id: other, message: { type: 'text', text: { body: 'x' } } },
    });
    const moved = {
      id: hook.newWamid(),
      timestamp: String(hook.nowSeconds()),
      type: 'system',
      from: customers[2].phone,
      system: { type: 'user_changed_number', wa_id: customers[3].phone },
    };
    const early = hook.messageFrom(stranger);
    const errors = [{ code: 131047, title: 'x' }];
    const payload = (...messages: hook.Json[]) =>
      hook.delivery(
        stage.number,
        hook.change(stage.number, {
          contacts: [
            hook.contactOf({ ...ana, name: 'New name' }),
            hook.contactOf(ben),
            hook.contactOf(stranger),
          ],
          messages,
          statuses: [
            hook.statusOf(known, 'read', { biz_opaque_callback_data: 'some-key' }),
            hook.statusOf(other, 'failed', { errors }),
            hook.statusOf(hook.newWamid(), 'sent'),
          ],
        }),
      );
    const image = hook.messageFrom(ana, {
      type: 'image',
      text: undefined,
      image: { id: '1', mime_type: 'image/png' },
    });
    const drain = createDrain(recording(asked), failureOfStatus, Date.now);
    const feed = (body: unknown) => {
      const route = { integrationId: Number(stage.number.id), organizationId: 1 };
      const events = normaliseWebhook(body, Date.now());
      const record = {
        organizationId: 1,
        receivedAt: Date.now(),
        outcome: 'applied',
        webhookKey: null,
        bytes: 1,
        events: events.length,
        summary: {},
        body: null,
      } as const;
      return drain([
        {
          units: events.map((event) => ({ event, route, receivedAt: Date.now() })),
          record: { ...record },
        },
      ]);
    };
    await feed(payload(hook.reactionTo(stranger, early.id as string, '👍')));
    await feed(
      payload(early, image, hook.reactionTo(ana, known, '👍'), revoke, edit, moved, hook.messageFrom(ana)),
    );
    await applyParked(recording(asked), failureOfStatus, Date.now());

    const statements = new Map(asked.map((one) => [one.sql, one]));
    const kinds = [...statements.keys()];
    for (const expected of [
      /UNION ALL/,
      /INSERT INTO .*whatsapp_contacts/,
      /INSERT INTO .*whatsapp_contact_aliases/,
      /UPDATE .*whatsapp_contact_aliases/,
      /UPDATE .*whatsapp_contacts/,
      /INSERT INTO .*whatsapp_conversations/,
      /INSERT INTO .*whatsapp_messages/,
      /INSERT INTO .*whatsapp_jobs/,
      /UPDATE .*whatsapp_messages.* SET (m\.)?delivery_status/,
      /UPDATE .*whatsapp_messages.* SET (m\.)?contact_reaction/,
      /UPDATE .*whatsapp_messages.* SET (m\.)?revoked_at/,
      /UPDATE .*whatsapp_messages.* SET (m\.)?text/,
      /UPDATE .*whatsapp_conversations/,
      /INSERT INTO .*whatsapp_changes/,
      /INSERT INTO .*whatsapp_parked_statuses/,
      /DELETE .*FROM .*whatsapp_parked_statuses/,
      /SELECT p\.id, p\.organization_id/,
    ]) {
      expect({ expected, met: kinds.some((sql) => expected.test(sql)) }).toEqual({ expected, met: true });
    }
    for (const { sql, params } of statements.values()) {
      expect({ sql, scans: await fullScans(sql, params) }).toEqual({ sql, scans: [] });
    }
  });

  it('nor does the list of conversations, a thread, or a page of it', async () => {
    const [conversation] = await rows.conversationsOf(customers[0]);
    const asked: { sql: string; bindings: unknown[] }[] = [];
    const record = (query: { sql: string; bindings: unknown[] }): void => void asked.push(query);
    stage.strapi.db.connection.on('query', record);
    const get = async (path: string) =>
      (await stage.http.get(`/api/whatsapp/${path}`).set(stage.token).expect(200)).body;
    const list = await get('conversations?limit=20');
    await get(`conversations?limit=20&cursor=${list.meta.nextCursor as string}`);
    await get('conversations?unread=true');
    const thread = await get(`conversations/${String(conversation.id)}/messages`);
    await get(`conversations/${String(conversation.id)}/messages?before=${thread.data[0].id as string}`);
    stage.strapi.db.connection.removeListener('query', record);
    const ours = asked.filter(
      ({ sql }) => /whatsapp_(conversations|messages|contacts)/.test(sql) && /^select/i.test(sql),
    );
    expect(ours.length).toBeGreaterThan(5);
    for (const { sql, bindings } of ours) {
      const text = db.dialect === 'postgres' ? sql.replace(/\$\d+/g, '?') : sql;
      expect({ sql, scans: await fullScans(text, bindings) }).toEqual({ sql, scans: [] });
    }
  });
});

describe('delivery state in SQL', () => {
  it('is the state of the pure rule, whatever the order, the repetition and the grouping', async () => {
    const seed = Date.now() % 1_000_000;
    const random = seeded(seed);
    const MESSAGES = 400;
    const ROUNDS = 6;
    const ana = hook.newCustomer();
    const sent = Array.from({ length: MESSAGES }, () => hook.messageFrom(ana));
    await hook.post(stage, hook.from(stage.number, ana, ...sent));
    const ids = await Promise.all(
      sent.map(async ({ id }) => Number(((await rows.message(id as string)) as Row).id)),
    );
    await stage.strapi.db
      .connection('whatsapp_messages')
      .whereIn('id', ids)
      .update({ delivery_status: 'sending' });

    const told = new Map<number, { kind: Kind; at: number }[]>(ids.map((id) => [id, []]));
    for (let round = 0; round < ROUNDS; round += 1) {
      const merges: StatusMerge[] = [];
      for (const [index, id] of ids.entries()) {
        const merge: StatusMerge = {
          messageId: id,
          wamid: sent[index].id as string,
          sendKey: null,
          at: {},
          error: null,
          pricing: null,
        };
        const room = (index % 5) - (told.get(id)?.length ?? 0);
        for (let n = Math.min(room, Math.floor(random() * 3)); n > 0; n -= 1) {
          const kind = KINDS[1 + Math.floor(random() * (KINDS.length - 1))];
          const at = 1_790_000_000_000 + Math.floor(random() * 1000);
          merge.at = { ...merge.at, ...evidenceOf(kind, Math.min(at, merge.at[kind as 'sent'] ?? Infinity)) };
          told.get(id)?.push({ kind, at });
        }
        merges.push(merge);
      }
      await db.transaction((tx) => mergeStatuses(db, tx, merges));
      if (round % 2 === 0) await db.transaction((tx) => mergeStatuses(db, tx, merges));
    }
    const found = new Map(
      (await stage.strapi.db.connection('whatsapp_messages').whereIn('id', ids)).map((row: Row) => [
        Number(row.id),
        row,
      ]),
    );
    const first = (list: { kind: Kind; at: number }[], ...kinds: Kind[]): number | null => {
      const times = list.filter(({ kind }) => kinds.includes(kind)).map(({ at }) => at);
      return times.length === 0 ? null : Math.min(...times);
    };
    const states = new Set<unknown>();
    const time = (value: unknown): number | null => (value === null ? null : Number(value));
    for (const id of ids) {
      const row = found.get(id) as Row;
      const list = told.get(id) ?? [];
      states.add(row.delivery_status);
      expect({
        seed,
        state: row.delivery_status,
        sent: time(row.sent_at),
        delivered: time(row.delivered_at),
        read: time(row.read_at),
        played: time(row.played_at),
        failed: time(row.failed_at),
      }).toEqual({
        seed,
        state: expectedState(
          list.map(({ kind }) => kind),
          'sending',
        ),
        sent: first(list, 'sent'),
        delivered: first(list, 'delivered', 'read', 'played'),
        read: first(list, 'read', 'played'),
        played: first(list, 'played'),
        failed: first(list, 'failed'),
      });
    }
    expect(states.size).toBeGreaterThanOrEqual(5);
  });
});
