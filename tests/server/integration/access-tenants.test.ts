/**
 * Every door of the plugin with what belongs to another tenant. The routes are read from the running Strapi: a new one is
 * walked by itself, and fails here as long as nobody said how to fill in its ids and body.
 */
import type { Organization } from '../../../server/src/organizations/contract';
import { adminPerson, type SignedIn } from '../../helpers/people';
import { label, routesOf, type Route } from '../support/admin-routes';
import { newConversation, newCustomer } from '../support/rest';
import { setStage, until, type Stage } from '../support/stage';
import { listen } from '../support/stream';
import { bind, EVERY_RIGHT, makeOtherTenant, newToken, type OtherTenant } from '../support/tenants';

type Headers = Record<string, string>;

let stage: Stage;
let other: OtherTenant;
/** Somebody with every right who belongs to the first tenant alone, and a token that is bound to it. */
let insider: SignedIn;
let token: { id: string; headers: Headers };
let own: { organizationId: string; conversationId: string; tokenId: string };

const row = async (table: string): Promise<string> => {
  const found = await stage.strapi.db
    .connection(`whatsapp_${table}`)
    .where({ organization_id: other.organizationId })
    .first('id');
  return found ? String(found.id) : 'missing';
};

/** The other tenant's thing behind each kind of id: `<segment before>/:<name>`. */
const IDS: Record<string, () => string | Promise<string>> = {
  'integrations/:id': () => other.number.id,
  'conversations/:id': () => other.conversation.id,
  'messages/:id': () => other.messageId,
  'contacts/:id': () => other.contactId,
  'media/:id': () => other.messageId,
  'organizations/:id': () => other.organizationId,
  'api-access/:tokenId': () => other.token.id,
  'webhook-log/:id': () => row('delivery_log'),
  'uploads/:id': () => row('uploads'),
  'templates/:id': () => row('templates'),
  'test-contacts/:contactId': () => other.contactId,
  'template-drafts/:id': () => row('template_drafts'),
  'webhook/:key': () => other.number.webhookUrl.split('/').at(-1) ?? '',
  // Customers of the simulator are played by whoever may play; a number of another tenant is none of theirs.
  'customers/:customerId': () => 'nobody',
};

/** Bodies that a route takes, so that a refusal is about whose thing it is. */
const BODIES: Record<string, () => object> = {
  'PUT /integrations/:id': () => ({ name: 'Taken over' }),
  'PUT /organizations/:id': () => ({ name: 'Taken over' }),
  'PUT /api-access/:tokenId': () => ({ organizationId: own.organizationId }),
  'POST /conversations/:id/assign': () => ({ assigneeId: null }),
  'POST /simulator/customers/:customerId/messages': () => ({ type: 'text', text: 'Hi' }),
  'POST /templates/:id/preview': () => ({ parameters: {} }),
  'PUT /templates/:id/bindings': () => ({ bindings: [] }),
  'PUT /templates/:id/access': () => ({ roles: [], integrations: [] }),
  'POST /templates/:id/test': () => ({ integrationId: other.number.id, contactIds: [other.contactId] }),
  'PUT /contacts/:id/link': () => ({ contentType: 'api::product.product', documentId: 'anything' }),
  'POST /simulator/templates/:id': () => ({ decide: 'approve' }),
  'PUT /template-drafts/:id': () => ({ version: 1, name: 'taken_over' }),
  'POST /template-drafts/:id/return': () => ({ note: 'No' }),
  'PUT /messages/:id': () => ({ text: 'Changed' }),
  'POST /messages/:id/send-again': () => ({ confirm: true }),
  'POST /contacts/:id/block': () => ({ integrationId: other.number.id }),
  'POST /contacts/:id/unblock': () => ({ integrationId: other.number.id }),
};

/** Writing routes without an id in their address: each way of naming the other tenant's things in their bodies. */
const NAMED_IN_BODIES: Record<string, () => object[]> = {
  'POST /integrations': () => [],
  'POST /organizations': () => [{ name: 'Mine', numberIds: [other.number.id] }],
  'POST /messages/send': () => [
    { conversationId: other.conversation.id, message: 'Hi' },
    { contactId: other.contactId, message: 'Hi' },
    { conversationId: own.conversationId, integrationId: other.number.id, message: 'Hi' },
    { to: other.phone, integrationId: other.number.id, message: 'Hi' },
  ],
  'POST /uploads/from-library': () => [{ fileId: '1', integrationId: other.number.id }],
  'POST /uploads': () => [],
  'POST /start/people': () => [{ integrationId: other.number.id, q: other.phone }],
  'POST /template-drafts': () => [
    { businessAccountId: other.number.businessAccountId },
    { templateId: other.templateId, purpose: 'duplicate' },
  ],
  'POST /templates/sync': () => [{ integrationId: other.number.id }],
  // Names nothing of its own: an alert of another tenant only moves no mark.
  'POST /template-alerts/read': () => [],
  'POST /sandbox': () => [],
  'POST /encryption/reseal': () => [],
  'PUT /debug': () => [],
  'POST /simulator/customers': () => [],
  'PUT /simulator/faults': () => [],
  'DELETE /simulator/faults': () => [],
  'POST /webhook': () => [],
};

const isWrite = ({ method }: Route): boolean => method !== 'GET';
const hasId = ({ path }: Route): boolean => path.includes(':');
const isOpen = ({ config }: Route): boolean => config?.auth === false;

beforeAll(async () => {
  stage = await setStage();
  insider = await adminPerson(stage.strapi, { actions: EVERY_RIGHT });
  const conversation = await newConversation(stage);
  other = await makeOtherTenant(stage);
  const { body } = await stage.http.get('/whatsapp/organizations').set(stage.admin).expect(200);
  const mine = (body.data as Organization[]).find(({ slug }) => slug === 'default') as Organization;
  token = await newToken(stage);
  await bind(stage, token.id, mine.id).expect(200);
  own = { organizationId: mine.id, conversationId: conversation.id, tokenId: token.id };
});
afterAll(() => stage.stop());

const addressOf = async (door: Door, path: string): Promise<string> => {
  const parts = path.split('/');
  for (const [index, part] of parts.entries()) {
    if (!part.startsWith(':')) continue;
    const recipe = IDS[`${path.split('/')[index - 1]}/${part}`];
    if (!recipe) throw new Error(`${path}: say in IDS how to fill in ${part} with a thing of another tenant`);
    parts[index] = await recipe();
  }
  return `${door.prefix}${parts.join('/')}`;
};

interface Door {
  name: string;
  type: 'admin' | 'content-api';
  prefix: string;
  /** Who belongs to the first tenant, and who to the other. */
  stranger: () => Headers;
  owner: () => Headers;
}
const DOORS: Door[] = [
  {
    name: 'the panel',
    type: 'admin',
    prefix: '/whatsapp',
    stranger: () => insider.headers,
    owner: () => other.member.headers,
  },
  {
    name: 'the content API',
    type: 'content-api',
    prefix: '/api/whatsapp',
    stranger: () => token.headers,
    owner: () => other.token.headers,
  },
];

const call = ({ method }: Route, address: string, headers: Headers, body?: object) => {
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
  const request = stage.http[verb](address).set(headers);
  return method === 'POST' || method === 'PUT' ? request.send(body ?? {}) : request;
};

/** Everything that is stored for the other tenant: a walk must leave it as it was. */
const belongings = async (): Promise<string> => {
  const db = stage.strapi.db.connection;
  const tables = [
    'integrations',
    'contacts',
    'conversations',
    'messages',
    'outbox',
    'organization_members',
    'api_access',
  ];
  const rows = await Promise.all(
    tables.map((name) =>
      db(`whatsapp_${name}`).where({ organization_id: other.organizationId }).orderBy('id'),
    ),
  );
  const itself = await db('whatsapp_organizations').where({ id: other.organizationId });
  // Health checks and webhooks touch a number on their own.
  const own = (name: string, value: unknown): unknown =>
    /health|^last_|^connection_/.test(name) ? null : value;
  return JSON.stringify([...rows, itself], own);
};

describe.each(DOORS)('at the door of $name', (door) => {
  const routes = (): Route[] => routesOf(stage, door.type);

  it("another tenant's ids are not found, on every route that takes one", async () => {
    const before = await belongings();
    const walked: [string, number][] = [];
    for (const route of routes().filter(hasId)) {
      const { status, text } = await call(
        route,
        await addressOf(door, route.path),
        door.stranger(),
        BODIES[label(route)]?.(),
      );
      walked.push([label(route), status]);
      for (const mark of other.marks)
        expect([label(route), text.includes(mark)]).toEqual([label(route), false]);
    }
    const open = new Set(routes().filter(isOpen).map(label));
    const fine = (route: string, status: number): boolean =>
      status === 404 || status === 403 || (open.has(route) && status === 401);
    expect(walked.filter(([route, status]) => !fine(route, status))).toEqual([]);
    expect(await belongings()).toBe(before);
    process.stdout.write(
      `${door.name}: ${walked.length} of ${routes().length} routes walked with foreign ids\n`,
    );
  });

  it('those ids are real: their owner reads them', async () => {
    for (const route of routes().filter((each) => hasId(each) && !isWrite(each) && !isOpen(each))) {
      if (route.path.includes(':customerId')) continue;
      const { status } = await call(route, await addressOf(door, route.path), door.owner());
      expect([label(route), status]).toEqual([label(route), 200]);
    }
  });

  it('bodies cannot name them either', async () => {
    const before = await belongings();
    for (const route of routes().filter((each) => isWrite(each) && !hasId(each) && !isOpen(each))) {
      const bodies = NAMED_IN_BODIES[label(route)];
      if (!bodies)
        throw new Error(`${label(route)}: say in NAMED_IN_BODIES how it could name a foreign thing`);
      for (const body of bodies()) {
        const { status, text } = await call(route, `${door.prefix}${route.path}`, door.stranger(), body);
        expect([label(route), body, status]).toEqual([label(route), body, 404]);
        for (const mark of other.marks) expect(text).not.toContain(mark);
      }
    }
    expect(await belongings()).toBe(before);
  });

  it('lists, searches, counts and exports hold nothing of it', async () => {
    const asked: string[] = [];
    const streams = (route: Route): boolean => route.path === '/stream' || isOpen(route);
    for (const route of routes().filter((each) => !isWrite(each) && !hasId(each) && !streams(each))) {
      const queries = ['', `?integration=${other.number.id}`];
      if (route.path === '/conversations')
        queries.push('?q=Zebramark', '?q=600777321', '?limit=100&unread=true');
      for (const query of queries) {
        const { text } = await call(route, `${door.prefix}${route.path}${query}`, door.stranger());
        asked.push(`${route.path}${query}`);
        for (const mark of other.marks) {
          expect([route.path, query, mark, text.includes(mark)]).toEqual([route.path, query, mark, false]);
        }
      }
    }
    const mine = `${door.prefix}/conversations/${own.conversationId}/messages?around=${other.messageId}`;
    expect((await stage.http.get(mine).set(door.stranger())).status).toBe(404);
    process.stdout.write(`${door.name}: ${asked.length} lists read without a trace\n`);
  });

  it('naming the other organization does not open it', async () => {
    for (const route of routes().filter((each) => !isOpen(each))) {
      const address = hasId(route) ? await addressOf(door, route.path) : `${door.prefix}${route.path}`;
      const headers = { ...door.stranger(), ...other.headers };
      const body = BODIES[label(route)]?.() ?? NAMED_IN_BODIES[label(route)]?.()[0];
      const { status, text } = await call(route, address, headers, body);
      // Some doors are of the person and not of a tenant; they are walked by what they answer.
      if (status < 400) expect([label(route), ACROSS.has(label(route))]).toEqual([label(route), true]);
      for (const mark of other.marks)
        expect([label(route), text.includes(mark)]).toEqual([label(route), false]);
    }
  });
});

/** Doors whose answer does not depend on the organization that is named. */
const ACROSS = new Set([
  'GET /organizations',
  'GET /organizations-people',
  'GET /api-access',
  'GET /encryption',
  'POST /encryption/reseal',
  'GET /debug',
  'PUT /debug',
]);

describe('the stream', () => {
  it('carries nothing of another tenant', async () => {
    const stream = await listen(stage, insider.headers);
    try {
      const customer = newCustomer(stage);
      await stage.simulator.play(customer.id, other.number.phoneNumberId, {
        type: 'text',
        text: 'Zebramark again',
      });
      await stage.simulator.idle(5_000);
      const mine = await newConversation(stage);
      await until(stream.heard, (text) => text.includes(`"conversationId":"${mine.id}"`));
      const threads = (
        await stage.strapi.db
          .connection('whatsapp_conversations')
          .where({ organization_id: other.organizationId })
          .select('id')
      ).map(({ id }: { id: number }) => String(id));
      expect(threads).toHaveLength(2);
      for (const id of threads) expect(stream.heard()).not.toContain(`"conversationId":"${id}"`);
    } finally {
      stream.close();
    }
  });
});

describe('a received file', () => {
  it('is linked for its owner only, and another link does not fit', async () => {
    const { body } = await stage.http
      .get(`/whatsapp/messages/${other.messageId}`)
      .set(other.member.headers)
      .expect(200);
    const { media } = body.data;
    await stage.http.get(media.url).expect(200);
    const mine = await stage.http
      .get(`/whatsapp/conversations/${own.conversationId}/messages`)
      .set(insider.headers)
      .expect(200);
    const elsewhere = media.url.replace(`/media/${other.messageId}?`, `/media/${mine.body.data[0].id}?`);
    await stage.http.get(elsewhere).expect(403);
    await stage.http.get(media.url.split('?')[0]).expect(403);
  });
});
