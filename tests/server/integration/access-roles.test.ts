/** What a person of the panel sees and may do, right by right. */
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Message } from '../../../server/src/messages/contract';
import { ACTIONS, type Action } from '../../../server/src/permissions';
import { adminPerson, type SignedIn } from '../../helpers/people';
import { newCustomer, verdictOf, writeIn } from '../support/rest';
import { setStage, until, type Stage } from '../support/stage';
import { listen } from '../support/stream';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const person = (...actions: Action[]): Promise<SignedIn> => adminPerson(stage.strapi, { actions });
const getAs = async <T>({ headers }: SignedIn, path: string): Promise<T> =>
  (await stage.http.get(`/whatsapp${path}`).set(headers).expect(200)).body.data as T;
const assign = (conversation: Conversation, assigneeId: number | null, headers = stage.admin) =>
  stage.http
    .post(`/whatsapp/conversations/${conversation.id}/assign`)
    .set(headers)
    .send({ assigneeId: assigneeId === null ? null : String(assigneeId) });
const sendAs = ({ headers }: SignedIn, body: object) =>
  stage.http.post('/whatsapp/messages/send').set(headers).send(body);

describe('somebody who reads only what is assigned to him', () => {
  let mine: Conversation;
  let theirs: Conversation;
  let ana: SignedIn;
  let bob: SignedIn;

  beforeAll(async () => {
    ana = await person(
      ACTIONS.readAssigned,
      ACTIONS.sendMessages,
      ACTIONS.startConversations,
      ACTIONS.revealPhones,
    );
    bob = await person(ACTIONS.readAssigned);
    mine = await writeIn(stage, newCustomer(stage, { name: 'Mine' }), 'For Ana');
    theirs = await writeIn(stage, newCustomer(stage, { name: 'Theirs' }), 'For others');
    const { body } = await assign(mine, ana.id).expect(200);
    expect(body.data).toMatchObject({ id: mine.id, assignee: { id: String(ana.id) } });
  });

  it('finds it in lists, search and counts, and nothing else', async () => {
    expect((await getAs<Conversation[]>(ana, '/conversations')).map(({ id }) => id)).toEqual([mine.id]);
    expect(await getAs<Conversation[]>(ana, '/conversations?q=Theirs')).toEqual([]);
    expect(await getAs<Conversation[]>(ana, `/conversations?assignee=${bob.id}`)).toEqual([]);
    expect(await getAs(ana, '/overview')).toMatchObject({ unreadConversations: 1, hasConversations: true });
    expect(await getAs<Conversation[]>(bob, '/conversations')).toEqual([]);
    expect(await getAs(bob, '/overview')).toMatchObject({ unreadConversations: 0, hasConversations: false });
  });

  it('opens its thread and messages, and gets 404 for another', async () => {
    const thread = await getAs<Message[]>(ana, `/conversations/${mine.id}/messages`);
    expect(thread.map(({ text }) => text)).toEqual(['For Ana']);
    const others = theirs.lastMessage?.id;
    for (const path of [
      `/conversations/${theirs.id}`,
      `/conversations/${theirs.id}/messages`,
      `/messages/${others}`,
      `/conversations/${mine.id}/messages?around=${others}`,
      `/contacts/${theirs.contact.id}/phone`,
    ]) {
      const call = stage.http.get(`/whatsapp${path}`).set(ana.headers);
      expect([path, ...(await verdictOf(call))]).toEqual([path, 404, 'not_found']);
    }
    const read = stage.http.post(`/whatsapp/conversations/${theirs.id}/read`).set(ana.headers);
    expect(await verdictOf(read)).toEqual([404, 'not_found']);
  });

  it('answers in it and nowhere else, whatever way the other is named', async () => {
    await sendAs(ana, { conversationId: mine.id, message: 'Hello from Ana' }).expect(202);
    expect(await verdictOf(sendAs(ana, { conversationId: theirs.id, message: 'Psst' }))).toEqual([
      404,
      'not_found',
    ]);
    const quoted = { conversationId: mine.id, message: 'What?', replyTo: theirs.lastMessage?.id };
    expect((await verdictOf(sendAs(ana, quoted)))[0]).toBe(400);
    for (const addressee of [
      { contactId: theirs.contact.id },
      { to: theirs.contact.phone },
      { userId: theirs.contact.userId },
    ]) {
      const [status] = await verdictOf(sendAs(ana, { ...addressee, message: 'Psst' }));
      expect(status).toBeGreaterThanOrEqual(400);
    }
    const { body } = await stage.http
      .get(`/whatsapp/conversations/${theirs.id}/messages`)
      .set(stage.admin)
      .expect(200);
    expect(body.data.map(({ text }: Message) => text)).toEqual(['For others']);
  });

  it('hears of it in the stream, and once more when it goes to somebody else', async () => {
    const stream = await listen(stage, ana.headers);
    try {
      const other = await writeIn(stage, newCustomer(stage), 'A third');
      await stage.http.post(`/whatsapp/conversations/${theirs.id}/read`).set(stage.admin).expect(200);
      await assign(mine, bob.id).expect(200);
      await until(stream.heard, (text) => text.includes(`"conversationId":"${mine.id}"`));
      await stage.http.post(`/whatsapp/conversations/${mine.id}/read`).set(stage.admin).expect(200);
      await assign(theirs, ana.id).expect(200);
      await until(stream.heard, (text) => text.includes(`"conversationId":"${theirs.id}"`));
      // More than once, when the states of an answer of before come in meanwhile.
      const ids = new Set([...stream.heard().matchAll(/"conversationId":"(\d+)"/g)].map(([, id]) => id));
      expect([...ids]).toEqual([mine.id, theirs.id]);
      expect(stream.heard()).not.toContain(`"conversationId":"${other.id}"`);
      expect((await getAs<Conversation[]>(ana, '/conversations')).map(({ id }) => id)).toEqual([theirs.id]);
    } finally {
      stream.close();
      await assign(theirs, null).expect(200);
      await assign(mine, ana.id).expect(200);
    }
  });

  it('is who a conversation can be given to; others are not', async () => {
    const outsider = await person(ACTIONS.readAudit);
    for (const stranger of [outsider.id, 999_999]) {
      expect(await verdictOf(assign(theirs, stranger))).toEqual([400, 'validation_failed']);
    }
    const people = await getAs<{ id: string }[]>({ ...ana, headers: stage.admin }, '/assignees');
    expect(people.map(({ id }) => id)).toEqual(expect.arrayContaining([String(ana.id), String(bob.id)]));
    expect(people.map(({ id }) => id)).not.toContain(String(outsider.id));
    expect(await verdictOf(assign(theirs, ana.id, ana.headers))).toEqual([403, undefined]);
  });

  it('may hand his own on if he may assign, but not take another’s', async () => {
    const cem = await person(ACTIONS.readAssigned, ACTIONS.assignConversations);
    expect(await verdictOf(assign(theirs, cem.id, cem.headers))).toEqual([404, 'not_found']);
    const own = await writeIn(stage, newCustomer(stage), 'For Cem');
    await assign(own, cem.id).expect(200);
    const { body } = await assign(own, bob.id, cem.headers).expect(200);
    expect(body.data.assignee.id).toBe(String(bob.id));
    expect(await getAs<Conversation[]>(cem, '/conversations')).toEqual([]);
  });
});

describe('sending', () => {
  it('asks for the right of what is sent', async () => {
    const known = await writeIn(stage, newCustomer(stage), 'Hello');
    const stranger = { to: '+34600999888', message: 'Good day' };
    const reply = { conversationId: known.id, message: 'Hi' };
    const replier = await person(ACTIONS.readInbox, ACTIONS.sendMessages);
    const starter = await person(ACTIONS.readInbox, ACTIONS.startConversations);
    expect((await verdictOf(sendAs(replier, reply)))[0]).toBe(202);
    expect(await verdictOf(sendAs(replier, stranger))).toEqual([403, 'permission_denied']);
    expect(await verdictOf(sendAs(starter, reply))).toEqual([403, 'permission_denied']);
    // Past our own check: what stands in the way now is Meta's window.
    expect((await verdictOf(sendAs(starter, stranger)))[1]).toBe('window_closed');
  });
});

describe('somebody who may not see phone numbers', () => {
  const PHONE = '+905321234567';
  const DIGITS = /532[\s().-]*123|9053212|34567/;
  let customer: ReturnType<typeof newCustomer>;
  let conversation: Conversation;
  let viewer: SignedIn;

  beforeAll(async () => {
    customer = newCustomer(stage, { name: '+90 532 123 45 67', phone: PHONE });
    conversation = await writeIn(
      stage,
      customer,
      `My number is ${PHONE}, or 0532 123 45 67. Order 98765400.`,
    );
    viewer = await person(ACTIONS.readInbox, ACTIONS.sendMessages, ACTIONS.startConversations);
  });

  it('sees none in lists, threads, single messages and answers to sends', async () => {
    const sent = await sendAs(viewer, { to: PHONE, message: `We call ${PHONE}` }).expect(202);
    const answers = [
      await getAs(viewer, '/conversations'),
      await getAs(viewer, `/conversations/${conversation.id}`),
      await getAs(viewer, `/conversations/${conversation.id}/messages`),
      await getAs(viewer, `/messages/${conversation.lastMessage?.id}`),
      sent.body.data,
    ];
    for (const answer of answers) expect(JSON.stringify(answer)).not.toMatch(DIGITS);
    expect(JSON.stringify(answers)).not.toContain('wamid.');
    const [shown] = answers[2] as Message[];
    expect(shown).toMatchObject({ wamid: null });
    const thread = answers[2] as Message[];
    expect(thread.at(-1)?.text).toBe('My number is +90 ••• •• 67, or ••• •• 67. Order 98765400.');
    expect(answers[1]).toMatchObject({ contact: { phone: '+90 ••• •• 67', waId: '90 ••• •• 67' } });
  });

  it('cannot find people by their digits, but by their name', async () => {
    const named = await writeIn(
      stage,
      newCustomer(stage, { name: 'Zeynep 7', phone: '+905329876543' }),
      'Hi',
    );
    const found = async (q: string): Promise<string[]> =>
      (await getAs<Conversation[]>(viewer, `/conversations?q=${encodeURIComponent(q)}`)).map(({ id }) => id);
    for (const q of ['532', '5321234567', '+90 5', PHONE, '987654', '6543'])
      expect(await found(q)).toEqual([]);
    expect(await found('zeynep')).toEqual([named.id]);
    expect(await found('Zeynep 7')).toEqual([named.id]);
    const { body } = await stage.http
      .get('/whatsapp/conversations?q=5321234567')
      .set(stage.admin)
      .expect(200);
    expect(body.data.map(({ id }: Conversation) => id)).toEqual([conversation.id]);
  });

  it('may not ask for one; whoever may leaves a line in the audit trail', async () => {
    const path = `/whatsapp/contacts/${conversation.contact.id}/phone`;
    await stage.http.get(path).set(viewer.headers).expect(403);
    const allowed = await person(ACTIONS.readInbox, ACTIONS.revealPhones);
    const { body, headers } = await stage.http.get(path).set(allowed.headers).expect(200);
    expect(body).toEqual({ data: { phone: PHONE } });
    expect(headers['cache-control']).toBe('no-store');
    const [line] = await stage.strapi.db
      .connection('whatsapp_audit_entries')
      .where({ action: 'contact.reveal-phone' })
      .orderBy('id', 'desc');
    expect(line).toMatchObject({
      actor_type: 'admin',
      actor_id: String(allowed.id),
      target_id: conversation.contact.id,
    });
    expect(JSON.stringify(line)).not.toMatch(DIGITS);
  });

  it('is a person: programs get the number', async () => {
    const { body } = await stage.http
      .get(`/api/whatsapp/conversations/${conversation.id}`)
      .set(stage.token)
      .expect(200);
    expect(body.data.contact.phone).toBe(PHONE);
  });
});
