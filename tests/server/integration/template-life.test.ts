/** What is done with templates that Meta has: usage, counts, pauses, deletion. */
import type { TemplateAnalytics, TemplateDetails } from '../../../server/src/templates/contract';
import { newConversation, newCustomer, reaches, writeIn } from '../support/rest';
import { setStage, until, type Stage } from '../support/stage';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ simulator: { pace: { sent: 5, delivered: 10, read: 20 } } });
});
afterAll(() => stage.stop());

const add = (name: string, language = 'en_US') =>
  stage.simulator.templates.add(stage.number.businessAccountId, {
    name,
    language,
    category: 'MARKETING',
    components: [
      { type: 'BODY', text: `All about ${name} for you.` },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Thanks' }] },
    ],
  });
const sync = () => stage.http.post('/whatsapp/templates/sync').set(stage.admin).send({}).expect(200);
const details = async (name: string): Promise<TemplateDetails> => {
  const { body } = await stage.http.get(`/whatsapp/templates?q=${name}&limit=100`).set(stage.admin);
  return (body.data as TemplateDetails[]).find((each) => each.name === name) as TemplateDetails;
};
const send = (conversationId: string, name: string, more: object = {}) =>
  stage.http
    .post('/api/whatsapp/messages/send')
    .set(stage.token)
    .send({ conversationId, template: { name, language: 'en_US' }, ...more })
    .expect(202);
const analytics = async (id: string, query = ''): Promise<TemplateAnalytics> =>
  (await stage.http.get(`/whatsapp/templates/${id}/analytics${query}`).set(stage.admin).expect(200)).body
    .data as TemplateAnalytics;

describe('counts', () => {
  it('are of our own messages, with what Meta counts beside them', async () => {
    add('counted');
    await sync();
    const customer = newCustomer(stage);
    const [answered, silent] = [await writeIn(stage, customer), await newConversation(stage)];
    const sent = [await send(answered.id, 'counted'), await send(silent.id, 'counted')];
    const messages = await Promise.all(
      sent.map(({ body }) => reaches(stage, body.data.id as string, ['read'])),
    );
    await stage.simulator.play(customer.id, stage.number.phoneNumberId, {
      type: 'button',
      messageId: messages[0].wamid as string,
    });
    const { id } = await details('counted');
    const counted = await until(
      () => analytics(id),
      ({ ours }) => ours.clicked === 1,
    );
    expect(counted.ours).toEqual({ sent: 2, delivered: 2, read: 2, replied: 1, clicked: 1, failed: 0 });
    expect(counted.meta).toEqual({ sent: 2, delivered: 2, read: 2, clicked: 1 });
    expect(counted.byDay).toHaveLength(30);
    expect(counted.byDay.reduce((total, { sent: each }) => total + each, 0)).toBe(2);
    expect(await details('counted')).toMatchObject({ sent30Days: 2, lastSentAt: expect.any(String) });
  });

  it('stand alone when Meta does not tell, with its reason', async () => {
    const { id } = await details('counted');
    stage.simulator.faults.set('insights-off', { times: 1 });
    const { ours, meta, metaError } = await analytics(id);
    expect([ours.sent, meta, metaError]).toEqual([2, null, expect.stringContaining('Insights')]);
  });

  it('are of at most 90 days', async () => {
    const { id } = await details('counted');
    for (const query of ['?from=2026-01-01&to=2026-06-01', '?from=x&to=y', '?from=2026-02-02&to=2026-02-01'])
      await stage.http.get(`/whatsapp/templates/${id}/analytics${query}`).set(stage.admin).expect(400);
    expect((await analytics(id, '?from=2026-01-01&to=2026-01-02')).ours.sent).toBe(0);
  });
});

describe('what waits for its time', () => {
  it('counts as used on the day to which it was put off, and not at all once it is cancelled', async () => {
    add('put_off');
    await sync();
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const conversation = await newConversation(stage);
    const { body } = await send(conversation.id, 'put_off', { scheduledAt: inHours(1) });
    const { id } = await details('put_off');
    const message = `/api/whatsapp/messages/${body.data.id as string}`;
    const scheduledAt = inHours(50);
    await stage.http.put(message).set(stage.token).send({ scheduledAt }).expect(200);
    const sends = stage.strapi.db.connection('whatsapp_template_sends').where({ name: 'put_off' });
    expect(Number((await sends.clone().first('at')).at)).toBe(Date.parse(scheduledAt));
    const usage = async () =>
      (await stage.http.get(`/whatsapp/templates/${id}/usage`).set(stage.admin).expect(200)).body.data;
    expect(await usage()).toMatchObject({ scheduled: 1 });
    await stage.http.post(`${message}/cancel`).set(stage.token).expect(200);
    expect([await usage(), await sends.clone()]).toMatchObject([{ scheduled: 0 }, []]);
  });

  it('is counted of the own account alone', async () => {
    const other = await stage.addNumber();
    const definition = { name: 'twice_here', language: 'en_US', category: 'UTILITY' as const };
    const components = [{ type: 'BODY', text: 'Two accounts, one name, for you.' }];
    for (const account of [stage.number, other])
      stage.simulator.templates.add(account.businessAccountId, { ...definition, components });
    await sync();
    const conversation = await newConversation(stage);
    await send(conversation.id, 'twice_here', {
      scheduledAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const { body } = await stage.http.get('/whatsapp/templates?q=twice_here&limit=100').set(stage.admin);
    const waiting = await Promise.all(
      (body.data as TemplateDetails[]).map(async ({ id, businessAccountId }) => {
        const answer = await stage.http.get(`/whatsapp/templates/${id}/usage`).set(stage.admin).expect(200);
        return [businessAccountId, answer.body.data.scheduled];
      }),
    );
    expect(Object.fromEntries(waiting)).toEqual({
      [stage.number.businessAccountId]: 1,
      [other.businessAccountId]: 0,
    });
  });
});

describe('usage', () => {
  it('names what would break', async () => {
    add('in_use');
    await sync();
    const conversation = await newConversation(stage);
    await send(conversation.id, 'in_use', { scheduledAt: new Date(Date.now() + 3_600_000).toISOString() });
    const { id } = await details('in_use');
    const { body: draft } = await stage.http
      .post('/whatsapp/template-drafts')
      .set(stage.admin)
      .send({ templateId: id, purpose: 'edit' });
    const { body } = await stage.http.get(`/whatsapp/templates/${id}/usage`).set(stage.admin).expect(200);
    expect(body.data).toEqual({
      scheduled: 1,
      sent30Days: 0,
      lastSentAt: null,
      drafts: [{ id: draft.data.id, language: 'en_US' }],
      favourites: 0,
      hasBindings: false,
    });
  });
});

describe('a pause', () => {
  it('is ended by hand, and only one that is there', async () => {
    const { id: metaId } = add('rests');
    await sync();
    const unpause = (id: string) => stage.http.post(`/whatsapp/templates/${id}/unpause`).set(stage.admin);
    stage.simulator.templates.decide(metaId, { decide: 'pause', title: 'RATE_LIMITING_PAUSE' });
    const paused = await until(
      () => details('rests'),
      ({ status }) => status === 'PAUSED',
    );
    const { body } = await unpause(paused.id).expect(200);
    expect(body.data).toMatchObject({ status: 'APPROVED', pausedUntil: null });
    await unpause(paused.id).expect(200);
    stage.simulator.templates.decide(metaId, { decide: 'disable' });
    await until(
      () => details('rests'),
      ({ status }) => status === 'DISABLED',
    );
    const refused = await unpause(paused.id);
    expect([refused.status, refused.body.error.details.code]).toEqual([409, 'template_not_editable']);
    const kept = await stage.http.delete(`/whatsapp/templates/${paused.id}`).set(stage.admin);
    expect([kept.status, kept.body.error.details.code]).toEqual([409, 'template_not_deletable']);
  });
});

describe('deleting', () => {
  it('gotcha 62: takes one language, or all of them, at Meta too', async () => {
    for (const language of ['en_US', 'de', 'tr']) add('unwanted', language);
    await sync();
    const listed = () =>
      stage.simulator.templates
        .list(stage.number.businessAccountId)
        .filter(({ name }) => name === 'unwanted')
        .map(({ language }) => language);
    const { id } = await details('unwanted');
    await stage.http.delete(`/whatsapp/templates/${id}`).set(stage.admin).expect(204);
    expect(listed()).toEqual(['de', 'tr']);
    const { body } = await stage.http.get('/whatsapp/templates?q=unwanted&limit=100').set(stage.admin);
    const [german] = body.data as TemplateDetails[];
    await stage.http
      .delete(`/whatsapp/templates/${german.id}?allLanguages=true`)
      .set(stage.admin)
      .expect(204);
    expect(listed()).toEqual([]);
    const { body: rest } = await stage.http.get('/whatsapp/templates?q=unwanted').set(stage.admin);
    expect(rest.data).toEqual([]);
    // Gone already: nothing more to do.
    await stage.http.delete(`/whatsapp/templates/${german.id}`).set(stage.admin).expect(204);
  });

  it('of what Meta does not have any more is done here; a refusal is told and keeps it', async () => {
    const { id: metaId } = add('gone_there');
    await sync();
    const { id } = await details('gone_there');
    stage.simulator.faults.set('meta-down', {});
    const failed = await stage.http.delete(`/whatsapp/templates/${id}`).set(stage.admin);
    stage.simulator.faults.clear('meta-down');
    expect([failed.status, failed.body.error.details.code]).toEqual([502, 'provider_error']);
    stage.simulator.templates.remove(metaId);
    await stage.http.delete(`/whatsapp/templates/${id}`).set(stage.admin).expect(204);
    expect(await details('gone_there')).toBeUndefined();
  });
});
