/** Whom a conversation can be started with, and the first message of one. */
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { ACTIONS } from '../../../server/src/permissions';
import type { FindPeople } from '../../../server/src/start/contract';
import { adminPerson, type SignedIn } from '../../helpers/people';
import { newCustomer, verdictOf, writeIn } from '../support/rest';
import { setStage, type Stage } from '../support/stage';

let stage: Stage;
let ana: Conversation;
let masked: SignedIn;

beforeAll(async () => {
  stage = await setStage();
  ana = await writeIn(stage, newCustomer(stage, { name: 'Ana_Ruiz', phone: '+34600550001' }));
  await writeIn(stage, newCustomer(stage, { name: 'AnaxRuiz', phone: '+34600550002' }));
  masked = await adminPerson(stage.strapi, {
    actions: [ACTIONS.readInbox, ACTIONS.startConversations, ACTIONS.sendTemplates],
  });
  stage.simulator.templates.add(stage.number.businessAccountId, {
    name: 'hello',
    language: 'en_US',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'A word from all of us.' }] as never,
  });
  await stage.http.post('/api/whatsapp/templates/sync').set(stage.token).send({}).expect(200);
});
afterAll(() => stage.stop());

const ask = (q: string, headers = stage.admin, integrationId = stage.number.id) =>
  stage.http.post('/whatsapp/start/people').set(headers).send({ integrationId, q });
const look = async (q: string, headers = stage.admin): Promise<FindPeople.Response['data']> =>
  (await ask(q, headers).expect(200)).body.data as FindPeople.Response['data'];
const namesFor = async (q: string, headers = stage.admin): Promise<(string | null)[]> =>
  (await look(q, headers)).people.map(({ profileName }) => profileName);

describe('whom one can write to', () => {
  it('shows whom one talked to last, with their conversation on that number', async () => {
    const { people, phone } = await look('');
    expect(people.map(({ profileName }) => profileName)).toEqual(['AnaxRuiz', 'Ana_Ruiz']);
    expect(people[1]).toMatchObject({
      phone: '+34600550001',
      conversation: { id: ana.id, windowOpen: true, blocked: false },
      isTyped: false,
    });
    expect(phone).toBeNull();
  });

  it('finds by name, literally, and by any part of the number as people write it', async () => {
    expect(await namesFor('ana_r')).toEqual(['Ana_Ruiz']);
    expect(await namesFor('600 550-002')).toEqual(['AnaxRuiz']);
    expect(await namesFor('%')).toEqual([]);
    expect(await namesFor("'; DROP TABLE x --")).toEqual([]);
  });

  it('knows the person behind a whole number, and reads one that nobody here has', async () => {
    const known = await look('+34 600 55 00 01');
    expect(known.people[0]).toMatchObject({ profileName: 'Ana_Ruiz', isTyped: true });
    const fresh = await look('+34 600 55 99 99');
    expect(fresh).toMatchObject({ people: [], phone: { number: '+34600559999', country: 'ES' } });
  });

  it('shows no numbers to whoever may not see them, and finds nobody digit by digit', async () => {
    const { people } = await look('ana_', masked.headers);
    expect(people).toMatchObject([{ profileName: 'Ana_Ruiz', phone: '+34 ••• •• 01' }]);
    expect(await namesFor('60055', masked.headers)).toEqual([]);
    expect(JSON.stringify(await look('', masked.headers))).not.toContain('600550');
  });

  it('shows somebody who sees his own conversations only those people', async () => {
    const own = await adminPerson(stage.strapi, {
      actions: [ACTIONS.readAssigned, ACTIONS.startConversations],
    });
    expect(await namesFor('', own.headers)).toEqual([]);
    expect((await look('+34600550001', own.headers)).people).toEqual([]);
    await stage.http
      .post(`/whatsapp/conversations/${ana.id}/assign`)
      .set(stage.admin)
      .send({ assigneeId: String(own.id) })
      .expect(200);
    expect(await namesFor('', own.headers)).toEqual(['Ana_Ruiz']);
    await stage.http
      .post(`/whatsapp/conversations/${ana.id}/assign`)
      .set(stage.admin)
      .send({ assigneeId: null })
      .expect(200);
  });

  it('refuses whoever may not start conversations, a number that is not there, and no text', async () => {
    const reader = await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox, ACTIONS.sendTemplates] });
    expect((await ask('', reader.headers)).status).toBe(403);
    expect(await verdictOf(ask('', stage.admin, '999999'))).toEqual([404, 'not_found']);
    expect(await verdictOf(ask('x'.repeat(201)))).toEqual([400, 'validation_failed']);
    const bare = stage.http.post('/whatsapp/start/people').set(stage.admin).send({});
    expect(await verdictOf(bare)).toEqual([400, 'validation_failed']);
  });
});

describe('the first message', () => {
  const send = (body: object, headers = masked.headers) =>
    stage.http
      .post('/whatsapp/messages/send')
      .set(headers)
      .send({ integrationId: stage.number.id, template: { name: 'hello', language: 'en_US' }, ...body });

  it('opens a conversation once, however often it is pressed', async () => {
    const body = { to: '+34600557777', clientKey: 'first-message' };
    const answers = await Promise.all([send(body), send(body), send(body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 202]);
    const ids = answers.map(({ body: { data } }) => (data as Message).conversationId);
    expect(new Set(ids).size).toBe(1);
    const { people } = await look('+34600557777');
    expect(people).toMatchObject([{ isTyped: true, conversation: { id: ids[0], windowOpen: false } }]);
  });

  it('cannot be a free text, and needs the right to start', async () => {
    const text = { to: '+34600558888', template: undefined, message: 'Hi' };
    expect(await verdictOf(send(text))).toEqual([409, 'window_closed']);
    const replier = await adminPerson(stage.strapi, {
      actions: [ACTIONS.readInbox, ACTIONS.sendMessages, ACTIONS.sendTemplates],
    });
    expect(await verdictOf(send({ to: '+34600558888' }, replier.headers))).toEqual([
      403,
      'permission_denied',
    ]);
    expect((await look('+34600558888')).people).toEqual([]);
  });
});
