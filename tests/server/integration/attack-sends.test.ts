/** What must not leave, must not leave twice, and must not be sent by somebody who may not. */
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { createScheduled } from '../../../server/src/outbound/scheduled';
import { ACTIONS } from '../../../server/src/permissions';
import { createDatabase, type Database } from '../../../server/src/storage/database';
import type { Param, Row } from '../../../server/src/storage/transaction';
import { adminPerson, type SignedIn } from '../../helpers/people';
import { message, newConversation, newCustomer, send, verdictOf, writeIn } from '../support/rest';
import { setStage, type Stage } from '../support/stage';

const HOUR = 3_600_000;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const table = (name: string) => stage.strapi.db.connection(`whatsapp_${name}`);
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();
const schedule = async (conversationId: string, over: Record<string, unknown> = {}): Promise<Message> =>
  (await send(stage, { conversationId, message: 'Later', scheduledAt: inMs(HOUR), ...over }).expect(202)).body
    .data as Message;

/** The release of due messages two hours from now, with something that happens right after it has read what is due. */
const releaseWith = async (meanwhile: () => Promise<unknown>): Promise<void> => {
  const db = createDatabase(stage.strapi);
  const watched: Database = {
    ...db,
    async all<T extends Row>(sql: string, params?: Param[]): Promise<T[]> {
      const rows = await db.all<T>(sql, params);
      if (/due_at <= \?/.test(sql)) await meanwhile();
      return rows;
    },
  };
  const nothing = (): void => undefined;
  const audit = { record: () => Promise.resolve() } as never;
  const now = (): number => Date.now() + 2 * HOUR;
  await createScheduled({
    db: watched,
    audit,
    now,
    wake: nothing,
    wakeSchedule: nothing,
    notify: nothing,
  }).run();
};

describe('a scheduled message in the moment of its release', () => {
  it('waits when it was put off just now', async () => {
    const { id } = await newConversation(stage);
    const waiting = await schedule(id);
    await releaseWith(() =>
      stage.http
        .put(`/api/whatsapp/messages/${waiting.id}`)
        .set(stage.token)
        .send({ scheduledAt: inMs(20 * HOUR) })
        .expect(200),
    );
    expect(await message(stage, waiting.id)).toMatchObject({ status: 'scheduled' });
    expect(await table('outbox').where({ message_id: waiting.id })).toEqual([]);
  });

  it('is not sent when the person has answered just now', async () => {
    const customer = newCustomer(stage);
    const { id } = await writeIn(stage, customer);
    const waiting = await schedule(id, { cancelOnReply: true });
    await releaseWith(() => writeIn(stage, customer, 'Never mind'));
    expect(['scheduled', 'cancelled']).toContain((await message(stage, waiting.id)).status);
    expect(await table('outbox').where({ message_id: waiting.id })).toEqual([]);
  });

  it('is not sent when it was taken back just now', async () => {
    const { id } = await newConversation(stage);
    const waiting = await schedule(id);
    await releaseWith(() =>
      stage.http.post(`/api/whatsapp/messages/${waiting.id}/cancel`).set(stage.token).expect(200),
    );
    expect(await message(stage, waiting.id)).toMatchObject({ status: 'cancelled' });
    expect(await table('outbox').where({ message_id: waiting.id })).toEqual([]);
  });
});

describe('a template that did not go out', () => {
  const asTemplate = async (status: 'failed' | 'unknown'): Promise<string> => {
    const { id } = await newConversation(stage);
    const { id: messageId } = await schedule(id);
    await table('scheduled').where({ message_id: messageId }).delete();
    await table('messages')
      .where({ id: messageId })
      .update({
        message_type: 'template',
        delivery_status: status,
        error: JSON.stringify({ code: '1', title: '', message: '', hint: null, retryable: true }),
      });
    return messageId;
  };
  let replier: SignedIn;
  beforeAll(async () => {
    replier = await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox, ACTIONS.sendMessages] });
  });

  it.each([
    ['retry', 'failed'],
    ['send-again', 'unknown'],
  ] as const)('is not sent by %s of somebody who may only reply', async (verb, status) => {
    const id = await asTemplate(status);
    const call = stage.http.post(`/whatsapp/messages/${id}/${verb}`).set(replier.headers);
    expect(await verdictOf(call.send({ confirm: true }))).toEqual([403, 'permission_denied']);
    expect(await table('outbox').where({ message_id: id })).toEqual([]);
  });
});

describe('somebody who sees only his own conversations', () => {
  let person: SignedIn;
  let foreign: Conversation;
  let number: string;
  beforeAll(async () => {
    const actions = [
      ACTIONS.readAssigned,
      ACTIONS.sendMessages,
      ACTIONS.startConversations,
      ACTIONS.sendTemplates,
    ];
    person = await adminPerson(stage.strapi, { actions });
    foreign = await newConversation(stage);
    number = (await stage.addNumber()).id;
  });
  const write = (body: Record<string, unknown>) =>
    verdictOf(stage.http.post('/whatsapp/messages/send').set(person.headers).send(body));

  it('reaches nobody by counting through the ids of contacts, on no number', async () => {
    const template = { name: 'hello_world', language: 'en_US' };
    for (const integrationId of [stage.number.id, number]) {
      const verdict = await write({ contactId: foreign.contact.id, integrationId, template });
      expect(verdict).toEqual([404, 'not_found']);
    }
    const threads = await table('conversations').where({ contact_id: foreign.contact.id });
    expect(threads).toHaveLength(1);
  });

  it('writes to the person of his own conversation by that id', async () => {
    const own = await newConversation(stage);
    await table('conversations').where({ id: own.id }).update({ assignee_id: person.id });
    expect(await write({ contactId: own.contact.id, message: 'Hello' })).toEqual([202, undefined]);
  });
});
