import type { FaultName } from '../../../simulator/src/fault-names';
import type { DoctorCheck } from '../../../server/src/doctor/contract';
import type { IntegrationCheck } from '../../../server/src/integrations/contract';
import { newConversation, sendText, verdictOf } from '../support/rest';
import { setStage, until, type Stage, type TestNumber } from '../support/stage';

let stage: Stage;
let number: TestNumber;
beforeAll(async () => {
  stage = await setStage();
  number = stage.number;
});
afterAll(() => stage.stop());
afterEach(() => stage.simulator.faults.clear());

const admin = (method: 'get' | 'post', path: string, body: object = {}) =>
  stage.http[method](`/whatsapp${path}`).set(stage.admin).send(body);

const test = async (id = number.id): Promise<{ ok: boolean; checks: IntegrationCheck[] }> =>
  (await admin('post', `/integrations/${id}/test`).expect(200)).body.data;

/** `name: state` of everything that is not fine. */
const complaints = (checks: { name: string; state: string }[]): string[] =>
  checks.filter(({ state }) => state !== 'ok').map(({ name, state }) => `${name}: ${state}`);

const doctor = async (): Promise<{ checks: DoctorCheck[]; report: string }> =>
  (await admin('get', '/doctor').expect(200)).body.data;

const shown = async (id = number.id) => (await admin('get', `/integrations/${id}`).expect(200)).body.data;

const fault = (name: FaultName): void =>
  stage.simulator.faults.set(name, { phoneNumberId: number.phoneNumberId });

describe('the checks of a number', () => {
  it('are the contract’s six, all fine, the same on both doors', async () => {
    const { ok, checks } = await test();
    expect(checks.map(({ name }) => name)).toEqual([
      'token',
      'number',
      'account',
      'subscription',
      'callback',
      'secret',
    ]);
    expect([ok, complaints(checks)]).toEqual([true, []]);
    for (const check of checks) {
      expect(check).toEqual({
        name: check.name,
        ok: true,
        state: 'ok',
        key: expect.stringMatching(new RegExp(`^${check.name}\\.`)),
        facts: expect.any(Object),
        fixKey: null,
        message: expect.any(String),
        fix: null,
        action: null,
      });
    }
    const { body } = await stage.http
      .post(`/api/whatsapp/integrations/${number.id}/test`)
      .set(stage.token)
      .expect(200);
    expect(body).toEqual({ data: { ok, checks } });
    expect(await shown()).toMatchObject({
      status: 'verified',
      health: { status: 'CONNECTED', qualityRating: 'GREEN' },
    });
  });

  it.each<[FaultName, string[], RegExp]>([
    ['token-expires-soon', ['token: warning'], /expires on .* dashboard/],
    [
      'missing-scope',
      ['token: error', 'account: error', 'subscription: error'],
      /lacks these rights: whatsapp_business_management/,
    ],
    ['wrong-account', ['account: error'], /does not belong to this WhatsApp Business Account/],
    ['account-gone', ['account: error', 'subscription: error'], /refuses to tell about the business account/],
    ['wrong-secret', ['secret: error'], /not that of this token’s app/],
    ['not-subscribed', ['subscription: error'], /No app is subscribed/],
    ['other-callback', ['callback: error'], /another address \(another-site\.example\).*of the app/],
    ['quality-low', ['number: warning'], /quality of this number is low/],
    ['number-banned', ['number: error'], /banned/],
    ['number-disconnected', ['number: error'], /disconnected/],
  ])('name the fault %s and nothing else', async (name, expected, words) => {
    fault(name);
    const { ok, checks } = await test();
    expect(complaints(checks)).toEqual(expected);
    expect(ok).toBe(expected.every((complaint) => complaint.endsWith('warning')));
    const [first] = checks.filter(({ state }) => state !== 'ok');
    expect(first.message).toMatch(words);
    expect(first.fix).toEqual(expect.any(String));
    stage.simulator.faults.clear();
    expect(complaints((await test()).checks)).toEqual([]);
    expect(await shown()).toMatchObject({ status: 'verified', statusMessage: null });
  });

  it.each<FaultName>(['dead-token', 'invalid-token'])(
    'name a %s; what it hides is skipped, not failed',
    async (name) => {
      fault(name);
      const { ok, checks } = await test();
      expect(ok).toBe(false);
      expect(complaints(checks)).toEqual([
        'token: error',
        'number: skipped',
        'account: skipped',
        'subscription: skipped',
        'callback: skipped',
        'secret: warning',
      ]);
      expect(checks[0]).toMatchObject({
        action: 'edit-number',
        fix: expect.stringContaining('System users'),
      });
      expect(await shown()).toMatchObject({ status: 'error', statusMessage: expect.any(String) });
      stage.simulator.faults.clear();
      expect((await test()).ok).toBe(true);
      expect(await shown()).toMatchObject({ status: 'verified' });
    },
  );

  it('tell Meta that is away from Meta that refuses, and change nothing because of silence', async () => {
    fault('meta-down');
    const { ok, checks } = await test();
    expect(ok).toBe(false);
    for (const { name, state, message } of checks.filter((check) => check.name !== 'secret')) {
      expect([name, state, message]).toEqual([
        name,
        'error',
        expect.stringMatching(/Meta could not be asked about/),
      ]);
    }
    expect(await shown()).toMatchObject({ status: 'verified' });
    const { body } = await admin('post', `/integrations/${number.id}/health`).expect(502);
    expect(body.error.details).toMatchObject({ code: 'provider_error', reason: 'unreachable', meta: null });
    stage.simulator.faults.clear();
    fault('dead-token');
    const refused = await admin('post', `/integrations/${number.id}/health`).expect(502);
    expect(refused.body.error.details).toMatchObject({ reason: 'refused', meta: { code: 190 } });
    stage.simulator.faults.clear();
    await admin('post', `/integrations/${number.id}/health`).expect(200);
  });

  it('have buttons that mend: subscribe and point the callback here', async () => {
    fault('not-subscribed');
    const subscribed = await admin('post', `/integrations/${number.id}/subscribe`).expect(200);
    expect(subscribed.body.data).toMatchObject({ name: 'subscription', state: 'ok' });
    fault('other-callback');
    const [callback] = (await test()).checks.filter(({ name }) => name === 'callback');
    expect(callback.action).toBe('override-callback');
    const pointed = await admin('post', `/integrations/${number.id}/override-callback`).expect(200);
    expect(pointed.body.data).toMatchObject({ name: 'callback', state: 'ok' });
    const lines = await stage.strapi.db
      .connection('whatsapp_audit_entries')
      .whereIn('action', ['integration.subscribe', 'integration.override-callback']);
    expect(lines.map(({ target_id: id }: { target_id: string }) => id)).toEqual([number.id, number.id]);
  });

  it('are not for others: another tenant’s number and the wrong role see nothing', async () => {
    expect(await verdictOf(admin('post', '/integrations/999999/test'))).toEqual([404, 'not_found']);
    expect(await verdictOf(admin('post', '/integrations/abc/subscribe'))).toEqual([404, 'not_found']);
    await stage.http.post(`/whatsapp/integrations/${number.id}/test`).expect(401);
    await stage.http.get('/whatsapp/doctor').expect(401);
  });
});

describe('the Doctor', () => {
  const of = (checks: DoctorCheck[], name: string, scope = 'plugin'): DoctorCheck =>
    checks.find((check) => check.name === name && check.scope === scope) as DoctorCheck;

  it('looks at the installation and at every number, and has a report that tells no secret', async () => {
    const { checks, report } = await doctor();
    const plugin = checks.filter(({ scope }) => scope === 'plugin');
    expect(plugin.map(({ name }) => name)).toEqual([
      'encryption_key',
      'webhook_url',
      'clock',
      'last_webhook',
      'send_queue',
      'quarantine',
      'jobs',
      'processes',
    ]);
    expect(complaints(plugin)).toEqual(['webhook_url: error', 'last_webhook: warning']);
    expect(complaints(checks.filter(({ scope }) => scope === number.id))).toEqual([]);
    expect(of(checks, 'graph_version', number.id).message).toContain('v25.0');
    expect(report).toMatch(/^WhatsApp plugin \d+\.\d+\.\d+, Strapi 5\.\d+\.\d+, Node v\d+/);
    for (const secret of [
      number.accessToken,
      number.appSecret,
      number.phoneNumber.slice(1),
      new URL(number.webhookUrl).pathname,
    ]) {
      expect(JSON.stringify({ checks, report })).not.toContain(secret);
    }
  });

  it('sees a clock that is off', async () => {
    fault('slow-clock');
    const { checks } = await doctor();
    expect(of(checks, 'clock')).toMatchObject({
      state: 'error',
      message: expect.stringMatching(/(599|60\d) seconds behind/),
    });
    stage.simulator.faults.clear();
    expect(of((await doctor()).checks, 'clock').state).toBe('ok');
  });

  it('sees what waits, what lies in quarantine, what fails and who else works here', async () => {
    const { connection } = stage.strapi.db;
    const conversation = await newConversation(stage);
    const [row] = await connection('whatsapp_conversations').where({ id: conversation.id });
    const long = Date.now() - 20 * 60_000;
    await connection('whatsapp_outbox').insert({
      organization_id: row.organization_id,
      integration_id: row.integration_id,
      conversation_id: row.id,
      message_id: 999_999,
      priority: 1,
      state: 'queued',
      not_before: long,
      attempts: 0,
      locked_by: 'nobody',
    });
    await connection('whatsapp_outbox').where({ message_id: 999_999 }).update({ state: 'queued' });
    await connection('whatsapp_quarantine').insert({
      organization_id: row.organization_id,
      received_at: Date.now(),
      reason: 'test',
      event: '{}',
    });
    await connection('whatsapp_jobs').insert({
      kind: 'none',
      organization_id: row.organization_id,
      payload: '{}',
      run_at: Date.now() + 3_600_000,
      attempts: 7,
    });
    await connection('whatsapp_processes').insert({
      owner: 'another:1:x',
      engine: 'embedded',
      started_at: 1,
      seen_at: Date.now(),
    });
    const { checks } = await doctor();
    await connection('whatsapp_outbox').where({ message_id: 999_999 }).delete();
    await connection('whatsapp_processes').where({ owner: 'another:1:x' }).delete();
    expect(['quarantine', 'jobs', 'processes', 'last_webhook'].map((name) => of(checks, name).state)).toEqual(
      ['warning', 'warning', 'warning', 'ok'],
    );
    expect(of(checks, 'processes').message).toMatch(/^2 processes/);
  });
});

describe('what Meta says of a number', () => {
  const news = (field: string, value: object, at: number, account = number.businessAccountId) =>
    stage.simulator.postWebhook(number.phoneNumberId, {
      object: 'whatsapp_business_account',
      entry: [{ id: account, time: Math.floor(at / 1000), changes: [{ field, value }] }],
    });
  const disable = (state: string) => ({ event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: state } });

  it('stops sending when the account is disabled and resumes when it is reinstated, also out of order', async () => {
    const conversation = await newConversation(stage);
    const at = Date.now() - 60_000;
    expect(await news('account_update', disable('DISABLE'), at)).toBe(200);
    const stopped = await until(shown, ({ status }) => status === 'error');
    expect(stopped).toMatchObject({
      statusMessage: expect.stringContaining('disabled'),
      health: { alerts: [{ kind: 'account_disabled' }] },
    });
    const refused = stage.http
      .post('/api/whatsapp/messages/send')
      .set(stage.token)
      .send({ conversationId: conversation.id, message: 'x' });
    expect(await verdictOf(refused)).toEqual([409, 'integration_inactive']);
    // A number that Meta calls connected does not end what was said of its account.
    await admin('post', `/integrations/${number.id}/health`).expect(200);
    expect((await shown()).status).toBe('error');

    await news('account_update', disable('REINSTATE'), at + 20_000);
    await until(shown, ({ status }) => status !== 'error');
    await news('account_update', disable('DISABLE'), at);
    await news(
      'account_alerts',
      { entity_type: 'WABA', alert_info: { alert_type: 'TEST', alert_description: 'Hello' } },
      at + 30_000,
    );
    const later = await until(shown, ({ health }) => health.alerts[0]?.kind === 'test');
    expect([later.status, later.health.alerts.length]).toEqual(['unverified', 3]);
    await sendText(stage, conversation.id, 'goes again');
  });

  it('changes limit and name, and has the number read again', async () => {
    await news(
      'business_capability_update',
      { max_daily_conversations_per_business: 'TIER_10K' },
      Date.now(),
    );
    await until(shown, ({ messagingLimit }) => messagingLimit === 'TIER_10K');
    await news(
      'phone_number_name_update',
      { display_phone_number: number.phoneNumber.slice(1), decision: 'REJECTED', rejection_reason: 'NAME_X' },
      Date.now(),
    );
    const { health } = await until(shown, ({ health: { nameStatus } }) => nameStatus === 'REJECTED');
    expect(health.alerts[0]).toMatchObject({ kind: 'name_refused' });
    const row = await stage.strapi.db.connection('whatsapp_integrations').where({ id: number.id }).first();
    expect(Number(row.health_due_at)).toBe(0);
    const { body } = await admin('post', `/integrations/${number.id}/health`).expect(200);
    expect(body.data).toMatchObject({ messagingLimit: 'TIER_2K', health: { nameStatus: 'APPROVED' } });
  });

  it('of another account changes nothing here', async () => {
    const before = await shown();
    await news('account_update', disable('DISABLE'), Date.now(), '999000999');
    const conversation = await newConversation(stage);
    expect(conversation).toBeDefined();
    expect((await shown()).status).toBe(before.status);
  });
});

it('a token that works again without being changed lets the queue go on', async () => {
  const conversation = await newConversation(stage);
  fault('dead-token');
  const { id } = await sendText(stage, conversation.id, 'waits for Meta');
  await until(shown, ({ status }) => status === 'error');
  stage.simulator.faults.clear();
  await admin('post', `/integrations/${number.id}/health`).expect(200);
  expect((await shown()).status).toBe('verified');
  const sent = await until(
    async () => (await stage.http.get(`/api/whatsapp/messages/${id}`).set(stage.token)).body.data,
    ({ status }) => ['sent', 'delivered'].includes(status),
    15_000,
  );
  expect(sent.error).toBeNull();
});
