/** What Meta tells about templates by webhook: applied at once, told once, and what waits for a template goes on. */
import type { ListTemplateAlerts, TemplateDetails } from '../../../server/src/templates/contract';
import { adminPerson } from '../../helpers/people';
import { ACTIONS } from '../../../server/src/permissions';
import { message, newConversation, reaches, sendText } from '../support/rest';
import { setStage, until, type Stage } from '../support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.stop());

const sync = () => stage.http.post('/whatsapp/templates/sync').set(stage.admin).send({}).expect(200);
const add = (name: string) =>
  stage.simulator.templates.add(stage.number.businessAccountId, {
    name,
    language: 'en_US',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: `All about ${name} for you.` }],
  });
const details = async (name: string): Promise<TemplateDetails | undefined> => {
  const { body } = await stage.http
    .get(`/whatsapp/templates?q=${name}&limit=100`)
    .set(stage.admin)
    .expect(200);
  return (body.data as TemplateDetails[]).find((each) => each.name === name);
};
const becomes = (name: string, holds: (template: TemplateDetails) => boolean) =>
  until(
    () => details(name),
    (template) => template !== undefined && holds(template),
  );
const alerts = async (headers = stage.admin): Promise<ListTemplateAlerts> =>
  (await stage.http.get('/whatsapp/template-alerts').set(headers).expect(200)).body as ListTemplateAlerts;
const tell = (field: string, value: Record<string, unknown>): void =>
  stage.simulator.announce(stage.number.phoneNumberId, field, value);
const about = (metaId: string, name: string, more: Record<string, unknown>) => ({
  message_template_id: Number(metaId),
  message_template_name: name,
  message_template_language: 'en-US',
  ...more,
});

describe('a status', () => {
  it('of a known template is there without a listing, with its reason and advice', async () => {
    const { id } = add('news_rejected');
    await sync();
    const asked = stage.simulator.requests.length;
    tell(
      'message_template_status_update',
      about(id, 'news_rejected', {
        event: 'REJECTED',
        reason: 'PROMOTIONAL',
        rejection_info: { reason: 'It sells.', recommendation: 'Choose marketing.' },
      }),
    );
    const template = await becomes('news_rejected', ({ status }) => status === 'REJECTED');
    expect(template).toMatchObject({
      rejectedReason: 'PROMOTIONAL',
      rejectionAdvice: 'It sells. Choose marketing.',
      editing: { allowed: true, reason: null },
    });
    expect(stage.simulator.requests.slice(asked).filter(({ path }) => path.includes('template'))).toEqual([]);
    const { data } = await alerts();
    expect(data[0]).toMatchObject({
      kind: 'rejected',
      name: 'news_rejected',
      language: 'en_US',
      templateId: template?.id,
      facts: { reason: 'PROMOTIONAL' },
      read: false,
    });
  });

  it('gotcha: of a pause has its end, UNPAUSE arrives as APPROVED, a null reason is none', async () => {
    const { id } = add('news_paused');
    await sync();
    tell(
      'message_template_status_update',
      about(id, 'news_paused', {
        event: 'PAUSED',
        reason: 'NONE',
        other_info: { title: 'FIRST_PAUSE', description: '' },
      }),
    );
    const paused = await becomes('news_paused', ({ status }) => status === 'PAUSED');
    const ends = Date.parse(paused?.pausedUntil ?? '') - Date.now();
    expect(ends).toBeGreaterThan(2.9 * 3_600_000);
    expect(ends).toBeLessThan(3.01 * 3_600_000);
    tell(
      'message_template_status_update',
      about(id, 'news_paused', { event: 'APPROVED', reason: null, other_info: { title: 'UNPAUSE' } }),
    );
    const back = await becomes('news_paused', ({ status }) => status === 'APPROVED');
    expect([back?.pausedUntil, back?.rejectedReason]).toEqual([null, null]);
  });

  it('of a template that nobody knows here brings it', async () => {
    const { id } = add('news_unknown');
    expect(await details('news_unknown')).toBeUndefined();
    tell('message_template_status_update', about(id, 'news_unknown', { event: 'APPROVED', reason: 'NONE' }));
    const template = await becomes('news_unknown', () => true);
    expect(template).toMatchObject({ metaId: id, status: 'APPROVED', category: 'UTILITY' });
  });

  it('that comes twice alerts once', async () => {
    const { id } = add('news_twice');
    await sync();
    const value = about(id, 'news_twice', { event: 'DISABLED', reason: 'NONE' });
    stage.simulator.faults.set('duplicate', { times: 1 });
    tell('message_template_status_update', value);
    await stage.simulator.idle(10_000);
    await becomes('news_twice', ({ status }) => status === 'DISABLED');
    await until(
      () => stage.strapi.db.connection('whatsapp_jobs').where({ kind: 'template.news' }),
      (jobs) => jobs.length === 0,
    );
    const { data } = await alerts();
    expect(data.filter(({ name }) => name === 'news_twice')).toHaveLength(1);
  });
});

describe('other news', () => {
  it('gotcha 57: quality, though it comes under the name of another field', async () => {
    const { id } = add('news_quality');
    await sync();
    tell(
      'message_template_status_update',
      about(id, 'news_quality', { previous_quality_score: 'GREEN', new_quality_score: 'RED' }),
    );
    const template = await becomes('news_quality', ({ quality }) => quality === 'RED');
    expect(template?.status).toBe('APPROVED');
    expect((await alerts()).data[0]).toMatchObject({ kind: 'quality', facts: { from: 'GREEN', to: 'RED' } });
  });

  it('gotcha 56: a category that is to come is told apart from one that has come', async () => {
    const { id } = add('news_category');
    await sync();
    const at = Math.floor(Date.now() / 1000) + 86_400;
    tell(
      'template_category_update',
      about(id, 'news_category', {
        correct_category: 'MARKETING',
        new_category: 'UTILITY',
        category_update_timestamp: at,
      }),
    );
    const waiting = await becomes('news_category', ({ nextCategory }) => nextCategory !== null);
    expect(waiting).toMatchObject({
      category: 'UTILITY',
      nextCategory: { category: 'MARKETING', at: new Date(at * 1000).toISOString() },
    });
    tell(
      'template_category_update',
      about(id, 'news_category', { previous_category: 'UTILITY', new_category: 'MARKETING' }),
    );
    const done = await becomes('news_category', ({ category }) => category === 'MARKETING');
    expect(done).toMatchObject({ previousCategory: 'UTILITY', nextCategory: null });
  });

  it('changed components are fetched whole', async () => {
    const { id } = add('news_components');
    await sync();
    const asked = stage.simulator.requests.length;
    tell(
      'message_template_components_update',
      about(id, 'news_components', { message_template_element: 'Half of it' }),
    );
    await until(
      () => stage.simulator.requests.slice(asked),
      (requests) => requests.some(({ path }) => path === `/${id}`),
    );
    expect((await details('news_components'))?.components[0].text).toContain('All about');
  });
});

describe('alerts', () => {
  it('are seen by each person on his own, and by those who may act', async () => {
    const manager = await adminPerson(stage.strapi, { actions: [ACTIONS.manageTemplates] });
    const before = await alerts(manager.headers);
    expect(before.meta.unread).toBeGreaterThan(2);
    const upTo = before.data[1].id;
    await stage.http.post('/whatsapp/template-alerts/read').set(manager.headers).send({ upTo }).expect(204);
    const after = await alerts(manager.headers);
    expect([after.meta.unread, after.data[0].read, after.data[1].read]).toEqual([1, false, true]);
    expect((await alerts()).meta.unread).toBe(before.meta.unread);
    // Older than what is seen, or not there at all: nothing moves.
    for (const id of [before.data[2].id, '999999999', 'x']) {
      await stage.http
        .post('/whatsapp/template-alerts/read')
        .set(stage.admin)
        .send({ upTo: '0' })
        .expect(204);
      await stage.http.post('/whatsapp/template-alerts/read').set(manager.headers).send({ upTo: id });
    }
    expect((await alerts(manager.headers)).meta.unread).toBe(0);
    const reader = await adminPerson(stage.strapi, { actions: [ACTIONS.readInbox] });
    await stage.http.get('/whatsapp/template-alerts').set(reader.headers).expect(403);
  });
});

describe('a single alert', () => {
  it('is put away by one person, while the others and the other alerts stay', async () => {
    const manager = await adminPerson(stage.strapi, { actions: [ACTIONS.manageTemplates] });
    const unreadOf = async () =>
      (await alerts(manager.headers)).data.filter(({ read }) => !read).map(({ id }) => id);
    const [newest, older, ...rest] = await unreadOf();
    const put = (ids: unknown) =>
      stage.http.post('/whatsapp/template-alerts/read').set(manager.headers).send({ ids });
    for (const ids of [[older], [older, older, '999999999', 'x']]) await put(ids).expect(204);
    expect(await unreadOf()).toEqual([newest, ...rest]);
    expect((await alerts(manager.headers)).meta.unread).toBe(rest.length + 1);
    for (const ids of [[], 'x', Array(101).fill('1')]) await put(ids).expect(400);
    const other = await adminPerson(stage.strapi, { actions: [ACTIONS.manageTemplates] });
    expect((await alerts(other.headers)).data.find(({ id }) => id === older)?.read).toBe(false);
  });
});

describe('a message whose template is paused', () => {
  it('waits, lets pass what is written after it, and goes once Meta has the template back', async () => {
    const { id } = add('news_hold');
    await sync();
    const conversation = await newConversation(stage);
    const { body } = await stage.http
      .post('/api/whatsapp/messages/send')
      .set(stage.token)
      .send({
        conversationId: conversation.id,
        template: { name: 'news_hold', language: 'en_US' },
        scheduledAt: new Date(Date.now() + 1_500).toISOString(),
      })
      .expect(202);
    stage.simulator.templates.setStatus(id, 'PAUSED');
    await becomes('news_hold', ({ status }) => status === 'PAUSED');
    const held = await until(
      () => message(stage, body.data.id as string),
      ({ status, error }) => status === 'queued' && error !== null,
    );
    expect(held.error).toMatchObject({ code: 'template_not_approved', class: 'wait', retryable: false });
    const later = await sendText(stage, conversation.id, 'This one passes');
    await reaches(stage, later.id, ['sent', 'delivered', 'read']);
    expect((await message(stage, body.data.id as string)).status).toBe('queued');
    stage.simulator.templates.setStatus(id, 'APPROVED');
    const sent = await reaches(stage, body.data.id as string, ['sent', 'delivered', 'read']);
    expect(sent.error).toBeNull();
    const names = stage.simulator.accepted.map(
      ({ body: sentBody }) => (sentBody.template as { name?: string } | undefined)?.name,
    );
    expect(names.filter((name) => name === 'news_hold')).toHaveLength(1);
  });

  it('also when Meta is the first to say so', async () => {
    const { id } = add('news_surprise');
    await sync();
    const conversation = await newConversation(stage);
    stage.simulator.faults.set('error', { code: 132015, times: 1 });
    const { body } = await stage.http
      .post('/api/whatsapp/messages/send')
      .set(stage.token)
      .send({ conversationId: conversation.id, template: { name: 'news_surprise', language: 'en_US' } })
      .expect(202);
    const held = await until(
      () => message(stage, body.data.id as string),
      ({ status, error }) => status === 'queued' && error !== null,
    );
    expect(held.error).toMatchObject({ code: '132015', class: 'wait' });
    tell('message_template_status_update', about(id, 'news_surprise', { event: 'APPROVED', reason: 'NONE' }));
    await reaches(stage, body.data.id as string, ['sent', 'delivered', 'read']);
  });

  it('fails when it is disabled for good', async () => {
    const { id } = add('news_gone');
    await sync();
    const conversation = await newConversation(stage);
    stage.simulator.faults.set('error', { code: 132015, times: 1 });
    const { body } = await stage.http
      .post('/api/whatsapp/messages/send')
      .set(stage.token)
      .send({ conversationId: conversation.id, template: { name: 'news_gone', language: 'en_US' } })
      .expect(202);
    await until(
      () => message(stage, body.data.id as string),
      ({ status, error }) => status === 'queued' && error !== null,
    );
    stage.simulator.templates.setStatus(id, 'DISABLED');
    const failed = await reaches(stage, body.data.id as string, ['failed']);
    expect(['132016', 'template_not_approved']).toContain(failed.error?.code);
  });
});
