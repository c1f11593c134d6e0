/** Organizations as administrators keep them, and what belongs to whom. */
import fs from 'node:fs';
import path from 'node:path';

import type { Organization } from '../../../server/src/organizations/contract';
import { ACTIONS } from '../../../server/src/permissions';
import { adminPerson, type SignedIn } from '../../helpers/people';
import { newConversation, newCustomer, verdictOf } from '../support/rest';
import { setStage, type Stage } from '../support/stage';
import { fillAnyRow, tenantTables } from '../support/tenant-tables';
import { bind, newToken } from '../support/tenants';

let stage: Stage;
let ana: SignedIn;
beforeAll(async () => {
  stage = await setStage({ hours: 'usual' });
  ana = await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox, ACTIONS.readIntegrations] });
});
afterAll(() => stage.stop());

type Headers = Record<string, string>;
const at = (slug: string, headers: Headers): Headers => ({ ...headers, 'X-WhatsApp-Organization': slug });
const me = (headers: Headers) => stage.http.get('/whatsapp/me').set(headers);
const create = (body: object, headers: Headers = stage.admin) =>
  stage.http.post('/whatsapp/organizations').set(headers).send(body);
const update = (id: string, body: object, headers: Headers = stage.admin) =>
  stage.http.put(`/whatsapp/organizations/${id}`).set(headers).send(body);
const remove = (id: string, headers: Headers = stage.admin) =>
  stage.http.delete(`/whatsapp/organizations/${id}`).set(headers);
const list = async (headers: Headers = stage.admin): Promise<Organization[]> =>
  (await stage.http.get('/whatsapp/organizations').set(headers).expect(200)).body.data;
const named = async (slug: string): Promise<Organization> =>
  (await list()).find((organization) => organization.slug === slug) as Organization;

describe('the first organization', () => {
  it('is everybody’s, whoever is a member', async () => {
    const { body } = await me(ana.headers).expect(200);
    expect(body.data).toEqual({
      organizations: [{ id: expect.any(String), name: 'Default', slug: 'default' }],
      organization: { id: expect.any(String), name: 'Default', slug: 'default', timeZone: 'UTC' },
      superAdmin: false,
    });
    expect((await me(stage.admin)).body.data.superAdmin).toBe(true);
    const [only] = await list();
    expect(only).toMatchObject({ members: [], numbers: [{ id: stage.number.id }] });
    expect(only.businessHours.sun).toEqual([{ from: '09:00', to: '18:00' }]);
  });

  it('cannot be deleted, but renamed', async () => {
    const [only] = await list();
    expect(await verdictOf(remove(only.id))).toEqual([409, 'organization_in_use']);
    const { body } = await update(only.id, { name: 'Head office', timeZone: 'Europe/Istanbul' }).expect(200);
    expect(body.data).toMatchObject({ name: 'Head office', slug: 'default', timeZone: 'Europe/Istanbul' });
  });
});

describe('a second organization', () => {
  it('takes nobody’s place: whoever worked in the first stays in it', async () => {
    const { body } = await create({ name: 'Kuzey Şubesi' }).expect(201);
    expect(body.data).toMatchObject({ slug: 'kuzey-subesi', timeZone: 'UTC', members: [], numbers: [] });
    expect((await me(ana.headers)).body.data.organizations).toHaveLength(1);
    expect((await named('default')).members.map(({ id }) => id)).toContain(String(ana.id));
    await stage.http.get('/whatsapp/conversations').set(ana.headers).expect(200);
    const elsewhere = stage.http.get('/whatsapp/conversations').set(at('kuzey-subesi', ana.headers));
    expect(await verdictOf(elsewhere)).toEqual([404, 'not_found']);
  });

  it('opens to its members, at once', async () => {
    const { id } = await named('kuzey-subesi');
    await update(id, { memberIds: [String(ana.id)] }).expect(200);
    const { body } = await me(at('kuzey-subesi', ana.headers)).expect(200);
    expect(body.data.organization.slug).toBe('kuzey-subesi');
    expect(body.data.organizations.map(({ slug }: Organization) => slug)).toEqual([
      'default',
      'kuzey-subesi',
    ]);
    await update(id, { memberIds: [] }).expect(200);
    expect(await verdictOf(me(at('kuzey-subesi', ana.headers)))).toEqual([404, 'not_found']);
  });

  it('is told to somebody who belongs nowhere', async () => {
    const late = await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox] });
    const call = stage.http.get('/whatsapp/conversations').set(late.headers);
    expect(await verdictOf(call)).toEqual([403, 'organization_required']);
  });

  it('is checked field by field', async () => {
    for (const [body, path] of [
      [{ name: '' }, 'name'],
      [{ name: 'X', timeZone: '+03:00' }, 'timeZone'],
      [{ name: 'X', slug: 'Not a slug' }, 'slug'],
      [{ name: 'X', memberIds: ['999999'] }, 'memberIds'],
      [{ name: 'X', businessHours: { mon: [] } }, 'businessHours.tue'],
    ] as const) {
      const { body: answer } = await create(body).expect(400);
      expect(answer.error.details.errors.map((error: { path: string }) => error.path)).toContain(path);
    }
    expect(await verdictOf(create({ name: 'X', slug: 'default' }))).toEqual([409, 'slug_taken']);
    const twin = await create({ name: 'Kuzey Şubesi' }).expect(201);
    expect(twin.body.data.slug).toBe('kuzey-subesi-2');
    await remove(twin.body.data.id).expect(204);
    expect(await verdictOf(remove(twin.body.data.id))).toEqual([404, 'not_found']);
  });

  it('gets the numbers that are connected in it', async () => {
    const { body } = await stage.http
      .post('/whatsapp/integrations')
      .set(at('kuzey-subesi', stage.admin))
      .send({
        name: 'North',
        phoneNumber: '+14155550999',
        phoneNumberId: '999000222',
        businessAccountId: '888000222',
        accessToken: 'EAAnorth-token-1234',
        appSecret: 'north-app-secret-1234',
      })
      .expect(201);
    expect(body.data.organization).toBe('kuzey-subesi');
    const north = await named('kuzey-subesi');
    expect(north.numbers).toEqual([{ id: body.data.id, name: 'North' }]);
    expect(await verdictOf(remove(north.id))).toEqual([409, 'organization_in_use']);
  });

  it('gives a number on while nobody wrote to it, and keeps it afterwards', async () => {
    const [first, north] = [await named('default'), await named('kuzey-subesi')];
    const [number] = north.numbers;
    await update(first.id, { numberIds: [number.id] }).expect(200);
    expect((await named('kuzey-subesi')).numbers).toEqual([]);
    expect((await named('default')).numbers.map(({ id }) => id)).toContain(number.id);
    await update(north.id, { numberIds: [number.id] }).expect(200);
    await newConversation(stage);
    const taken = update(north.id, { name: 'Not renamed', numberIds: [stage.number.id] });
    expect(await verdictOf(taken)).toEqual([409, 'number_has_history']);
    expect((await named('kuzey-subesi')).name).toBe('Kuzey Şubesi');
    const strange = update(north.id, { numberIds: ['999999'] });
    expect(await verdictOf(strange)).toEqual([404, 'not_found']);
  });

  it('routes what is written to a moved number into its new home', async () => {
    const moved = await stage.addNumber({ name: 'On the move' });
    const north = await named('kuzey-subesi');
    await update(north.id, { numberIds: [moved.id] }).expect(200);
    const customer = newCustomer(stage);
    await stage.simulator.play(customer.id, moved.phoneNumberId, { type: 'text', text: 'Where are you?' });
    await stage.simulator.idle(5_000);
    const here = await stage.http
      .get('/whatsapp/conversations')
      .set(at('kuzey-subesi', stage.admin))
      .expect(200);
    expect(here.body.data).toHaveLength(1);
    const there = await stage.http.get('/whatsapp/conversations?limit=100').set(stage.admin).expect(200);
    expect(JSON.stringify(there.body)).not.toContain('Where are you?');
  });
});

describe('a manager who is no super admin', () => {
  let manager: SignedIn;
  beforeAll(async () => {
    const actions = [ACTIONS.manageOrganizations, ACTIONS.manageApiAccess];
    manager = await adminPerson(stage.strapi, { actions });
    const north = await named('kuzey-subesi');
    await update(north.id, { memberIds: [String(manager.id)] }).expect(200);
  });

  it('sees and changes only his own organizations', async () => {
    expect((await list(manager.headers)).map(({ slug }) => slug)).toEqual(['kuzey-subesi']);
    const first = await named('default');
    expect(await verdictOf(update(first.id, { name: 'Mine' }, manager.headers))).toEqual([404, 'not_found']);
    expect(await verdictOf(remove(first.id, manager.headers))).toEqual([404, 'not_found']);
    const north = await named('kuzey-subesi');
    const grab = update(north.id, { numberIds: [stage.number.id] }, manager.headers);
    expect(await verdictOf(grab)).toEqual([404, 'not_found']);
    expect((await named('default')).numbers.map(({ id }) => id)).toContain(stage.number.id);
  });

  it('belongs to what he makes', async () => {
    const { body } = await create({ name: 'West', memberIds: [] }, manager.headers).expect(201);
    expect(body.data.members.map(({ id }: { id: string }) => id)).toEqual([String(manager.id)]);
    await remove(body.data.id, manager.headers).expect(204);
  });

  it('binds tokens to his organizations only, and cannot set one free', async () => {
    const [first, north] = [await named('default'), await named('kuzey-subesi')];
    const token = await newToken(stage);
    expect(await verdictOf(bind(stage, token.id, first.id, manager.headers))).toEqual([404, 'not_found']);
    await bind(stage, token.id, north.id, manager.headers).expect(200);
    const free = bind(stage, token.id, null, manager.headers);
    expect(await verdictOf(free)).toEqual([403, 'permission_denied']);
    await bind(stage, token.id, first.id).expect(200);
    const shown = await stage.http.get('/whatsapp/api-access').set(manager.headers).expect(200);
    expect(shown.body.data.map(({ id }: { id: string }) => id)).not.toContain(token.id);
    expect(await verdictOf(bind(stage, token.id, north.id, manager.headers))).toEqual([404, 'not_found']);
  });
});

describe('an API token', () => {
  const conversations = (headers: Headers) => stage.http.get('/api/whatsapp/conversations').set(headers);
  const bindings = () => stage.strapi.db.connection('whatsapp_api_access');

  it('that is bound reaches its organization and no other', async () => {
    const north = await named('kuzey-subesi');
    for (const type of ['full-access', 'read-only'] as const) {
      const token = await newToken(stage, type);
      const { body } = await bind(stage, token.id, north.id).expect(200);
      expect(body.data).toMatchObject({
        id: token.id,
        type,
        organization: { id: north.id, name: 'Kuzey Şubesi' },
      });
      expect((await conversations(token.headers).expect(200)).body.data).toHaveLength(1);
      expect((await conversations(at('kuzey-subesi', token.headers))).status).toBe(200);
      for (const slug of ['default', 'ghost']) {
        expect(await verdictOf(conversations(at(slug, token.headers)))).toEqual([404, 'not_found']);
      }
    }
  });

  it('that is bound to none needs full access, and may then name one', async () => {
    const limited = await newToken(stage, 'read-only');
    expect(await verdictOf(conversations(limited.headers))).toEqual([403, 'organization_required']);
    const full = await newToken(stage);
    expect((await conversations(at('kuzey-subesi', full.headers))).body.data).toHaveLength(1);
    expect(await verdictOf(conversations(at('ghost', full.headers)))).toEqual([404, 'not_found']);
  });

  it('is listed without its key', async () => {
    const { body, text } = await stage.http.get('/whatsapp/api-access').set(stage.admin).expect(200);
    expect(Object.keys(body.data[0]).sort()).toEqual(['id', 'lastUsedAt', 'name', 'organization', 'type']);
    expect(text).not.toMatch(/[0-9a-f]{64}/);
  });

  it('takes its binding along when it goes, as does the organization', async () => {
    const { body } = await create({ name: 'Brief' }).expect(201);
    const [first, second] = [await newToken(stage), await newToken(stage)];
    for (const { id } of [first, second]) await bind(stage, id, body.data.id).expect(200);
    await stage.strapi.service('admin::api-token').revoke(first.id);
    expect(await bindings().where({ token_id: first.id })).toHaveLength(0);
    await remove(body.data.id).expect(204);
    expect(await bindings().where({ token_id: second.id })).toHaveLength(0);
    expect((await conversations(second.headers)).status).toBe(200);
  });

  it('is found or not found, whatever is asked', async () => {
    for (const id of ['0', 'abc', '999999', '2147483648']) {
      expect(await verdictOf(bind(stage, id, null))).toEqual([404, 'not_found']);
    }
    const token = await newToken(stage);
    expect(await verdictOf(bind(stage, token.id, 'abc'))).toEqual([404, 'not_found']);
  });
});

it('leaves lines in the audit trail', async () => {
  const rows = await stage.strapi.db.connection('whatsapp_audit_entries').orderBy('id');
  const actions = new Set(rows.map(({ action }: { action: string }) => action));
  for (const action of [
    'organization.create',
    'organization.update',
    'organization.delete',
    'api-access.bind',
  ]) {
    expect(actions).toContain(action);
  }
});

it('members go with their account', async () => {
  const leaver = await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox] });
  const north = await named('kuzey-subesi');
  await update(north.id, { memberIds: [String(leaver.id)] }).expect(200);
  await stage.strapi.service('admin::user').deleteById(leaver.id);
  expect((await named('kuzey-subesi')).members).toEqual([]);
  expect(
    await stage.strapi.db.connection('whatsapp_organization_members').where({ user_id: leaver.id }),
  ).toHaveLength(0);
});

it('leaves nothing behind when it goes but its audit trail, in whatever table', async () => {
  const db = stage.strapi.db.connection;
  const { body } = await create({ name: 'Gone for good' }).expect(201);
  const own = Number(body.data.id);
  // These keep an organization from being deleted at all.
  const holdings = ['integrations', 'contacts', 'conversations', 'messages'].map(
    (name) => `whatsapp_${name}`,
  );
  const tables = await tenantTables(db);
  expect(tables).toEqual(expect.arrayContaining([...holdings, 'whatsapp_uploads', 'whatsapp_changes']));
  const filled: string[] = [];
  for (const [n, table] of tables.filter((name) => !holdings.includes(name)).entries())
    if (await fillAnyRow(db, table, own, 7_000_000 + n)) filled.push(table);
  expect(filled).toEqual(
    expect.arrayContaining(['whatsapp_uploads', 'whatsapp_quarantine', 'whatsapp_jobs']),
  );
  const { media } = stage.strapi.config.get<{ media: { directory: string } }>('plugin::whatsapp');
  const folders = [media.directory, path.join(media.directory, 'uploads')].map((folder) =>
    path.resolve(stage.strapi.dirs.app.root, folder, String(own)),
  );
  for (const folder of folders) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, '1'), 'x');
  }

  await remove(body.data.id).expect(204);
  const left: string[] = [];
  for (const table of tables)
    if ((await db(table).where({ organization_id: own }).first()) !== undefined) left.push(table);
  expect(left).toEqual(['whatsapp_audit_entries']);
  expect(folders.filter((folder) => fs.existsSync(folder))).toEqual([]);
});
