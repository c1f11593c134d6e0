/** Templates: read from Meta as they are, listed, previewed; what breaks off removes nothing; a tenant sees its own. */
import { setStage, until, type Stage } from '../support/stage';
import { createDatabase } from '../../../server/src/storage/database';
import type { Template } from '../../../server/src/templates/contract';
import { readListed, type ListedTemplate } from '../../../server/src/templates/listing';
import {
  createTemplateRepository,
  listedOf,
  type TemplateRow,
} from '../../../server/src/templates/repository';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const post = async (path: string, body: object = {}) =>
  stage.http.post(`/api/whatsapp${path}`).set(stage.token).send(body);
const get = async (path: string) => stage.http.get(`/api/whatsapp${path}`).set(stage.token);
const list = async (query = 'limit=100'): Promise<Template[]> =>
  ((await get(`/templates?${query}`)).body as { data: Template[] }).data;
const sync = async (body: object = {}) =>
  (await post('/templates/sync', body)).body.data as Record<string, unknown>;

const body = (text: string) => [{ type: 'BODY', text }];
const add = (name: string, language = 'en_US') =>
  stage.simulator.templates.add(stage.number.businessAccountId, {
    name,
    language,
    category: 'UTILITY',
    components: body(`All about ${name} for you.`),
  });

describe('reading templates from Meta', () => {
  it('gotcha 54: brings every one of them, over pages', async () => {
    for (let index = 0; index < 130; index += 1) add(`many_${index}`);
    const first = await sync();
    expect(first).toMatchObject({ updated: 0, removed: 0, unchanged: 0, failed: [] });
    expect(first.created).toBeGreaterThan(130);
    expect(await sync()).toMatchObject({ created: 0, updated: 0, removed: 0, unchanged: first.created });
  });

  it('knows what changed and what is gone, and keeps what is gone', async () => {
    const before = await list('q=many_7&limit=100');
    const [changed, removed] = ['many_70', 'many_71'].map(
      (name) => before.find((template) => template.name === name) as Template,
    );
    stage.simulator.templates.setStatus(changed.metaId, 'PAUSED');
    stage.simulator.templates.remove(removed.metaId);
    const result = await sync();
    expect(result).toMatchObject({ created: 0, removed: 1, failed: [] });
    // The webhook of the pause may have come first.
    expect([0, 1]).toContain(result.updated);
    expect((await get(`/templates/${changed.id}`)).body.data.status).toBe('PAUSED');
    expect((await get(`/templates/${removed.id}`)).body.data.status).toBe('REMOVED');
    expect((await list('q=many_7&limit=100')).some(({ id }) => id === removed.id)).toBe(false);
    expect((await list('status=removed')).map(({ id }) => id)).toEqual([removed.id]);
  });

  it('removes nothing when the listing breaks off', async () => {
    const count = (await list('q=many&limit=100')).length;
    stage.simulator.faults.set('5xx', { scope: 'all' });
    const broken = await sync();
    stage.simulator.faults.clear();
    expect(broken).toMatchObject({ created: 0, removed: 0, failed: [{ integrationId: stage.number.id }] });
    expect(JSON.stringify(broken)).not.toContain(stage.number.accessToken);
    expect((await list('q=many&limit=100')).length).toBe(count);
  });

  it('takes names as long as Meta does', async () => {
    const { name } = add('n'.repeat(512));
    expect(await sync()).toMatchObject({ created: 1, failed: [] });
    expect((await list(`q=${'n'.repeat(200)}&limit=100`)).map((template) => template.name)).toEqual([name]);
  });

  it('reads one number’s account when asked, and refuses a number that is not there', async () => {
    const other = await stage.addNumber();
    const { created } = await sync({ integrationId: other.id });
    expect(created).toBeGreaterThan(0);
    expect((await post('/templates/sync', { integrationId: '999999' })).status).toBe(404);
  });
});

describe('a listing that took its time', () => {
  const account = 'slow-account';
  const told = (over: object = {}) =>
    readListed({
      id: '4242',
      name: 'slow_one',
      language: 'en',
      category: 'UTILITY',
      status: 'APPROVED',
      components: body('As it was.'),
      ...over,
    }) as ListedTemplate;
  const store = async () => {
    const db = createDatabase(stage.strapi);
    const row = await stage.strapi.db.connection('whatsapp_organizations').first('id');
    const repository = createTemplateRepository(db, { organizationId: Number(row.id) });
    await db.transaction((tx) => repository.insert(tx, account, [told()], 1_000));
    const find = async () => (await repository.byMetaId(account, '4242')) as TemplateRow;
    const { id } = await find();
    const write = (work: Parameters<typeof db.transaction>[0]) => db.transaction(work);
    return { repository, find, id: Number(id), write };
  };
  afterEach(() => stage.strapi.db.connection('whatsapp_templates').where({ meta_id: '4242' }).delete());

  it('does not undo what was asked later than it', async () => {
    const { repository, find, id, write } = await store();
    const edited = told({ status: 'PENDING', components: body('As it is.') });
    await write((tx) => repository.update(tx, id, edited, 5_000, 4_000));
    await write((tx) => repository.update(tx, id, told(), 4_500));
    expect(listedOf(await find())).toMatchObject({ status: 'PENDING', components: body('As it is.') });
    await write((tx) => repository.update(tx, id, told(), 5_001));
    expect(listedOf(await find())).toMatchObject({ status: 'APPROVED', components: body('As it was.') });
  });

  it('does not bring back what was deleted after it had begun', async () => {
    const { repository, find, id, write } = await store();
    await write((tx) => repository.markRemoved(tx, [id], 3_000));
    await write((tx) => repository.update(tx, id, told({ status: 'PAUSED' }), 2_000));
    expect(Number((await find()).removed_at)).toBe(3_000);
    await write((tx) => repository.update(tx, id, told(), 3_001));
    expect((await find()).removed_at).toBeNull();
  });
});

describe('the list', () => {
  it('filters by number, status, category, language and words', async () => {
    for (const template of await list('language=es&limit=100')) expect(template.language).toBe('es');
    for (const template of await list('status=approved&category=utility&limit=100')) {
      expect([template.status, template.category]).toEqual(['APPROVED', 'UTILITY']);
    }
    expect((await list('q=ABOUT%20MANY_42&limit=100')).map(({ name }) => name)).toEqual(['many_42']);
    expect(await list('integration=999999')).toEqual([]);
    expect(await list('q=%25')).toEqual([]);
  });

  it('is paged without loss or repetition', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await get(`/templates?limit=40${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...(page.body.data as Template[]).map(({ id }) => id));
      cursor = page.body.meta.nextCursor as string | null;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(130);
    expect((await get('/templates?cursor=nonsense')).body.error.details.code).toBe('validation_failed');
  });

  it('tells what a send has to bring', async () => {
    const [template] = await list('q=order_ready&language=en_US');
    expect(template.parameters.map(({ component, name, example }) => [component, name, example])).toEqual(
      expect.arrayContaining([
        ['body', 'first_name', 'Ana'],
        ['body', 'order_no', '4711'],
      ]),
    );
  });
});

describe('a preview', () => {
  it('is what the person will read', async () => {
    const [template] = await list('q=order_ready&language=en_US');
    const { body: answer } = await post(`/templates/${template.id}/preview`, {
      parameters: { body: { first_name: 'Grace', order_no: 7 } },
    });
    expect(answer.data.text).toBe('Hi Grace, your order 7 is ready for pickup.');
    const flat = await post(`/templates/${template.id}/preview`, {
      parameters: { first_name: 'Grace', order_no: 7 },
    });
    expect(flat.body.data).toEqual(answer.data);
  });

  it('names what is missing or too much', async () => {
    const [template] = await list('q=order_ready&language=en_US');
    const answer = await post(`/templates/${template.id}/preview`, {
      parameters: { first_name: 'Grace', age: 3 },
    });
    expect([answer.status, answer.body.error.details.code]).toEqual([400, 'template_parameters_invalid']);
    expect(answer.body.error.details.parameters).toEqual([
      expect.objectContaining({ component: 'body', name: 'order_no', problem: 'missing' }),
      expect.objectContaining({ component: 'body', name: 'age', problem: 'extra' }),
    ]);
  });

  it('of values in another shape is refused, whatever the shape', async () => {
    const [template] = await list('q=order_ready&language=en_US');
    for (const parameters of [
      { buttons: { a: 1 } },
      { buttons: [5] },
      { cards: 'x' },
      { cards: [null] },
      { header: 'x' },
      { body: ['x'] },
      { limitedTimeOffer: 7 },
      { buttons: [{ sections: [null] }] },
    ]) {
      const { status, body: answer } = await post(`/templates/${template.id}/preview`, { parameters });
      expect([parameters, status, answer.error?.details.code]).toEqual([
        parameters,
        400,
        'validation_failed',
      ]);
    }
  });

  it('of a template that is not there is not found', async () => {
    expect((await post('/templates/999999/preview')).status).toBe(404);
    expect((await get('/templates/nonsense')).status).toBe(404);
  });
});

describe('sending one', () => {
  const to = '+14155557001';
  const send = (template: object | string, over: object = {}) =>
    post('/messages/send', { to, integrationId: stage.number.id, template, ...over });
  const acceptedOf = (name: string): number =>
    stage.simulator.accepted.filter(
      ({ body: { template } }) => (template as { name?: string } | undefined)?.name === name,
    ).length;
  const done = async (id: string): Promise<Record<string, unknown>> => {
    for (let round = 0; round < 200; round += 1) {
      const { data } = (await get(`/messages/${id}`)).body as { data: Record<string, unknown> };
      if (data.wamid || data.status === 'failed') return data;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error('The message never left');
  };

  it('asks Meta about a name it does not know yet, fills it, and shows what the person reads', async () => {
    const fresh = await stage.addNumber();
    const answer = await post('/messages/send', {
      to,
      integrationId: fresh.id,
      template: {
        name: 'order_ready',
        language: 'en_US',
        parameters: { body: { order_no: 7, first_name: 'Grace' } },
      },
    });
    expect([answer.status, answer.body.data?.text]).toEqual([
      202,
      'Hi Grace, your order 7 is ready for pickup.',
    ]);
    expect((await done(answer.body.data.id)).status).not.toBe('failed');
  });

  it('takes the short form, and puts values where the template has them', async () => {
    const answer = await send('order_ready', {
      language: 'es',
      templateParams: { order_no: '9', first_name: 'Ana' },
    });
    expect([answer.status, answer.body.data?.text]).toEqual([
      202,
      'Hola Ana, tu pedido 9 está listo para recoger.',
    ]);
    const message = await done(answer.body.data.id);
    expect(message.status).not.toBe('failed');
    expect(message.template).toMatchObject({ name: 'order_ready', language: 'es' });
  });

  it.each([
    ['an unknown name', 'no_such_template', {}, 404, 'template_not_found'],
    ['an unknown language', { name: 'order_ready', language: 'de' }, {}, 404, 'template_not_found'],
    [
      'a missing value',
      { name: 'order_ready', language: 'en_US', parameters: { body: { first_name: 'A' } } },
      {},
      400,
      'template_parameters_invalid',
    ],
    ['a value too many', 'hello_world', { templateParams: { x: '1' } }, 400, 'template_parameters_invalid'],
  ])('%s is refused before Meta sees it', async (_, template, over, status, code) => {
    const answer = await send(template, over);
    expect([answer.status, answer.body.error?.details.code]).toEqual([status, code]);
  });

  it('is refused while it is paused, and goes once Meta has it back', async () => {
    const [template] = await list('q=hello_world&language=en_US');
    stage.simulator.templates.setStatus(template.metaId, 'PAUSED');
    await sync();
    const refused = await send('hello_world');
    expect([refused.status, refused.body.error.details]).toEqual([
      409,
      expect.objectContaining({ code: 'template_not_approved', status: 'PAUSED' }),
    ]);
    stage.simulator.templates.setStatus(template.metaId, 'APPROVED');
    await sync();
    // Within one second a listing does not know whether it is newer than what a webhook told; the next webhook does.
    await until(
      async () => (await send('hello_world')).status,
      (status) => status === 202,
    );
  });

  it('in the only language there is when none is named, else in en_US, else asks', async () => {
    for (const language of ['de', 'tr']) add('two_tongues', language);
    add('only_german', 'de');
    add('with_english', 'de');
    add('with_english', 'en_US');
    const language = async (name: string) => (await send(name)).body.data?.template.language;
    expect([await language('only_german'), await language('with_english')]).toEqual(['de', 'en_US']);
    const refused = await send('two_tongues');
    expect([refused.status, refused.body.error.details]).toEqual([
      404,
      expect.objectContaining({ code: 'template_not_found', languages: ['de', 'tr'] }),
    ]);
    expect(refused.body.error.message).toContain('de, tr');
    const accepted = stage.simulator.accepted.map(
      ({ body: { template } }) => template as { name: string; language: object } | undefined,
    );
    expect(accepted.find((each) => each?.name === 'only_german')?.language).toEqual({ code: 'de' });
  });

  it('many at once of one that nobody here has read yet', async () => {
    add('fresh_from_meta');
    const answers = await Promise.all(Array.from({ length: 10 }, () => send('fresh_from_meta')));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
  });

  it('gotcha 61: for later is looked at again at its minute', async () => {
    add('taken_back');
    await sync();
    const { body: answer } = await send('taken_back', {
      scheduledAt: new Date(Date.now() + 2_000).toISOString(),
    });
    expect(answer.data.status).toBe('scheduled');
    const [template] = await list('q=taken_back');
    stage.simulator.templates.setStatus(template.metaId, 'DISABLED');
    await sync();
    const failed = await done(answer.data.id as string);
    expect(failed).toMatchObject({
      status: 'failed',
      error: {
        code: 'template_not_approved',
        retryable: false,
        message: expect.stringContaining('DISABLED'),
      },
    });
    expect(acceptedOf('taken_back')).toBe(0);
  });

  it('tells in which languages there is one', async () => {
    const { body: answer } = await send({ name: 'order_ready', language: 'de' });
    expect(answer.error.details.languages.sort()).toEqual(['en_US', 'es']);
  });
});
