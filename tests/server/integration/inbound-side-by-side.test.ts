/**
 * Deliveries that are written at the same time (PostgreSQL) or one right after the other: messages of the same new people, and
 * what speaks of messages that the other one brings.
 */
import { rowsOf, type Rows } from '../support/rows';
import { describeOn } from '../support/only-on';
import { setStage, until, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

const MANY = 80;

let stage: Stage;
let rows: Rows;
beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());

const deliveryOf = (people: hook.Customer[], messages: hook.Json[]): hook.Json =>
  hook.delivery(stage.number, hook.change(stage.number, { contacts: people.map(hook.contactOf), messages }));

it('reactions find their messages, and new people become one contact each', async () => {
  const wamids: string[] = [];
  for (let round = 0; round < 5; round += 1) {
    const people = Array.from({ length: MANY }, () => hook.newCustomer());
    const messages = people.map((person) => hook.messageFrom(person));
    const reactions = messages.map(({ id }, at) => hook.reactionTo(people[at], id as string, '👍'));
    const later = people.map((person) => hook.messageFrom(person));
    wamids.push(...messages.map(({ id }) => id as string));
    const answers = await Promise.all(
      [messages, [...reactions].reverse(), [...later].reverse()].map((list) =>
        hook.post(stage, deliveryOf(people, list)),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  }
  const reacted = async () =>
    (await rows.all('messages')).filter(
      ({ wamid, contact_reaction: emoji }) => emoji === '👍' && wamids.includes(wamid as string),
    ).length;
  await until(reacted, (count) => count === wamids.length);
  expect(await rows.count('contacts')).toBe(5 * MANY);
  expect(await rows.count('messages')).toBe(10 * MANY);
  const talks = await rows.all('conversations');
  expect(talks).toHaveLength(5 * MANY);
  expect(new Set(talks.map((talk) => talk.unread_count))).toEqual(new Set([2]));
  await until(
    () => rows.count('parked_statuses'),
    (count) => count === 0,
  );
}, 120_000);

describeOn('postgres')('a plan that was made while the tables were small', () => {
  const TABLES = ['whatsapp_contacts', 'whatsapp_contact_aliases'];
  const MORE = 20_000;

  interface Reads {
    /** Rows read by walking a table. */
    walked: number;
    /** Probes of their indexes. */
    probes: number;
  }
  const reads = async (): Promise<Reads> => {
    const found = await stage.strapi.db
      .connection('pg_stat_user_tables')
      .whereIn('relname', TABLES)
      .select('seq_tup_read', 'idx_scan');
    const sum = (column: string): number => found.reduce((all, row) => all + Number(row[column]), 0);
    return { walked: sum('seq_tup_read'), probes: sum('idx_scan') };
  };
  const write = async (): Promise<void> => {
    const person = hook.newCustomer();
    const answer = await hook.post(stage, hook.from(stage.number, person, hook.messageFrom(person)));
    expect(answer.status).toBe(200);
  };
  const addPeople = async (): Promise<void> => {
    const { organization_id: organization } = (await rows.all('integrations'))[0];
    await stage.strapi.db.connection.raw(
      `WITH more AS (
         INSERT INTO whatsapp_contacts (document_id, organization_id, wa_id)
         SELECT 'more' || n, ?, (15559000000 + n)::text FROM generate_series(1, ${MORE}) n RETURNING id, document_id, organization_id, wa_id
       ) INSERT INTO whatsapp_contact_aliases (document_id, organization_id, contact_id, kind, value)
       SELECT document_id, organization_id, id, 'wa', wa_id FROM more`,
      [organization as number],
    );
  };

  it('goes on reading the rows that it needs, not the tables', async () => {
    for (let index = 0; index < 20; index += 1) await write();
    await addPeople();
    const before = await reads();
    for (let index = 0; index < 20; index += 1) await write();
    // The server's counters come in late.
    const after = await until(reads, ({ probes }) => probes >= before.probes + 40);
    expect(after.walked - before.walked).toBeLessThan(MORE);
  });
});
