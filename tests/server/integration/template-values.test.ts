/** Values of templates from the site's own content: what is found, in which language, and for whose eyes. */
import type {
  BindableType,
  ResolvedValues,
  TemplateBinding,
  TemplateBindings,
} from '../../../server/src/template-use/contract';
import type { Template } from '../../../server/src/templates/contract';
import type { Conversation } from '../../../server/src/conversations/contract';
import { ACTIONS } from '../../../server/src/permissions';
import { adminPerson, type SignedIn } from '../../helpers/people';
import { newConversation, send } from '../support/rest';
import {
  addLocale,
  addPicture,
  documents,
  fillShop,
  MAKER,
  mayRead,
  PRODUCT,
  type Shop,
} from '../support/shop';
import { setStage, until, type Stage } from '../support/stage';
import { EVERY_RIGHT, newToken } from '../support/tenants';

let stage: Stage;
let shop: Shop;
let conversation: Conversation;
const templates: Record<string, Template> = {};

const BODY = 'Hello {{1}}, your {{2}} for {{3}} is ready since {{4}} thanks to {{5}} at {{6}} for you.';
const component = (text: string, count: number) => ({
  type: 'BODY',
  text,
  example: { body_text: [Array.from({ length: count }, (_, index) => `x${index}`)] },
});

const addTemplate = (name: string, language: string, components: object[]) =>
  stage.simulator.templates.add(stage.number.businessAccountId, {
    name,
    language,
    category: 'UTILITY',
    components: components as never,
  });

beforeAll(async () => {
  stage = await setStage();
  await addLocale(stage.strapi, 'tr', 'Turkish');
  shop = await fillShop(stage, await addPicture(stage));
  conversation = await newConversation(stage);
  addTemplate('ready', 'en_US', [component(BODY, 6)]);
  addTemplate('ready', 'tr', [component(BODY, 6)]);
  addTemplate('pictured', 'en_US', [
    { type: 'HEADER', format: 'IMAGE' },
    component('Look at our {{1}} today, dear friend.', 1),
    { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Look', url: 'https://s.example/{{1}}' }] },
  ]);
  addTemplate('one_value', 'en_US', [component('All about {{1}} for you today.', 1)]);
  await stage.http.post('/api/whatsapp/templates/sync').set(stage.token).send({}).expect(200);
  const { body } = await stage.http.get('/whatsapp/templates?limit=100').set(stage.admin).expect(200);
  for (const template of body.data as Template[])
    templates[`${template.name}/${template.language}`] = template;
});
afterAll(() => stage.stop());

const entryOf = (path: string, rest: Partial<TemplateBinding> = {}, contentType = PRODUCT) => ({
  source: { from: 'entry' as const, contentType, path },
  ...rest,
});
const BINDINGS: TemplateBinding[] = [
  { parameter: 'body:1', source: { from: 'contact', path: 'name' }, fallback: 'friend' },
  { parameter: 'body:2', ...entryOf('title') },
  { parameter: 'body:3', ...entryOf('price', { format: { as: 'currency', currency: 'EUR' } }) },
  { parameter: 'body:4', ...entryOf('releasedOn', { format: { as: 'date', style: 'long' } }) },
  { parameter: 'body:5', ...entryOf('makers.name') },
  { parameter: 'body:6', ...entryOf('pickup.place') },
];

const put = (id: string, bindings: unknown[], headers = stage.admin) =>
  stage.http.put(`/whatsapp/templates/${id}/bindings`).set(headers).send({ bindings });
const values = async (id: string, body: object, headers = stage.admin): Promise<ResolvedValues> =>
  (await stage.http.post(`/whatsapp/templates/${id}/values`).set(headers).send(body).expect(200)).body
    .data as ResolvedValues;
const bodyOf = ({ parameters }: ResolvedValues) => parameters.map(({ value, problem }) => value ?? problem);
const entry = () => ({ contentType: PRODUCT, documentId: shop.product });

/** What one path brings, tried out without saving it. */
const tryPath = async (path: string, over: object = {}, headers = stage.admin) => {
  const binding = { parameter: 'body:1', ...entryOf(path), ...over };
  const found = await values(
    templates['one_value/en_US'].id,
    { entry: entry(), bindings: [binding] },
    headers,
  );
  return found.parameters[0].value ?? found.parameters[0].problem;
};

describe('values from an entry', () => {
  it('are read through relations and components and written in the template’s language', async () => {
    await put(templates['ready/en_US'].id, BINDINGS).expect(200);
    const order = { conversationId: conversation.id, entry: entry() };
    const english = await values(templates['ready/en_US'].id, order);
    const name = conversation.contact.profileName;
    expect(bodyOf(english)).toEqual([
      name,
      'Rye bread',
      '€1,234.50',
      'March 1, 2026',
      'Ada, Bob',
      'Corner 1',
    ]);
    // All languages share the bindings; the entry is read in the template's own.
    const turkish = await values(templates['ready/tr'].id, order);
    expect(bodyOf(turkish)).toEqual([
      name,
      'Çavdar ekmeği',
      '€1.234,50',
      '1 Mart 2026',
      'Ada, Bob',
      'Corner 1',
    ]);
    expect(english.values.body).toEqual(
      Object.fromEntries(bodyOf(english).map((value, index) => [String(index + 1), value])),
    );
  });

  it('are plain words whatever the field is', async () => {
    expect(await tryPath('story')).toBe('Dark crusty and warm');
    expect(await tryPath('notes')).toBe('Keeps a week');
    expect(await tryPath('stock')).toBe('4711');
    expect(await tryPath('inSale')).toBe('Yes');
    expect(await tryPath('maker.name')).toBe('Ada');
    expect(await tryPath('sections.place')).toBe('Market');
    expect(await tryPath('sections.words')).toBe('Best in town');
    expect(await tryPath('offerEndsAt', { format: { as: 'date', style: 'short', time: true } })).toMatch(
      /30/,
    );
  });

  it('come from published entries, and an entry that is gone is empty', async () => {
    const id = templates['one_value/en_US'].id;
    const bindings = [{ parameter: 'body:1', ...entryOf('title'), fallback: 'our bread' }];
    const of = async (documentId: string) =>
      (await values(id, { bindings, entry: { contentType: PRODUCT, documentId } })).parameters[0];
    expect(await of(shop.draftOnly)).toMatchObject({
      value: 'our bread',
      source: { from: 'fallback' },
      problem: 'entry_missing',
    });
    expect((await of('nobody')).problem).toBe('entry_missing');
    const without = await values(id, { bindings: [{ parameter: 'body:1', ...entryOf('title') }] });
    expect([without.needsEntry, without.parameters[0].problem]).toEqual([PRODUCT, 'no_entry']);
  });

  it('name what is private, secret or not there as a field that does not exist', async () => {
    for (const path of ['purchasePrice', 'maker.secret', 'pickup.code', 'nothing', 'constructor', 'maker'])
      expect([path, await tryPath(path)]).toEqual([path, 'field_gone']);
    expect(await tryPath('createdBy.email')).toBe('field_gone');
    const bindings = [
      { parameter: 'body:1', source: { from: 'entry', contentType: 'admin::user', path: 'email' } },
    ];
    const found = await values(templates['one_value/en_US'].id, {
      bindings,
      entry: { contentType: 'admin::user', documentId: 'x' },
    });
    expect(found.parameters[0].problem).toBe('field_gone');
  });

  it('bring a picture for a header', async () => {
    const { id } = templates['pictured/en_US'];
    const bindings: TemplateBinding[] = [
      { parameter: 'header:image', ...entryOf('picture') },
      { parameter: 'body:1', ...entryOf('title') },
      { parameter: 'buttons:0', ...entryOf('slug') },
    ];
    await put(id, bindings).expect(200);
    const found = await values(id, { entry: entry() });
    expect(found.values).toMatchObject({
      header: { image: { uploadId: expect.any(String) } },
      body: { 1: 'Rye bread' },
      buttons: [{ text: 'rye-bread' }],
    });
    const again = await values(id, { entry: entry() });
    expect(again.values.header).toEqual(found.values.header);
    const text = [{ parameter: 'body:1', ...entryOf('picture') }];
    expect((await values(id, { entry: entry(), bindings: text })).parameters[1].problem).toBe('wrong_kind');
  });
});

describe('for whose eyes', () => {
  let roleId: number;
  let editor: SignedIn;
  beforeAll(async () => {
    editor = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
    const user = await stage.strapi.db
      .query('admin::user')
      .findOne({ where: { id: editor.id }, populate: { roles: true } });
    roleId = user.roles[0].id as number;
    await mayRead(stage, roleId, [
      { uid: PRODUCT, fields: ['title', 'maker', 'pickup.place'], locales: ['en', 'tr'] },
    ]);
  });

  it('only types and fields that the person may read are offered', async () => {
    const { body } = await stage.http.get('/whatsapp/template-fields').set(editor.headers).expect(200);
    const types = body.data as BindableType[];
    expect(types.map(({ uid }) => uid)).toEqual(['contact', PRODUCT]);
    expect(types[1].fields.map(({ path }) => path).sort()).toEqual(
      expect.arrayContaining(['pickup.place', 'title']),
    );
    const paths = types[1].fields.map(({ path }) => path);
    for (const path of ['price', 'maker.name', 'picture', 'purchasePrice']) expect(paths).not.toContain(path);
    const all = await stage.http.get('/whatsapp/template-fields').set(stage.admin).expect(200);
    expect(JSON.stringify(all.body)).not.toMatch(
      /purchasePrice|secret|pickup\.code|admin::|plugin::whatsapp/,
    );
  });

  it('what programs have added to contacts is offered too', async () => {
    await stage.strapi.db
      .connection('whatsapp_contacts')
      .where({ id: Number(conversation.contact.id) })
      .update({
        custom_attributes: JSON.stringify({ favouriteCity: 'Bursa', car: { model: 'Egea' }, 'a.b': 1 }),
      });
    const { body } = await stage.http.get('/whatsapp/template-fields').set(stage.admin).expect(200);
    const [{ fields }] = body.data as BindableType[];
    expect(fields.filter(({ path }) => path.startsWith('customAttributes.'))).toEqual([
      { path: 'customAttributes.car.model', label: 'Car › Model', type: 'text' },
      { path: 'customAttributes.favouriteCity', label: 'Favourite city', type: 'text' },
    ]);
  });

  it('values and new bindings stop at what they may not read', async () => {
    expect(await tryPath('title', {}, editor.headers)).toBe('Rye bread');
    expect(await tryPath('price', {}, editor.headers)).toBe('not_readable');
    expect(await tryPath('maker.name', {}, editor.headers)).toBe('not_readable');
    const { id } = templates['one_value/en_US'];
    const refused = await put(id, [{ parameter: 'body:1', ...entryOf('price') }], editor.headers);
    expect([refused.status, refused.body.error.details.errors[0].path]).toEqual([
      400,
      'bindings.0.source.path',
    ]);
    // What a colleague bound stays his: it is saved along unchanged, and shows nothing.
    await put(id, [{ parameter: 'body:1', ...entryOf('price') }]).expect(200);
    await put(id, [{ parameter: 'body:1', ...entryOf('price') }], editor.headers).expect(200);
    expect((await values(id, { entry: entry() }, editor.headers)).parameters[0]).toMatchObject({
      value: null,
      problem: 'not_readable',
    });
  });

  it('entries that a condition keeps away are not there', async () => {
    const other = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
    const user = await stage.strapi.db
      .query('admin::user')
      .findOne({ where: { id: other.id }, populate: { roles: true } });
    await mayRead(stage, user.roles[0].id as number, [
      { uid: PRODUCT, conditions: ['admin::is-creator'], locales: ['en', 'tr'] },
      { uid: MAKER },
    ]);
    expect(await tryPath('title', {}, other.headers)).toBe('entry_missing');
    const list = await stage.http
      .get(`/whatsapp/template-entries?contentType=${PRODUCT}`)
      .set(other.headers)
      .expect(200);
    expect(list.body.data).toEqual([]);
  });

  it('lists entries newest first, with what is published, and finds them by name', async () => {
    const ask = async (query: string) =>
      (await stage.http.get(`/whatsapp/template-entries?contentType=${PRODUCT}${query}`).set(stage.admin))
        .body.data as { documentId: string; label: string; status: string }[];
    expect((await ask('')).map(({ documentId, status }) => [documentId, status])).toEqual([
      [shop.draftOnly, 'draft'],
      [shop.product, 'published'],
    ]);
    expect((await ask('&q=secret')).map(({ label }) => label)).toEqual(['Secret loaf']);
    const closed = await stage.http
      .get('/whatsapp/template-entries?contentType=admin::user')
      .set(stage.admin);
    expect(closed.status).toBe(404);
  });

  it('a phone number is hidden from whoever may not see numbers', async () => {
    const blind = await adminPerson(stage.strapi, {
      actions: [ACTIONS.readInbox, ACTIONS.sendTemplates],
    });
    const bindings = [{ parameter: 'body:1', source: { from: 'contact', path: 'phone' }, fallback: 'you' }];
    const order = { conversationId: conversation.id, bindings };
    const { id } = templates['one_value/en_US'];
    expect((await values(id, order)).parameters[0].value).toBe(conversation.contact.phone);
    const seen = await values(id, order, blind.headers);
    expect(seen.parameters[0]).toMatchObject({ value: null, problem: 'hidden' });
    expect(JSON.stringify(seen)).not.toContain(String(conversation.contact.phone).slice(3));
  });
});

describe('a contact that stands for an entry', () => {
  const link = (body: object, headers = stage.admin) =>
    stage.http.put(`/whatsapp/contacts/${conversation.contact.id}/link`).set(headers).send(body);
  const BOUND = [
    { parameter: 'body:1', source: { from: 'linked' as const, path: 'title' }, fallback: 'bread' },
  ];

  it('lends its fields to bindings, and an entry that is deleted is empty', async () => {
    const { id } = templates['one_value/en_US'];
    await put(id, BOUND).expect(200);
    const order = { contactId: conversation.contact.id };
    expect((await values(id, order)).parameters[0]).toMatchObject({ value: 'bread', problem: 'not_linked' });
    await link(entry()).expect(200);
    expect((await values(id, order)).parameters[0].value).toBe('Rye bread');
    const shown = await stage.http.get(`/whatsapp/conversations/${conversation.id}`).set(stage.admin);
    expect(shown.body.data.contact.linkedEntry).toEqual(entry());
    const passing = await documents(stage.strapi, PRODUCT).create({
      data: { title: 'Passing' },
      locale: 'en',
      status: 'published',
    });
    await link({ contentType: PRODUCT, documentId: passing.documentId }).expect(200);
    await documents(stage.strapi, PRODUCT).delete({ documentId: passing.documentId, locale: '*' });
    expect((await values(id, order)).parameters[0]).toMatchObject({
      value: 'bread',
      problem: 'entry_missing',
    });
    await stage.http
      .delete(`/whatsapp/contacts/${conversation.contact.id}/link`)
      .set(stage.admin)
      .expect(200);
    expect((await values(id, order)).parameters[0].problem).toBe('not_linked');
  });

  it('is shown by its title, and without one to whoever may not read it or when it is gone', async () => {
    const linked = async (headers = stage.admin) =>
      (await stage.http.get(`/whatsapp/contacts/${conversation.contact.id}/link`).set(headers).expect(200))
        .body.data as unknown;
    const reader = await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox] });
    await stage.http
      .delete(`/whatsapp/contacts/${conversation.contact.id}/link`)
      .set(stage.admin)
      .expect(200);
    expect(await linked()).toBeNull();
    const passing = await stage.strapi.documents(PRODUCT as never).create({
      data: { title: 'Short-lived' } as never,
    });
    const ref = { contentType: PRODUCT, documentId: passing.documentId };
    await link(ref).expect(200);
    expect(await linked()).toEqual({ ...ref, type: 'Product', title: 'Short-lived', single: false });
    expect(await linked(reader.headers)).toEqual({ ...ref, type: 'Product', title: null, single: false });
    await stage.strapi.documents(PRODUCT as never).delete({ documentId: passing.documentId });
    expect(await linked()).toEqual({ ...ref, type: 'Product', title: null, single: false });
  });

  it('is linked only to what the person may read', async () => {
    expect((await link({ contentType: PRODUCT, documentId: 'nobody' })).status).toBe(400);
    expect((await link({ contentType: 'admin::user', documentId: 'x' })).status).toBe(400);
    const stranger = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
    expect((await link(entry(), stranger.headers)).status).toBe(400);
  });
});

describe('what was bound', () => {
  it('is answered as it was saved; wrong ones are named and nothing is saved', async () => {
    const { id } = templates['ready/en_US'];
    await put(id, BINDINGS).expect(200);
    const wrong = await put(id, [
      { parameter: 'body:9', source: { from: 'text', text: 'x' } },
      { parameter: 'body:1', source: { from: 'contact', path: 'shoeSize' } },
      { parameter: 'body:2', ...entryOf('purchasePrice') },
      { parameter: 'body:2', source: { from: 'text', text: 'x' } },
    ]);
    expect(wrong.status).toBe(400);
    expect((wrong.body.error.details.errors as { path: string }[]).map(({ path }) => path)).toEqual([
      'bindings.0.parameter',
      'bindings.1.source.path',
      'bindings.2.source.path',
      'bindings.3.parameter',
    ]);
    const kept = await stage.http
      .get(`/whatsapp/templates/${templates['ready/tr'].id}/bindings`)
      .set(stage.admin);
    expect((kept.body.data as TemplateBindings).bindings).toEqual(BINDINGS);
  });

  it('is reported when its field is not there any more', async () => {
    const { id, businessAccountId } = templates['ready/en_US'];
    const gone = [
      { parameter: 'body:2', ...entryOf('oldField') },
      { parameter: 'body:8', ...entryOf('title') },
    ];
    await stage.strapi.db
      .connection('whatsapp_template_settings')
      .where({ business_account_id: businessAccountId, name: 'ready' })
      .update({ bindings: JSON.stringify(gone) });
    const { body } = await stage.http.get(`/whatsapp/templates/${id}/bindings`).set(stage.admin).expect(200);
    expect((body.data as TemplateBindings).problems).toEqual([
      { parameter: 'body:2', problem: 'field_gone' },
      { parameter: 'body:8', problem: 'parameter_gone' },
    ]);
    expect((await values(id, { entry: entry() })).parameters[1].problem).toBe('field_gone');
    await put(id, BINDINGS).expect(200);
  });
});

describe('sending with bindings', () => {
  const ask = (template: object, headers = stage.token) =>
    send(stage, { conversationId: conversation.id, template }, headers);

  it('fills what was left out, and what was given wins', async () => {
    const answer = await ask({
      name: 'ready',
      language: 'en_US',
      parameters: { body: { 2: 'cake' } },
      entry: entry(),
    });
    expect([answer.status, answer.body.error]).toEqual([202, undefined]);
    expect(answer.body.data.text).toContain('your cake for €1,234.50');
    expect(answer.body.data.template.parameters.body).toMatchObject({ 2: 'cake', 5: 'Ada, Bob' });
    const sent = await until(
      () => stage.simulator.accepted.find(({ body }) => JSON.stringify(body).includes('€1,234.50')),
      (found) => found !== undefined,
    );
    expect(JSON.stringify(sent?.body)).toContain('"text":"Corner 1"');
  });

  it('without being asked for, a body means what it always meant', async () => {
    const answer = await ask({ name: 'ready', language: 'en_US', parameters: { body: { 1: 'Ana' } } });
    expect([answer.status, answer.body.error.details.code]).toEqual([400, 'template_parameters_invalid']);
  });

  it('names what is still missing and why', async () => {
    const answer = await ask({ name: 'ready', language: 'en_US', bound: true });
    expect([answer.status, answer.body.error.details.code]).toEqual([400, 'template_parameters_invalid']);
    expect(answer.body.error.details).toMatchObject({
      hint: 'fallback',
      parameters: expect.arrayContaining([
        expect.objectContaining({ component: 'body', name: '2', problem: 'missing', reason: 'no_entry' }),
      ]),
    });
  });

  it('sends the picture of an entry', async () => {
    const answer = await ask({ name: 'pictured', language: 'en_US', entry: entry() });
    expect(answer.status).toBe(202);
    const sent = await until(
      () => stage.simulator.accepted.find(({ body }) => JSON.stringify(body).includes('"name":"pictured"')),
      (found) => found !== undefined,
    );
    const components = (sent?.body as { template: { components: object[] } }).template.components;
    expect(components[0]).toEqual({
      type: 'header',
      parameters: [{ type: 'image', image: { id: expect.stringMatching(/^\d+$/) } }],
    });
  });

  it('gives a program what was approved, and a person what he may read', async () => {
    const stranger = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
    const template = { name: 'ready', language: 'en_US', entry: entry() };
    const refused = await stage.http
      .post('/whatsapp/messages/send')
      .set(stranger.headers)
      .send({ conversationId: conversation.id, template });
    expect(refused.body.error.details.parameters).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: '3', reason: 'not_readable' })]),
    );
    const { headers } = await newToken(stage);
    expect((await ask(template, headers)).status).toBe(202);
  });
});
