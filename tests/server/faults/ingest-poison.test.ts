/** Something that the database refuses harms nobody but itself. */
import { applyParked } from '../../../server/src/inbound/park';
import { failureOfStatus } from '../../../server/src/outbound/failure';
import { createDatabase } from '../../../server/src/storage/database';
import { rowsOf, json, type Row, type Rows } from '../support/rows';
import { setStage, type Stage } from '../support/stage';
import * as hook from '../support/webhooks';

let stage: Stage;
let rows: Rows;

/** Makes the database refuse rows of a table whose column holds the word. */
const refuse = async (
  table: string,
  event: 'INSERT' | 'UPDATE',
  column: string,
  word: string,
): Promise<void> => {
  const knex = stage.strapi.db.connection;
  const name = `refuse_${table}_${column}_${event}`.toLowerCase();
  const client = stage.strapi.db.dialect.client as string;
  if (client === 'mysql') {
    await knex.raw(
      `CREATE TRIGGER ${name} BEFORE ${event} ON whatsapp_${table} FOR EACH ROW BEGIN IF NEW.${column} LIKE '%${word}%' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'poison'; END IF; END`,
    );
    return;
  }
  if (client === 'sqlite') {
    await knex.raw(
      `CREATE TRIGGER ${name} BEFORE ${event} ON whatsapp_${table} WHEN NEW.${column} LIKE '%${word}%' BEGIN SELECT RAISE(ABORT, 'poison'); END`,
    );
    return;
  }
  await knex.raw(
    `CREATE FUNCTION ${name}() RETURNS trigger AS $$ BEGIN IF NEW.${column}::text LIKE '%${word}%' THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql`,
  );
  await knex.raw(
    `CREATE TRIGGER ${name} BEFORE ${event} ON whatsapp_${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`,
  );
};

beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
  stage.strapi.log.level = 'silent';
  await refuse('messages', 'INSERT', 'text', 'POISON');
  await refuse('contacts', 'INSERT', 'profile_name', 'VENOM');
  await refuse('messages', 'UPDATE', 'contact_reaction', '☠');
  await refuse('delivery_log', 'INSERT', 'summary', 'holograms');
});
afterAll(() => stage.stop());

const ok = async (payload: unknown): Promise<void> => {
  expect((await hook.post(stage, payload)).status).toBe(200);
};
const poison = (customer: hook.Customer): hook.Json =>
  hook.messageFrom(customer, { text: { body: 'some POISON' } });
const held = async (wamid: unknown): Promise<Row[]> =>
  (await rows.all('quarantine')).filter((row) => json<Row>(row.event).wamid === wamid);
const unreadOf = async (customer: hook.Customer): Promise<{ unread: unknown; messages: number }> => {
  const [conversation] = await rows.conversationsOf(customer);
  return {
    unread: conversation.unread_count,
    messages: await rows.count('messages', { conversation_id: conversation.id }),
  };
};

describe('one poisonous message', () => {
  it('among a hundred of one delivery: 99 are stored, it is kept aside with its bytes', async () => {
    const people = Array.from({ length: 10 }, () => hook.newCustomer());
    const messages = Array.from({ length: 100 }, (_, i) =>
      i === 57 ? poison(people[7]) : hook.messageFrom(people[i % 10]),
    );
    await ok(
      hook.delivery(
        stage.number,
        hook.change(stage.number, { contacts: people.map(hook.contactOf), messages }),
      ),
    );
    for (const [index, { id }] of messages.entries()) {
      expect({ index, stored: (await rows.message(id as string)) !== undefined }).toEqual({
        index,
        stored: index !== 57,
      });
    }
    const [row, ...more] = await held(messages[57].id);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      phone_number_id: stage.number.phoneNumberId,
      reason: expect.stringContaining('poison') as string,
    });
    expect(json<Row>(row.event)).toMatchObject({
      kind: 'message.received',
      text: 'some POISON',
      raw: { type: 'text' },
    });
    for (const [index, person] of people.entries()) {
      expect(await unreadOf(person)).toEqual(
        index === 7 ? { unread: 9, messages: 9 } : { unread: 10, messages: 10 },
      );
    }
    const [log] = (await rows.all('delivery_log')).slice(-1);
    expect(log).toMatchObject({ outcome: 'partly', events: 100 });
  });

  it('among fifty deliveries at once: every one is answered 200, only its own log row says partly', async () => {
    const before = await rows.totals();
    const people = Array.from({ length: 50 }, () => hook.newCustomer());
    const messages = people.map((person, i) => (i === 20 ? poison(person) : hook.messageFrom(person)));
    await Promise.all(people.map((person, i) => ok(hook.from(stage.number, person, messages[i]))));
    const after = await rows.totals();
    expect(after.messages - before.messages).toBe(49);
    expect(after.conversations - before.conversations).toBe(49);
    expect(after.quarantine - before.quarantine).toBe(1);
    const logged = (await rows.all('delivery_log')).slice(-50).map(({ outcome }) => outcome);
    expect(logged.filter((outcome) => outcome === 'partly')).toHaveLength(1);
    expect(logged.filter((outcome) => outcome === 'applied')).toHaveLength(49);
  });

  it('does not hurt what comes next, nor its sender', async () => {
    const ana = hook.newCustomer();
    await ok(hook.from(stage.number, ana, poison(ana)));
    expect(await rows.conversationsOf(ana)).toHaveLength(0);
    await ok(hook.from(stage.number, ana, hook.messageFrom(ana)));
    expect(await unreadOf(ana)).toEqual({ unread: 1, messages: 1 });
  });

  it('may be several, one behind the other, with statuses and reactions between them', async () => {
    const ana = hook.newCustomer();
    const good = Array.from({ length: 4 }, () => hook.messageFrom(ana));
    const bad = Array.from({ length: 3 }, () => poison(ana));
    const list = [
      bad[0],
      good[0],
      bad[1],
      good[1],
      hook.reactionTo(ana, good[0].id as string, '👍'),
      good[2],
      bad[2],
      good[3],
    ];
    const status = hook.statusOf(good[3].id as string, 'read');
    await ok(
      hook.delivery(
        stage.number,
        hook.change(stage.number, { contacts: [hook.contactOf(ana)], messages: list, statuses: [status] }),
      ),
    );
    expect(await unreadOf(ana)).toEqual({ unread: 4, messages: 4 });
    expect(await rows.message(good[0].id as string)).toMatchObject({ contact_reaction: '👍' });
    for (const { id } of bad) expect(await held(id)).toHaveLength(1);
  });
});

it('a poisonous person takes nobody along', async () => {
  const ana = hook.newCustomer({ name: 'VENOM' });
  const ben = hook.newCustomer();
  const [theirs, mine] = [hook.messageFrom(ana), hook.messageFrom(ben)];
  await ok(
    hook.delivery(
      stage.number,
      hook.change(stage.number, { contacts: [ana, ben].map(hook.contactOf), messages: [theirs, mine] }),
    ),
  );
  expect(await rows.message(mine.id as string)).toBeDefined();
  expect(await held(theirs.id)).toHaveLength(1);
});

it('a poisonous reaction that waited for its message does not cost the message', async () => {
  const ana = hook.newCustomer();
  const message = hook.messageFrom(ana);
  const wamid = message.id as string;
  const reaction = hook.reactionTo(ana, wamid, '☠');
  await ok(hook.from(stage.number, ana, reaction));
  expect(await rows.count('parked_statuses', { wamid })).toBe(1);
  await ok(hook.from(stage.number, ana, message));
  expect(await rows.message(wamid)).toMatchObject({ contact_reaction: null });
  // As the next pass of maintenance does.
  await applyParked(createDatabase(stage.strapi), failureOfStatus, Date.now());
  expect(await rows.count('parked_statuses', { wamid })).toBe(0);
  expect(await held(reaction.id)).toHaveLength(1);
});

it('a log row that is refused costs neither the events nor the neighbours their 200', async () => {
  const people = Array.from({ length: 10 }, () => hook.newCustomer());
  const before = await rows.count('delivery_log');
  const strange = hook.delivery(stage.number, hook.change(stage.number, {}, 'holograms'));
  await Promise.all([
    ok(strange),
    ...people.map((person) => ok(hook.from(stage.number, person, hook.messageFrom(person)))),
  ]);
  for (const person of people) expect(await unreadOf(person)).toEqual({ unread: 1, messages: 1 });
  expect(await rows.count('delivery_log')).toBe(before + 11);
});
