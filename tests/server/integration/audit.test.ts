/** The audit trail: who did what to which thing, when and from where; and debug mode, whose toggles it tells. */
import { createAudit, SYSTEM } from '../../../server/src/audit/service';
import type { AuditEntry, ListAudit } from '../../../server/src/audit/contract';
import { ACTIONS } from '../../../server/src/permissions';
import { createDatabase } from '../../../server/src/storage/database';
import { adminToken } from '../../helpers/people';
import { newConversation, reaches, send, verdictOf } from '../support/rest';
import { rowsOf, type Rows } from '../support/rows';
import { setStage, until, type Stage } from '../support/stage';

let stage: Stage;
let rows: Rows;

beforeAll(async () => {
  stage = await setStage();
  rows = rowsOf(stage.strapi);
});
afterAll(() => stage.stop());

const list = async (query = '', headers = stage.admin): Promise<ListAudit.Response> =>
  (await stage.http.get(`/whatsapp/audit${query}`).set(headers).expect(200)).body as ListAudit.Response;
const newest = async (action: string): Promise<AuditEntry> =>
  (await list(`?action=${action}&limit=1`)).data[0];
const admin = (method: 'post' | 'put' | 'delete', path: string, body: object = {}) =>
  stage.http[method](`/whatsapp${path}`).set(stage.admin).send(body);

const number = (over: object = {}) => ({
  name: 'Audited',
  phoneNumber: '+14155559871',
  phoneNumberId: '4440001',
  businessAccountId: '5550001',
  accessToken: 'EAAplantedtoken0001',
  appSecret: 'planted-app-secret-1',
  ...over,
});

describe('a number', () => {
  let id: string;

  it('leaves a line when it is connected, changed, switched, revealed, rotated and deleted', async () => {
    id = (await admin('post', '/integrations', number()).expect(201)).body.data.id as string;
    expect(await newest('integration.create')).toMatchObject({
      actor: { type: 'admin' },
      target: { type: 'integration', id, label: 'Audited' },
      before: null,
      after: { name: 'Audited', accessToken: '•••', appSecret: '•••' },
      ip: expect.stringMatching(/127\.0\.0\.1/) as string,
    });
    await admin('put', `/integrations/${id}`, { name: 'Renamed', accessToken: 'EAAplantedtoken0002' }).expect(
      200,
    );
    expect(await newest('integration.update')).toMatchObject({
      before: { name: 'Audited' },
      after: { name: 'Renamed', accessToken: '•••' },
    });
    await admin('post', `/integrations/${id}/toggle`).expect(200);
    expect(await newest('integration.toggle')).toMatchObject({
      before: { active: true },
      after: { active: false },
    });
    const shown = await admin('post', `/integrations/${id}/verify-token`).expect(200);
    expect(await newest('integration.reveal-verify-token')).toMatchObject({ target: { id } });
    const rotated = await admin('post', `/integrations/${id}/verify-token`, { rotate: true }).expect(200);
    expect(await newest('integration.rotate-verify-token')).toMatchObject({ after: { verifyToken: '•••' } });
    await admin('delete', `/integrations/${id}`).expect(204);
    expect(await newest('integration.delete')).toMatchObject({ target: { id, label: 'Renamed' } });

    const secrets = [
      'planted',
      shown.body.data.verifyToken as string,
      rotated.body.data.verifyToken as string,
      '4155559871',
    ];
    const table = JSON.stringify(await rows.all('audit_entries'));
    expect(secrets.filter((secret) => table.includes(secret))).toEqual([]);
  });

  it('that was erased says how much went with it', async () => {
    const other = await stage.addNumber();
    await newConversation(stage, other);
    await admin('delete', `/integrations/${other.id}?history=erase`).expect(204);
    const { target, before } = await newest('integration.erase');
    expect(target.id).toBe(other.id);
    expect(before).toMatchObject({ conversations: 1 });
  });
});

describe('a message', () => {
  it('leaves one line without its text, by whom it was sent: a person or a token', async () => {
    const conversation = await newConversation(stage);
    const byToken = (
      await send(stage, { conversationId: conversation.id, message: 'planted words' }).expect(202)
    ).body.data as { id: string };
    expect(await newest('message.send')).toMatchObject({
      actor: { type: 'api_token', name: expect.stringMatching(/^test-/) as string },
      target: { type: 'message', id: byToken.id, label: null },
      before: null,
      after: null,
    });
    const byPerson = await admin('post', '/messages/send', {
      conversationId: conversation.id,
      message: 'Hello',
    });
    expect(await newest('message.send')).toMatchObject({
      actor: { type: 'admin', name: expect.stringMatching(/^Test User/) as string },
      target: { id: byPerson.body.data.id as string },
    });
    await reaches(stage, byPerson.body.data.id as string, ['delivered', 'sent', 'accepted', 'read']);
    expect(await rows.count('audit_entries', { target_id: byPerson.body.data.id as string })).toBe(1);
    expect(JSON.stringify(await rows.all('audit_entries'))).not.toContain('planted words');
  });

  it('that is refused, or asked for twice with one key, leaves none or one', async () => {
    const before = await rows.count('audit_entries', { action: 'message.send' });
    await send(stage, { conversationId: '999999', message: 'x' }).expect(404);
    expect(await rows.count('audit_entries', { action: 'message.send' })).toBe(before);
    const { id } = await newConversation(stage);
    const body = { conversationId: id, message: 'once', clientKey: 'audit-1' };
    await Promise.all([send(stage, body), send(stage, body), send(stage, body)]);
    expect(await rows.count('audit_entries', { action: 'message.send' })).toBe(before + 1);
  });
});

describe('a person', () => {
  it('who is blocked and let in again leaves a line each; one who is blocked already leaves none', async () => {
    const { contact } = await newConversation(stage);
    const body = { integrationId: stage.number.id };
    for (const wish of ['block', 'block', 'unblock'])
      await admin('post', `/contacts/${contact.id}/${wish}`, body).expect(200);
    const { data } = await list(`?target=contact:${contact.id}`);
    expect(data.map(({ action, actor }) => [action, actor.type])).toEqual([
      ['contact.unblock', 'admin'],
      ['contact.block', 'admin'],
    ]);
  });
});

describe('rights of a role', () => {
  it('leave one line per change that is about ours, and none for others', async () => {
    const role = await stage.strapi.service('admin::role').create({ name: 'Shop team', description: '' });
    const put = (actions: string[]) =>
      stage.http
        .put(`/admin/roles/${role.id as number}/permissions`)
        .set(stage.admin)
        .send({
          permissions: actions.map((action) => ({ action, subject: null, conditions: [], properties: {} })),
        })
        .expect(200);
    await put([ACTIONS.readInbox, ACTIONS.revealPhones, 'plugin::upload.read']);
    const told = () => list('?action=role.permissions');
    await until(told, ({ data }) => data.length === 1);
    await put([ACTIONS.readInbox, ACTIONS.exportData, 'plugin::upload.read']);
    const { data } = await until(told, (answer) => answer.data.length === 2);
    expect(data[1]).toMatchObject({
      target: { type: 'role', id: String(role.id), label: 'Shop team' },
      after: { rights: ['contacts.reveal-phones', 'inbox.read-inbox'] },
    });
    expect(data[0]).toMatchObject({
      before: { rights: ['contacts.reveal-phones'] },
      after: { rights: ['contacts.export-data'] },
    });
    await put([ACTIONS.readInbox, ACTIONS.exportData]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await told()).data).toHaveLength(2);
  });
});

describe('the list', () => {
  it('is searched by who, what, to what and when, page by page', async () => {
    const audit = createAudit({
      db: createDatabase(stage.strapi),
      now: Date.now,
      caller: () => null,
      tell: () => undefined,
    });
    const entry = {
      organizationId: 1,
      actor: SYSTEM,
      action: 'message.cancel',
      target: { type: 'thing', id: 7, label: 'Blue' },
    } as const;
    await audit.recordAll(
      null,
      Array.from({ length: 7 }, () => entry),
    );
    const pages: AuditEntry[] = [];
    let cursor: string | null = '';
    do {
      const page: ListAudit.Response = await list(
        `?action=cancel&limit=3${cursor ? `&cursor=${cursor}` : ''}`,
      );
      pages.push(...page.data);
      cursor = page.meta.nextCursor;
    } while (cursor);
    expect(new Set(pages.map(({ id }) => id)).size).toBe(7);
    for (const query of [
      'target=thing:7',
      'target=thing',
      'target=blue',
      'actor=system&action=cancel',
      'target=7',
    ])
      expect([query, (await list(`?${query}&limit=100`)).data.length]).toEqual([query, 7]);
    for (const query of [
      'target=thing:8',
      'actor=nobody',
      'action=%25%25x',
      `to=2020-01-01`,
      'from=2099-01-01',
    ])
      expect([query, (await list(`?${query}`)).data.length]).toEqual([query, 0]);
    expect(await verdictOf(stage.http.get('/whatsapp/audit?from=x').set(stage.admin))).toEqual([
      400,
      'validation_failed',
    ]);
  });

  it('is written once: there is no route that changes or deletes an entry', async () => {
    const { id } = (await list('?limit=1')).data[0];
    for (const method of ['put', 'patch', 'delete', 'post'] as const) {
      const { status } = await stage.http[method](`/whatsapp/audit/${id}`).set(stage.admin).send({});
      expect([404, 405]).toContain(status);
    }
    expect((await list('?limit=1')).data[0].id).toBe(id);
  });

  it('shows a tenant its own lines, and those of the installation only to who looks after all of it', async () => {
    const knex = stage.strapi.db.connection;
    const audit = createAudit({
      db: createDatabase(stage.strapi),
      now: Date.now,
      caller: () => null,
      tell: () => undefined,
    });
    const foreign = {
      organizationId: 4711,
      actor: SYSTEM,
      action: 'message.reschedule',
      target: { type: 'x', id: null },
    } as const;
    await audit.record(null, foreign);
    await audit.record(null, { ...foreign, organizationId: null, action: 'encryption.reseal' });
    const reader = {
      Authorization: `Bearer ${await adminToken(stage.strapi, { actions: [ACTIONS.readAudit] })}`,
    };
    expect((await list('?action=message.reschedule')).data).toHaveLength(0);
    expect((await list('?action=encryption.reseal', reader)).data).toHaveLength(1);
    const second = { document_id: 'second', name: 'Second', slug: 'second', time_zone: 'UTC' };
    await knex('whatsapp_organizations').insert(second);
    try {
      // Every process learns of a new tenant within seconds.
      const refused = async () =>
        (await stage.http.get('/whatsapp/audit?action=encryption.reseal').set(reader)).status;
      expect(await until(refused, (status) => status !== 200, 8_000)).toBe(403);
      expect((await list('?action=encryption.reseal')).data).toHaveLength(1);
    } finally {
      await knex('whatsapp_organizations').where({ slug: 'second' }).delete();
      await until(
        async () => (await stage.http.get('/whatsapp/audit').set(reader)).status,
        (status) => status === 200,
        8_000,
      );
    }
  });
});

describe('the export', () => {
  it('is CSV in which no cell is a formula, and is itself written down', async () => {
    await admin(
      'post',
      '/integrations',
      number({ name: '=HYPERLINK("http://x")', phoneNumberId: '4440002' }),
    ).expect(201);
    const answer = await stage.http
      .get('/whatsapp/audit/export?action=integration')
      .set(stage.admin)
      .expect(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="whatsapp-audit.csv"',
      'x-content-type-options': 'nosniff',
    });
    const lines = answer.text.replace('\uFEFF', '').trim().split('\n');
    expect(lines[0]).toBe(
      'id,at,actorType,actorId,actorName,action,targetType,targetId,targetLabel,before,after,ip',
    );
    expect(answer.text).toContain("'=HYPERLINK");
    expect(answer.text).not.toMatch(/(^|,)"?=HYPERLINK/m);
    expect(lines.length).toBeGreaterThan(5);
    expect(await newest('audit.export')).toMatchObject({ after: { action: 'integration' } });
  });

  it('needs the right to read and the right to export', async () => {
    const holder = async (...actions: string[]) => ({
      Authorization: `Bearer ${await adminToken(stage.strapi, { actions })}`,
    });
    const status = async (headers: Record<string, string>) =>
      (await stage.http.get('/whatsapp/audit/export').set(headers)).status;
    expect(await status(await holder(ACTIONS.readAudit))).toBe(403);
    expect(await status(await holder(ACTIONS.exportData))).toBe(403);
    expect(await status(await holder(ACTIONS.readAudit, ACTIONS.exportData))).toBe(200);
  });
});

describe('debug mode', () => {
  it('is switched on for a time and off again, written down, and tells nothing that is private', async () => {
    const said: string[] = [];
    const spy = jest.spyOn(stage.strapi.log, 'info').mockImplementation(((line: string) => {
      said.push(line);
      return stage.strapi.log;
    }) as never);
    const on = await admin('put', '/debug', { minutes: 30 }).expect(200);
    expect(Date.parse(on.body.data.until as string)).toBeGreaterThan(Date.now() + 29 * 60_000);
    const conversation = await newConversation(stage);
    const { body } = await send(stage, { conversationId: conversation.id, message: 'planted words' }).expect(
      202,
    );
    await reaches(stage, body.data.id as string, ['accepted', 'sent', 'delivered', 'read']);
    await until(
      async () => said.join('\n'),
      (text) => /debug: webhook/.test(text) && /debug: Graph/.test(text),
    );
    const text = said.join('\n');
    expect(text).toMatch(/"field":"messages"/);
    for (const secret of ['planted words', stage.number.accessToken, stage.number.appSecret])
      expect(text).not.toContain(secret);
    expect(text).not.toContain(String(conversation.contact.phone).slice(1));
    expect(text).not.toContain(String(conversation.contact.profileName));
    await admin('put', '/debug', { minutes: 0 }).expect(200);
    said.length = 0;
    await newConversation(stage);
    expect(said.filter((line) => /debug/.test(line))).toEqual([]);
    expect((await stage.http.get('/whatsapp/debug').set(stage.admin)).body.data).toEqual({ until: null });
    expect(await newest('debug.off')).toMatchObject({ target: { type: 'debug' } });
    spy.mockRestore();
  });

  it.each([-1, 1441, 1.5, '10', null])('refuses %j minutes', async (minutes) => {
    expect(await verdictOf(admin('put', '/debug', { minutes }))).toEqual([400, 'validation_failed']);
  });
});
