/** What is kept of an account's templates goes, or moves, with the last of its numbers. */
import type { TemplateDetails } from '../../../server/src/templates/contract';
import { setStage, type Stage, type TestNumber } from '../support/stage';

const OF_ACCOUNT = [
  'whatsapp_templates',
  'whatsapp_template_accounts',
  'whatsapp_template_alerts',
  'whatsapp_template_drafts',
  'whatsapp_template_settings',
  'whatsapp_template_marks',
];

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const homesOf = async ({ businessAccountId }: TestNumber): Promise<Record<string, number[]>> =>
  Object.fromEntries(
    await Promise.all(
      OF_ACCOUNT.map(async (table) => {
        const rows: { organization_id: number }[] = await stage.strapi.db
          .connection(table)
          .where({ business_account_id: businessAccountId })
          .distinct('organization_id')
          .orderBy('organization_id');
        return [table, rows.map(({ organization_id: home }) => Number(home))];
      }),
    ),
  );
const everywhere = (...homes: number[]) => Object.fromEntries(OF_ACCOUNT.map((table) => [table, homes]));

const inHome = (slug: string) => ({ ...stage.admin, 'X-WhatsApp-Organization': slug });
const defaultHome = async (): Promise<number> =>
  Number((await stage.strapi.db.connection('whatsapp_organizations').orderBy('id').first('id')).id);

/** A number of an account whose templates are read, edited, bound, marked and spoken of. */
const lived = async (home: number, headers = stage.admin): Promise<TestNumber> => {
  const number = await stage.addNumber();
  const call = (method: 'post' | 'put' | 'get', path: string) =>
    stage.http[method](`/whatsapp${path}`).set(headers);
  await call('post', '/templates/sync').send({ integrationId: number.id }).expect(200);
  const { body } = await call('get', `/templates?integration=${number.id}&limit=100`).expect(200);
  const [{ id, metaId, name }] = body.data as TemplateDetails[];
  await call('post', '/template-drafts').send({ templateId: id, purpose: 'edit' }).expect(201);
  await call('put', `/templates/${id}/access`)
    .send({ roles: [], integrations: [number.id] })
    .expect(200);
  await call('put', `/templates/${id}/favourite`).expect(200);
  const row = { organization_id: home, meta_id: metaId, at: Date.now() };
  await stage.strapi.db.connection('whatsapp_template_edits').insert(row);
  await stage.strapi.db.connection('whatsapp_template_alerts').insert({
    ...row,
    business_account_id: number.businessAccountId,
    name,
    kind: 'approved',
    facts: '{}',
  });
  expect(await homesOf(number)).toEqual(everywhere(home));
  return number;
};
const editsAt = async (home: number): Promise<number> =>
  (await stage.strapi.db.connection('whatsapp_template_edits').where({ organization_id: home })).length;
const newHome = async (slug: string): Promise<{ id: number; path: string }> => {
  const { body } = await stage.http
    .post('/whatsapp/organizations')
    .set(stage.admin)
    .send({ name: slug, slug })
    .expect(201);
  return { id: Number(body.data.id), path: `/whatsapp/organizations/${body.data.id as string}` };
};

it('a number that is erased takes its account’s templates along, unless another number has the account', async () => {
  const home = await defaultHome();
  const [gone, kept] = [await lived(home), await lived(home)];
  const sister = await stage.addNumber({ businessAccountId: kept.businessAccountId });
  for (const { id } of [gone, sister])
    await stage.http.delete(`/whatsapp/integrations/${id}?history=erase`).set(stage.admin).expect(204);
  expect(await homesOf(gone)).toEqual(everywhere());
  expect(await homesOf(kept)).toEqual(everywhere(home));
  expect(await editsAt(home)).toBe(1);
});

it('a number that moves takes drafts, bindings and limits along to a home that does not know the account', async () => {
  const home = await defaultHome();
  const number = await lived(home);
  const before = await editsAt(home);
  const north = await newHome('north');
  await stage.http
    .put(north.path)
    .set(stage.admin)
    .send({ numberIds: [number.id] })
    .expect(200);
  expect(await homesOf(number)).toEqual(everywhere(north.id));
  expect([await editsAt(home), await editsAt(north.id)]).toEqual([before - 1, 1]);
  await stage.http
    .delete(`/whatsapp/integrations/${number.id}?history=erase`)
    .set(inHome('north'))
    .expect(204);
  await stage.http.delete(north.path).set(stage.admin).expect(204);
  expect(await homesOf(number)).toEqual(everywhere());
});

it('a home that knows the account keeps what it has', async () => {
  const home = await defaultHome();
  const south = await newHome('south');
  const number = await lived(home);
  const table = stage.strapi.db.connection('whatsapp_template_accounts');
  await table.clone().insert({
    organization_id: south.id,
    business_account_id: number.businessAccountId,
    template_count: 7,
    due_at: 1,
  });
  await stage.http
    .put(south.path)
    .set(stage.admin)
    .send({ numberIds: [number.id] })
    .expect(200);
  expect(await homesOf(number)).toEqual({
    ...everywhere(),
    whatsapp_template_accounts: [south.id],
  });
  const [{ template_count: count }] = await table.clone().where({ organization_id: south.id });
  expect(Number(count)).toBe(7);
});
