/** A site that wants two people for each draft, and reads templates on a schedule. */
import type { TemplateDraftRecord } from '../../../server/src/template-drafts/contract';
import { ACTIONS } from '../../../server/src/permissions';
import { adminPerson, type SignedIn } from '../../helpers/people';
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
    await Promise.all([tick?.job.invoke(), tick?.job.invoke()]);
    const rows = () => strict.strapi.db.connection('whatsapp_template_accounts');
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
