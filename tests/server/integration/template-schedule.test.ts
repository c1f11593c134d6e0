/** A site that wants two people for each draft, and reads templates on a schedule. */
import type { TemplateDraftRecord } from '../../../server/src/template-drafts/contract';
import { ACTIONS } from '../../../server/src/permissions';
import { adminPerson, type SignedIn } from '../../helpers/people';
import type { TemplateAccount } from '../../../server/src/templates/contract';
import { setStage, until, type Stage } from '../support/stage';

const body = (text: string) => [{ type: 'BODY', text }];

describe('where two people have to agree', () => {
  let strict: Stage;
  beforeAll(async () => {
    strict = await setStage({ config: { templates: { review: 'two-person', syncMinutes: 60 } } });
  });
  afterAll(() => strict.stop());

  it('a draft goes to Meta only after that', async () => {
    const [author, other] = [
      await adminPerson(strict.strapi, { actions: [ACTIONS.manageTemplates] }),
      await adminPerson(strict.strapi, { actions: [ACTIONS.approveTemplates] }),
    ];
    const post = (path: string, input: object, who: SignedIn) =>
      strict.http.post(`/whatsapp/template-drafts${path}`).set(who.headers).send(input);
    const { body: made } = await post(
      '',
      {
        businessAccountId: strict.number.businessAccountId,
        name: 'agreed',
        language: 'en',
        category: 'UTILITY',
      },
      author,
    );
    const { id } = made.data as TemplateDraftRecord;
    await strict.http
      .put(`/whatsapp/template-drafts/${id}`)
      .set(author.headers)
      .send({ version: 1, components: body('All about it for you.') });
    const refused = await post(`/${id}/submit`, {}, author);
    expect([refused.status, refused.body.error.details.code]).toEqual([409, 'draft_not_approved']);
    await post(`/${id}/request-review`, {}, author).expect(200);
    await post(`/${id}/approve`, {}, other).expect(200);
    const sent = await post(`/${id}/submit`, {}, author).expect(200);
    expect(sent.body.data.state).toBe('submitted');
    const accounts = await strict.http.get('/whatsapp/template-accounts').set(author.headers).expect(200);
    expect(accounts.body.meta.review).toBe('two-person');
  });

  it('templates are there without anybody asking, and each account is read by one process only', async () => {
    const { jobs } = strict.strapi.cron as unknown as {
      jobs: { name: string | null; job: { invoke(): Promise<void> } }[];
    };
    const tick = jobs.find(({ name }) => name === 'whatsapp-templates');
    const rows = () => strict.strapi.db.connection('whatsapp_template_accounts');
    // The reading that connecting the number began may have been too early for the simulator: it is over, or put forward.
    const soon = (): number => Date.now() + 10 * 60_000;
    await until(rows, (all) =>
      all.some((row) => row.synced_at !== null || (row.due_at > 1 && row.due_at < soon())),
    );
    await rows().update({ due_at: 1, synced_at: null });
    await Promise.all([tick?.job.invoke(), tick?.job.invoke()]);
    const [account] = await until(rows, (all) => all.length === 1 && all[0].synced_at !== null);
    expect([Number(account.template_count) > 5, Number(account.template_limit)]).toEqual([true, 250]);
    expect(Number(account.due_at)).toBeGreaterThan(Date.now() + 50 * 60_000);
    const listings = () =>
      strict.simulator.requests.filter(
        ({ path, query }) => path.endsWith('/message_templates') && query.limit === '100',
      ).length;
    const before = listings();
    await tick?.job.invoke();
    expect(listings()).toBe(before);
    const { body: accounts } = await strict.http
      .get('/whatsapp/template-accounts')
      .set(strict.admin)
      .expect(200);
    expect(accounts.data).toEqual([
      expect.objectContaining({
        businessAccountId: strict.number.businessAccountId,
        limit: 250,
        lastSyncedAt: expect.any(String),
      }),
    ]);
  });
});

describe('a number that was just connected', () => {
  let fresh: Stage;
  beforeAll(async () => {
    fresh = await setStage({ config: { templates: { syncMinutes: 60 } } });
  });
  afterAll(() => fresh.stop());

  const connect = async (over: object) => {
    const number = {
      name: 'Just connected',
      phoneNumber: '+14155550800',
      phoneNumberId: '990000000000001',
      businessAccountId: '990000000000002',
      accessToken: 'EAAjustconnected0001',
      appSecret: 'app-secret-fresh-0123456789',
      endpointUrl: `${fresh.simulator.url}/v25.0`,
      ...over,
    };
    await fresh.http.post('/api/whatsapp/integrations').set(fresh.token).send(number).expect(201);
    return number.businessAccountId;
  };
  const account = async (id: string): Promise<TemplateAccount | undefined> => {
    const { body } = await fresh.http.get('/whatsapp/template-accounts').set(fresh.admin).expect(200);
    return (body.data as TemplateAccount[]).find(({ businessAccountId }) => businessAccountId === id);
  };

  it('has its templates without anybody asking', async () => {
    fresh.simulator.addNumber({
      phoneNumberId: '990000000000001',
      wabaId: '990000000000002',
      displayPhoneNumber: '+14155550800',
      verifiedName: 'Just connected',
      accessToken: 'EAAjustconnected0001',
      appSecret: 'app-secret-fresh-0123456789',
      callbackUrl: 'http://127.0.0.1:9/nobody',
      verifyToken: 'nobody-asks-for-it',
    });
    const id = await connect({});
    const read = await until(
      () => account(id),
      (each) => each?.lastSyncedAt !== null,
    );
    expect(read?.count).toBeGreaterThan(3);
  });

  it('is tried again soon when WhatsApp did not answer', async () => {
    const id = await connect({
      phoneNumber: '+14155550801',
      phoneNumberId: '990000000000003',
      businessAccountId: '990000000000004',
      accessToken: 'EAAnobodyknowsthis1',
    });
    const row = () =>
      fresh.strapi.db
        .connection('whatsapp_template_accounts')
        .where({ business_account_id: id })
        .first('due_at') as Promise<{ due_at: unknown } | undefined>;
    const inHalfAnHour = Date.now() + 30 * 60_000;
    await until(row, (each) => Number(each?.due_at ?? 0) > Date.now() && Number(each?.due_at) < inHalfAnHour);
    expect(await account(id)).toMatchObject({ count: 0, lastSyncedAt: null });
  });
});
