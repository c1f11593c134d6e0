/** Using templates: the picker, favourites, who may use which from where, trying out, and carousels with their files. */
import type { Conversation } from '../../../server/src/conversations/contract';
import { ACTIONS } from '../../../server/src/permissions';
import type {
  PickerTemplate,
  TemplatePicker,
  TestSendResult,
} from '../../../server/src/template-use/contract';
import type { Template } from '../../../server/src/templates/contract';
import { adminPerson, type SignedIn } from '../../helpers/people';
import {
  message,
  newConversation,
  newCustomer,
  reaches,
  send,
  thread,
  verdictOf,
  writeIn,
} from '../support/rest';
import { addPicture, fillShop, PRODUCT } from '../support/shop';
import { setStage, until, type Stage } from '../support/stage';
import { EVERY_RIGHT, newToken } from '../support/tenants';

let stage: Stage;
let conversation: Conversation;
let agent: SignedIn & { roleId: string };
let templates: Template[];

const body = (text: string) => [{ type: 'BODY', text }];
const add = (name: string, language: string, components: object[], over: object = {}) =>
  stage.simulator.templates.add(stage.number.businessAccountId, {
    name,
    language,
    category: 'UTILITY',
    components: components as never,
    ...over,
  });

const roleOf = async (userId: number): Promise<string> => {
  const user = await stage.strapi.db
    .query('admin::user')
    .findOne({ where: { id: userId }, populate: { roles: true } });
  return String(user.roles[0].id);
};

const sync = async () => {
  await stage.http.post('/api/whatsapp/templates/sync').set(stage.token).send({}).expect(200);
  templates = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = await stage.http
      .get(`/api/whatsapp/templates?limit=100${cursor && `&cursor=${cursor}`}`)
      .set(stage.token);
    templates.push(...(page.body.data as Template[]));
    cursor = page.body.meta.nextCursor as string | null;
  }
};
const idOf = (name: string, language = 'en_US'): string =>
  (templates.find((each) => each.name === name && each.language === language) as Template).id;

beforeAll(async () => {
  stage = await setStage();
  const person = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
  agent = { ...person, roleId: await roleOf(person.id) };
  conversation = await newConversation(stage);
  add('greeting', 'en_US', body('A greeting for all of you.'));
  add('greeting', 'es', body('Un saludo para todos ustedes.'));
  add('greeting', 'tr', body('Herkese selam olsun bugün.'));
  add('cards', 'en_US', [
    { type: 'BODY', text: 'Look what is new today.' },
    {
      type: 'CAROUSEL',
      cards: [0, 1].map(() => ({
        components: [
          { type: 'HEADER', format: 'IMAGE' },
          { type: 'BODY', text: 'About {{1}} for you.' },
          { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Look', url: 'https://s.example/{{1}}' }] },
        ],
      })),
    },
  ]);
  add('offer', 'en_US', [
    { type: 'BODY', text: 'A fine offer for you today.' },
    { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Hurry', has_expiration: true } },
    { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE', example: '25OFF' }] },
  ]);
  await sync();
});
afterAll(() => stage.stop());

const picker = async (query: string, headers = stage.admin): Promise<TemplatePicker> =>
  (await stage.http.get(`/whatsapp/template-picker?${query}`).set(headers).expect(200))
    .body as TemplatePicker;
const inPicker = async (name: string, headers = stage.admin): Promise<PickerTemplate> => {
  const { data } = await picker(`conversationId=${conversation.id}`, headers);
  return data.find((each) => each.name === name && each.language === 'en_US') as PickerTemplate;
};
const limit = (name: string, access: { roles?: string[]; integrations?: string[] }) =>
  stage.http
    .put(`/whatsapp/templates/${idOf(name)}/access`)
    .set(stage.admin)
    .send({ roles: [], integrations: [], ...access });
const sendAs = (headers: Record<string, string>, over: object = {}) =>
  stage.http
    .post('/whatsapp/messages/send')
    .set(headers)
    .send({ conversationId: conversation.id, template: { name: 'greeting', language: 'en_US' }, ...over });

describe('the picker', () => {
  it('shows every template of the account, and why one cannot be sent', async () => {
    const { metaId } = templates.find(({ name }) => name === 'offer') as Template;
    stage.simulator.templates.setStatus(metaId, 'PAUSED');
    await sync();
    expect(await inPicker('offer')).toMatchObject({
      sendable: false,
      reason: { key: 'status', facts: { status: 'PAUSED' } },
    });
    stage.simulator.templates.setStatus(metaId, 'APPROVED');
    await sync();
    expect(await inPicker('offer')).toMatchObject({ sendable: true, reason: null, hasBindings: false });
    const both = await stage.http.get('/whatsapp/template-picker').set(stage.admin);
    expect(both.status).toBe(400);
    expect(
      await verdictOf(stage.http.get('/whatsapp/template-picker?integrationId=999').set(stage.admin)),
    ).toEqual([404, 'not_found']);
  });

  it('knows each person’s favourites and what they used last', async () => {
    const favourite = `/whatsapp/templates/${idOf('greeting', 'es')}/favourite`;
    await stage.http.put(favourite).set(agent.headers).expect(200);
    await stage.http.put(favourite).set(agent.headers).expect(200);
    expect([
      (await inPicker('greeting', agent.headers)).favourite,
      (await inPicker('greeting')).favourite,
    ]).toEqual([true, false]);
    await sendAs(agent.headers).expect(202);
    const used = await inPicker('greeting', agent.headers);
    expect(used.favourite).toBe(true);
    expect(Date.parse(used.lastUsedAt ?? '')).toBeGreaterThan(0);
    expect((await inPicker('greeting')).lastUsedAt).toBeNull();
    await stage.http.delete(favourite).set(agent.headers).expect(200);
    expect((await inPicker('greeting', agent.headers)).favourite).toBe(false);
  });

  it('suggests a language: the person’s own, the entry’s, the conversation’s, the usual one', async () => {
    const fresh = await newConversation(stage);
    const suggested = async () => (await picker(`conversationId=${fresh.id}`)).meta.language;
    expect(await suggested()).toEqual({ code: 'en_US', because: 'default' });
    const template = { name: 'greeting', language: 'tr' };
    await send(stage, { conversationId: fresh.id, template }).expect(202);
    expect(await suggested()).toEqual({ code: 'tr', because: 'conversation' });
    await stage.strapi.plugin('i18n').service('locales').create({ code: 'es', name: 'Spanish' });
    const entry = await stage.strapi
      .documents(PRODUCT as never)
      .create({ data: { title: 'Pan' } as never, locale: 'es', status: 'published' });
    await stage.http
      .put(`/whatsapp/contacts/${fresh.contact.id}/link`)
      .set(stage.admin)
      .send({ contentType: PRODUCT, documentId: entry.documentId })
      .expect(200);
    expect(await suggested()).toEqual({ code: 'es', because: 'linked_entry' });
    await stage.strapi.db
      .connection('whatsapp_contacts')
      .where({ id: fresh.contact.id })
      .update({ language: 'tr_TR' });
    expect(await suggested()).toEqual({ code: 'tr', because: 'contact' });
  });

  it('takes few statements for five hundred templates', async () => {
    for (let index = 0; index < 500; index += 1)
      add(`bulk_${index}`, 'en_US', body(`Number ${index} for you all.`));
    await sync();
    const counts: number[] = [];
    let ms = Infinity;
    for (let round = 0; round < 2; round += 1) {
      let statements = 0;
      const count = () => (statements += 1);
      stage.strapi.db.connection.on('query', count);
      const began = performance.now();
      const { data } = await picker(`conversationId=${conversation.id}`, agent.headers);
      ms = Math.min(ms, performance.now() - began);
      stage.strapi.db.connection.removeListener('query', count);
      expect(data.length).toBeGreaterThan(500);
      counts.push(statements);
    }
    const [fewest] = counts.sort((a, b) => a - b);
    process.stdout.write(`the picker of 500 templates: ${fewest} statements, ${Math.round(ms)} ms\n`);
    // Who asks, the conversation, the person, the last template's language, and the templates in one.
    expect(fewest).toBeLessThan(20);
  });
});

describe('who may use a template', () => {
  afterEach(() => limit('greeting', {}).expect(200));

  it('is asked on every way: panel, API, and of the number', async () => {
    const { body: answer } = await limit('greeting', { roles: [agent.roleId] }).expect(200);
    expect(answer).toMatchObject({
      data: { roles: [agent.roleId], integrations: [] },
      meta: { integrations: [{ id: stage.number.id }] },
    });
    const other = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
    expect(await verdictOf(sendAs(other.headers))).toEqual([403, 'template_not_allowed']);
    expect(await inPicker('greeting', other.headers)).toMatchObject({
      sendable: false,
      reason: { key: 'role' },
    });
    await sendAs(agent.headers).expect(202);
    await sendAs(stage.admin).expect(202);
    // Roles are people's: a program obeys numbers alone.
    const { headers } = await newToken(stage);
    const template = { name: 'greeting', language: 'en_US' };
    await send(stage, { conversationId: conversation.id, template }, headers).expect(202);

    const second = await stage.addNumber({ businessAccountId: stage.number.businessAccountId });
    await limit('greeting', { integrations: [second.id] }).expect(200);
    for (const call of [
      sendAs(stage.admin),
      send(stage, { conversationId: conversation.id, template }, headers),
      // Whoever builds Meta's own components, or uses the short form, is no exception.
      send(stage, { conversationId: conversation.id, template: { ...template, components: [] } }, headers),
      send(stage, { conversationId: conversation.id, template: 'greeting', language: 'es' }, headers),
      stage.http.post('/api/v1/crm/whatsapp/send').set(headers).send({
        integrationId: stage.number.id,
        phoneNumber: conversation.contact.phone,
        template: 'greeting',
      }),
    ]) {
      const { status, body: refusal } = await call;
      const code = refusal.error?.details?.code ?? refusal.error;
      expect([status, code]).toEqual([403, 'template_not_allowed']);
    }
    expect((await inPicker('greeting')).reason).toMatchObject({ key: 'number' });
    await stage.http.delete(`/whatsapp/integrations/${second.id}`).set(stage.admin);
  });

  it('refuses roles and numbers that are not there', async () => {
    const answer = await limit('greeting', { roles: ['999999'], integrations: ['999999'] });
    expect([answer.status, answer.body.error.details.errors]).toEqual([
      400,
      [expect.objectContaining({ path: 'roles' }), expect.objectContaining({ path: 'integrations' })],
    ]);
  });

  it('is asked again when a scheduled message’s time comes, with the writer’s roles of then', async () => {
    const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body: answer } = await sendAs(agent.headers, { scheduledAt }).expect(202);
    const other = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
    await limit('greeting', { roles: [await roleOf(other.id)] }).expect(200);
    // A time that has passed means now.
    const { id } = answer.data as { id: string };
    await stage.http
      .put(`/whatsapp/messages/${id}`)
      .set(agent.headers)
      .send({ scheduledAt: new Date(Date.now() - 1_000).toISOString() })
      .expect(200);
    const failed = await reaches(stage, id, ['failed']);
    expect(failed.error).toMatchObject({ code: 'template_not_allowed', retryable: false });
  });

  it('is asked again when a failed one is tried again', async () => {
    const { body: answer } = await sendAs(agent.headers).expect(202);
    const { id } = answer.data as { id: string };
    await reaches(stage, id, ['delivered']);
    await stage.strapi.db
      .connection('whatsapp_messages')
      .where({ id })
      .update({ delivery_status: 'failed', error: JSON.stringify({ retryable: true }) });
    const other = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
    await limit('greeting', { roles: [await roleOf(other.id)] }).expect(200);
    const again = stage.http.post(`/whatsapp/messages/${id}/retry`).set(agent.headers).send({});
    expect(await verdictOf(again)).toEqual([403, 'template_not_allowed']);
  });

  it('leaves a line in the audit trail', async () => {
    await limit('greeting', { roles: [agent.roleId] }).expect(200);
    const { body: trail } = await stage.http.get('/whatsapp/audit?action=template.limit').set(stage.admin);
    expect(trail.data[0]).toMatchObject({
      action: 'template.limit',
      target: { type: 'template', label: 'greeting' },
      before: { roles: [] },
      after: { roles: [agent.roleId] },
    });
  });
});

describe('trying a template out', () => {
  const tester = (id: string) => `/whatsapp/test-contacts/${id}`;
  const tryOut = (contactIds: string[], headers = stage.admin) =>
    stage.http
      .post(`/whatsapp/templates/${idOf('greeting')}/test`)
      .set(headers)
      .send({ integrationId: stage.number.id, contactIds });

  it('sends to test contacts only, marked as a test', async () => {
    const person = await writeIn(stage, newCustomer(stage, { name: 'Tester' }));
    const { id } = person.contact;
    expect(await verdictOf(tryOut([id]))).toEqual([400, 'validation_failed']);
    expect(await verdictOf(tryOut(['999999']))).toEqual([404, 'not_found']);
    await stage.http.put(tester(id)).set(stage.admin).expect(200);
    const result = (await tryOut([id, id]).expect(200)).body.data as TestSendResult;
    expect(result).toEqual({ sent: [{ contactId: id, messageId: expect.any(String) }], failed: [] });
    const { messageId } = result.sent[0];
    await reaches(stage, messageId, ['accepted', 'sent', 'delivered', 'read']);
    expect((await message(stage, messageId)).content).toMatchObject({ test: true });
    expect((await thread(stage, person.id))[0]).toMatchObject({ id: messageId, content: { test: true } });
    const row = await stage.strapi.db.connection('whatsapp_messages').where({ id: messageId }).first();
    expect([row.is_test, (await inPicker('greeting')).lastUsedAt]).toEqual([1, expect.anything()]);
    const { body: trail } = await stage.http.get('/whatsapp/audit?action=template.test').set(stage.admin);
    expect(trail.data[0]).toMatchObject({ action: 'template.test', after: { contacts: [id] } });
  });

  it('passes every gate: one who is blocked gets none, and the others do', async () => {
    const [first, second] = await Promise.all([newConversation(stage), newConversation(stage)]);
    for (const { contact } of [first, second])
      await stage.http.put(tester(contact.id)).set(stage.admin).expect(200);
    await stage.http
      .post(`/whatsapp/contacts/${first.contact.id}/block`)
      .set(stage.admin)
      .send({ integrationId: stage.number.id })
      .expect(200);
    const result = (await tryOut([first.contact.id, second.contact.id]).expect(200)).body
      .data as TestSendResult;
    expect(result).toMatchObject({
      sent: [{ contactId: second.contact.id }],
      failed: [{ contactId: first.contact.id, code: 'recipient_blocked' }],
    });
  });

  it('takes at most ten people, however many are added at once', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => newConversation(stage)));
    const answers = await Promise.all(
      people.map(({ contact }) => stage.http.put(tester(contact.id)).set(stage.admin)),
    );
    expect(answers.filter(({ status }) => status === 409).length).toBeGreaterThan(0);
    const list = await stage.http.get('/whatsapp/test-contacts').set(stage.admin).expect(200);
    expect(list.body.data).toHaveLength(10);
    const [{ id }] = list.body.data as { id: string }[];
    await stage.http.delete(tester(id)).set(stage.admin).expect(200);
    const fewer = await stage.http.get('/whatsapp/test-contacts').set(stage.admin);
    expect(fewer.body.data).toHaveLength(9);
  });

  it('shows no numbers to whoever may not see them', async () => {
    const blind = await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox, ACTIONS.sendTemplates] });
    const { body: list } = await stage.http.get('/whatsapp/test-contacts').set(blind.headers).expect(200);
    expect(JSON.stringify(list)).not.toMatch(/\d{7}/);
  });
});

describe('every part of a template can be sent', () => {
  const componentsOf = async (name: string): Promise<object[]> => {
    const sent = await until(
      () =>
        stage.simulator.accepted.find(({ body: each }) => JSON.stringify(each).includes(`"name":"${name}"`)),
      (found) => found !== undefined,
    );
    return (sent?.body as { template: { components: object[] } }).template.components;
  };

  it('a carousel with a file for each card', async () => {
    await fillShop(stage, null);
    const fileId = await addPicture(stage);
    const { body: upload } = await stage.http
      .post('/whatsapp/uploads/from-library')
      .set(stage.admin)
      .send({ fileId })
      .expect(201);
    const card = (word: string) => ({
      header: { image: { uploadId: upload.data.uploadId as string } },
      body: { 1: word },
      buttons: [{ text: word }],
    });
    const parameters = { cards: [card('bread'), card('milk')] };
    const answer = await send(stage, {
      conversationId: conversation.id,
      template: { name: 'cards', language: 'en_US', parameters },
    });
    expect([answer.status, answer.body.error]).toEqual([202, undefined]);
    const [carousel] = await componentsOf('cards');
    const cards = ['bread', 'milk'].map((word, card_index) => ({
      card_index,
      components: [
        { type: 'header', parameters: [{ type: 'image', image: { id: expect.stringMatching(/^\d+$/) } }] },
        { type: 'body', parameters: [{ type: 'text', text: word }] },
        { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: word }] },
      ],
    }));
    expect(carousel).toEqual({ type: 'carousel', cards });
    const short = await send(stage, {
      conversationId: conversation.id,
      template: { name: 'cards', language: 'en_US', parameters: { cards: [card('bread')] } },
    });
    expect(short.body.error.details.parameters).toEqual(
      expect.arrayContaining([expect.objectContaining({ component: 'cards[1].header', problem: 'missing' })]),
    );
  });

  it('an offer with its end and its code', async () => {
    const parameters = {
      limitedTimeOffer: { expiresAt: '2030-01-01T00:00:00.000Z' },
      buttons: [{ couponCode: '30OFF' }],
    };
    const template = { name: 'offer', language: 'en_US', parameters };
    await send(stage, { conversationId: conversation.id, template }).expect(202);
    expect(await componentsOf('offer')).toEqual([
      {
        type: 'limited_time_offer',
        parameters: [
          { type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: Date.UTC(2030, 0, 1) } },
        ],
      },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '0',
        parameters: [{ type: 'coupon_code', coupon_code: '30OFF' }],
      },
    ]);
  });
});
