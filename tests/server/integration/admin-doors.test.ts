/** Who may do what in the admin panel: every route of ours against every right of ours. */
import type { Conversation } from '../../../server/src/conversations/contract';
import { MARKETER, MARKETER_ACTIONS } from '../../../server/src/access/marketer';
import { ACTIONS, type Action } from '../../../server/src/permissions';
import { adminPerson, adminToken } from '../../helpers/people';
import { label, NEEDS, NEEDS_ALL, routesOf, type Route } from '../support/admin-routes';
import { setStage, type Stage } from '../support/stage';
import { newConversation, reaches, verdictOf } from '../support/rest';

let stage: Stage;
let conversation: Conversation;
let routes: Route[];
/** Authorization headers by right. */
const holders = new Map<Action, Record<string, string>>();

beforeAll(async () => {
  stage = await setStage();
  conversation = await newConversation(stage);
  routes = routesOf(stage, 'admin');
  for (const action of Object.values(ACTIONS)) {
    holders.set(action, { Authorization: `Bearer ${await adminToken(stage.strapi, { actions: [action] })}` });
  }
});
afterAll(() => stage.stop());

/** Calls a route with ids that are nobody's, so that an open door does no harm; streams are hung up on at once. */
const statusOf = async (route: Route, headers: Record<string, string>): Promise<number> => {
  const controller = new AbortController();
  const response = await fetch(`${stage.url}/whatsapp${route.path.replace(/:\w+/g, '999999')}`, {
    method: route.method,
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: route.method === 'POST' || route.method === 'PUT' ? '{}' : undefined,
    signal: controller.signal,
  });
  controller.abort();
  return response.status;
};

/** Doors tried at the same time; there are many, and many roles. */
const AT_ONCE = 8;
const WALK_MS = 300_000;

const isRefusal = (status: number): boolean => status === 401 || status === 403;

describe('the doors of the admin panel', () => {
  it('are the ones listed here, each behind the right that it needs', () => {
    const asked = routes.map((route) => {
      const policy = route.config?.policies?.find((entry) => typeof entry === 'object');
      return [label(route), typeof policy === 'object' ? policy.config.actions : []];
    });
    expect(Object.fromEntries(asked)).toEqual(NEEDS);
    expect(routes.every(({ config }) => config?.policies?.includes('admin::isAuthenticatedAdmin'))).toBe(
      true,
    );
  });

  it('are all there are: the server knows no other way in', () => {
    const layers = stage.strapi.server.listRoutes() as unknown as { path: string; methods: string[] }[];
    const ways = layers
      .filter(({ path }) => /^\/whatsapp(\/|$)/.test(path))
      .flatMap(({ path, methods }) =>
        methods
          .filter((method) => method !== 'HEAD')
          .map((method) => `${method} ${path.slice('/whatsapp'.length)}`),
      );
    expect(ways.sort()).toEqual(Object.keys(NEEDS).sort());
  });

  it(
    'open for the right they need and for no other, for every single right and every role',
    async () => {
      const roleId = async (code: string): Promise<number> =>
        (await stage.strapi.db.query('admin::role').findOne({ where: { code } })).id;
      const as = async (code: string) =>
        (await adminPerson(stage.strapi, { roleId: await roleId(code) })).headers;
      const everyday = [...MARKETER_ACTIONS];
      const roles: [name: string, rights: readonly Action[], headers: Record<string, string>][] = [
        ['Super Admin', Object.values(ACTIONS), stage.admin],
        ['Marketer', everyday, await as(MARKETER.code)],
        ['Editor', [], await as('strapi-editor')],
        ['Author', [], await as('strapi-author')],
        ...[...holders].map(([action, headers]) => [action, [action], headers] as (typeof roles)[number]),
      ];
      for (const [name, rights, headers] of roles) {
        const open: string[] = [];
        for (let at = 0; at < routes.length; at += AT_ONCE) {
          const some = routes.slice(at, at + AT_ONCE);
          const statuses = await Promise.all(some.map((route) => statusOf(route, headers)));
          open.push(...some.filter((_route, index) => !isRefusal(statuses[index])).map(label));
        }
        const allowed = Object.keys(NEEDS).filter((route) =>
          NEEDS[route][NEEDS_ALL.includes(route) ? 'every' : 'some']((action) => rights.includes(action)),
        );
        expect({ name, open: open.sort() }).toEqual({ name, open: allowed.sort() });
      }
      process.stdout.write(
        `walked ${routes.length} admin routes as ${roles.length} roles: ${routes.length * roles.length} doors tried\n`,
      );
    },
    WALK_MS,
  );

  it('are shut for an admin without any right of ours, and for nobody at all', async () => {
    const nobody = { Authorization: `Bearer ${await adminToken(stage.strapi, { actions: [] })}` };
    for (const [headers, expected] of [
      [nobody, 403],
      [{}, 401],
      [stage.token, 401],
    ] as const) {
      const statuses = await Promise.all(
        routes.map((route) => statusOf(route, headers as Record<string, string>)),
      );
      expect(new Set(statuses)).toEqual(new Set([expected]));
    }
  });

  it('of which none fails, whatever id is asked for', async () => {
    const odd = ['0', '-1', '2147483648', '9'.repeat(30), 'abc', "1'--", '%00', '%F0%9F%98%80'];
    for (const route of routes.filter(({ path, method }) => path.includes('/:id') && method === 'GET')) {
      for (const id of odd) {
        const { status } = await stage.http.get(`/whatsapp${route.path.replace(':id', id)}`).set(stage.admin);
        expect([label(route), id, status]).toEqual([label(route), id, 404]);
      }
    }
  });

  it('take rights away at once', async () => {
    const token = await adminToken(stage.strapi, { actions: [ACTIONS.readInbox] });
    const headers = { Authorization: `Bearer ${token}` };
    await stage.http.get('/whatsapp/conversations').set(headers).expect(200);
    const users = await stage.strapi.db
      .query('admin::user')
      .findMany({ populate: { roles: true }, orderBy: { id: 'desc' }, limit: 1 });
    await stage.strapi.service('admin::role').assignPermissions(users[0].roles[0].id, []);
    await stage.http.get('/whatsapp/conversations').set(headers).expect(403);
  });
});

describe('an editor', () => {
  it('reads, answers in his own name and tries again, but sees no settings', async () => {
    const token = await adminToken(stage.strapi, { actions: [ACTIONS.readInbox, ACTIONS.sendMessages] });
    const editor = { Authorization: `Bearer ${token}` };
    const numbers = await stage.strapi.db.connection('whatsapp_integrations');
    const { body: overview } = await stage.http.get('/whatsapp/overview').set(editor).expect(200);
    expect(overview.data).toEqual({
      unreadConversations: 1,
      hasConversations: true,
      integrations: numbers.length,
      cursor: expect.any(Number),
      serverTime: expect.any(Number),
    });
    const body = { conversationId: conversation.id, message: 'With kind regards' };
    const sent = (await stage.http.post('/whatsapp/messages/send').set(editor).send(body).expect(202)).body
      .data;
    expect(sent).toMatchObject({
      origin: 'agent',
      author: { id: expect.stringMatching(/^\d+$/), name: expect.stringMatching(/^Test User/) },
    });
    await reaches(stage, sent.id, ['delivered']);
    expect(await verdictOf(stage.http.post(`/whatsapp/messages/${sent.id}/retry`).set(editor))).toEqual([
      409,
      'not_retryable',
    ]);
    const { body: shown } = await stage.http.get('/whatsapp/integrations').set(editor).expect(200);
    expect(shown.data[0]).toMatchObject({ id: stage.number.id, name: expect.any(String), active: true });
    expect(JSON.stringify(shown)).not.toContain('verifyToken');
    for (const path of [`/whatsapp/integrations/${stage.number.id}`, '/whatsapp/simulator']) {
      await stage.http.get(path).set(editor).expect(403);
    }
  });

  it('finds the page around a message', async () => {
    const { body: all } = await stage.http
      .get(`/whatsapp/conversations/${conversation.id}/messages`)
      .set(stage.admin)
      .expect(200);
    const [newest] = all.data;
    const { body } = await stage.http
      .get(`/whatsapp/conversations/${conversation.id}/messages?around=${newest.id}&limit=10`)
      .set(stage.admin)
      .expect(200);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(
      all.data.map(({ id }: { id: string }) => id),
    );
  });
});
