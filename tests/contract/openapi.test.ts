/** docs/openapi.json is what other programs are given: it has to be about the routes that exist. */
import fs from 'node:fs';
import path from 'node:path';
import plugin from '../../server/src';
import { compatInput } from '../../server/src/compat/schema-input';

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  required?: string[];
  additionalProperties?: unknown;
}
interface Operation {
  parameters: { name: string; in: string; required: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

const HINT = 'run "npm run openapi" and commit docs/openapi.json';
const document = JSON.parse(
  fs.readFileSync(path.join(__dirname, '../../docs/openapi.json'), 'utf8'),
) as Document;
const routes = plugin.routes['content-api']().routes;

/** Methods and paths of the document; those of the second set are fixed and listed apart. */
const documentedBy = (second: boolean) =>
  Object.entries(document.paths)
    .filter(([route]) => route.startsWith('/api/v1/') === second)
    .flatMap(([route, operations]) =>
      Object.keys(operations)
        .filter((method) => method !== 'servers')
        .map((method) => `${method.toUpperCase()} ${route}`),
    );
const documented = documentedBy(false);

/** The schema itself where the document only refers to it. */
const resolved = (schema: Schema | undefined): Schema | undefined =>
  schema?.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').pop() as string];
const pathOf = (route: string): string => `/whatsapp${route.replace(/:(\w+)/g, '{$1}')}`;
const operationOf = (method: string, route: string): Operation =>
  document.paths[pathOf(route)][method.toLowerCase()];
const answersOf = (method: string, route: string) => operationOf(method, route).responses;
const answerOf = (method: string, route: string): Schema => {
  const answers = answersOf(method, route);
  const success = Object.values(answers)[0].content ?? {};
  return resolved(Object.values(success)[0]?.schema) ?? {};
};
const bodyOf = (method: string, route: string): Schema | undefined => {
  const content = operationOf(method, route).requestBody?.content;
  return resolved((content?.['application/json'] ?? content?.['multipart/form-data'])?.schema);
};
const dataOf = (method: string, route: string): Schema =>
  resolved(answerOf(method, route).properties?.data) as Schema;

it(`knows every route and no other (else ${HINT})`, () => {
  expect(documented.sort()).toEqual(
    routes.map(({ method, path: route }) => `${method} ${pathOf(route)}`).sort(),
  );
  expect(documented.length).toBeGreaterThan(15);
  expect(document.servers).toEqual([expect.objectContaining({ url: '/api' })]);
});

it('describes what each route takes and answers', () => {
  for (const { method, path: route } of routes) {
    const operation = operationOf(method, route);
    const inPath = operation.parameters
      .filter((parameter) => parameter.in === 'path')
      .map(({ name }) => name);
    expect([route, inPath]).toEqual([route, [...route.matchAll(/:(\w+)/g)].map((match) => match[1])]);
    const silent = method === 'DELETE' || `${method} ${route}`.startsWith('POST /webhook');
    expect([route, Object.keys(answerOf(method, route)).length > 0]).toEqual([route, !silent]);
    // Webhooks are Meta's own bytes; these verbs say all there is to say.
    const speaksForItself = /^\/webhook|\/(test|cancel|media\/retry)$/.test(route);
    const takesBody = /^(POST|PUT)$/.test(method) && !speaksForItself;
    expect([method, route, bodyOf(method, route)?.type]).toEqual([
      method,
      route,
      takesBody ? 'object' : undefined,
    ]);
  }
});

/** The lists of the REST contract, §3 and §5. */
const INTEGRATION =
  'id name phoneNumber phoneNumberId businessAccountId organization endpointUrl apiVersion sandbox active status statusMessage ' +
  'qualityRating messagingLimit throughput hasAppSecret accessTokenLast4 webhookUrl lastWebhookAt createdAt';
const CONVERSATION =
  'id integrationId contact status unreadCount lastMessage lastMessageAt windowExpiresAt windowOpen assignee tags createdAt';
const MESSAGE =
  'id conversationId direction type text status statuses error wamid replyTo reactions media content origin author template ' +
  'edited revoked timestamp createdAt';

it.each([
  ['Integration', dataOf('GET', '/integrations/:id'), INTEGRATION],
  ['Integration in a list', resolved(dataOf('GET', '/integrations').items), INTEGRATION],
  ['Conversation', dataOf('GET', '/conversations/:id'), CONVERSATION],
  ['Conversation in a list', resolved(dataOf('GET', '/conversations').items), CONVERSATION],
  ['Message', dataOf('GET', '/messages/:id'), MESSAGE],
  ['Message in a thread', resolved(dataOf('GET', '/conversations/:id/messages').items), MESSAGE],
  ['Message just sent', dataOf('POST', '/messages/send'), MESSAGE],
])('%s has every field of the contract', (_name, schema, fields) => {
  expect(Object.keys(schema?.properties ?? {})).toEqual(expect.arrayContaining(fields.split(' ')));
  expect(schema?.required).toEqual(expect.arrayContaining(fields.split(' ')));
});

it('shows no secret and asks for the right ones', () => {
  expect(Object.keys(dataOf('GET', '/integrations/:id').properties ?? {})).not.toEqual(
    expect.arrayContaining([expect.stringMatching(/^(accessToken|appSecret)$/)]),
  );
  expect(bodyOf('POST', '/integrations')?.required?.sort()).toEqual(
    ['accessToken', 'appSecret', 'businessAccountId', 'name', 'phoneNumber', 'phoneNumberId'].sort(),
  );
  expect(bodyOf('PUT', '/integrations/:id')?.required ?? []).toEqual([]);
});

it('names the filters and the paging of the lists', () => {
  const names = (route: string) =>
    operationOf('GET', route)
      .parameters.filter((parameter) => parameter.in === 'query')
      .map(({ name }) => name);
  expect(names('/conversations')).toEqual(
    expect.arrayContaining([
      'integration',
      'status',
      'assignee',
      'tag',
      'unread',
      'window',
      'q',
      'limit',
      'cursor',
    ]),
  );
  expect(names('/conversations/:id/messages')).toEqual(expect.arrayContaining(['before', 'after', 'limit']));
  expect(names('/integrations')).toEqual(expect.arrayContaining(['limit', 'cursor']));
});

describe('answers', () => {
  it.each([
    ['POST', '/integrations', ['201', '400', '401', '403', '404', '409', '413', '429', '500']],
    ['DELETE', '/integrations/:id', ['204', '400', '401', '403', '404', '409', '413', '429', '500']],
    ['POST', '/messages/send', ['200', '202', '400', '401', '403', '404', '409', '413', '429', '500', '502']],
    ['GET', '/conversations', ['200', '400', '401', '403', '404', '500']],
    ['POST', '/webhook', ['200', '401', '413', '429', '503']],
    ['GET', '/webhook/:key', ['200', '403']],
    ['GET', '/media/:id', ['200', '206', '403', '404', '416']],
  ])('of %s %s have their real statuses', (method, route, statuses) => {
    expect(Object.keys(answersOf(method, route))).toEqual(statuses);
  });

  it('that refuse say how, on either set of paths', () => {
    const errorOf = (operation: Operation) => operation.responses['400'].content?.['application/json'].schema;
    expect(errorOf(operationOf('POST', '/messages/send'))).toEqual({ $ref: '#/components/schemas/Error' });
    expect(errorOf(document.paths['/api/v1/crm/whatsapp/send'].post)).toEqual({
      $ref: '#/components/schemas/FlatError',
    });
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Error', 'FlatError', 'Integration', 'Conversation', 'Message', 'Template']),
    );
  });
});

it('knows the second set of paths, whatever the prefix, with the fields that it takes', () => {
  expect(documentedBy(true).sort()).toEqual(
    [
      'GET /api/v1/crm/whatsapp/webhook',
      'GET /api/v1/integrations',
      'GET /api/v1/integrations/{id}',
      'POST /api/v1/crm/whatsapp/send',
      'POST /api/v1/crm/whatsapp/webhook',
      'POST /api/v1/integrations',
      'POST /api/v1/integrations/{id}/test',
    ].sort(),
  );
  const { post, servers } = document.paths['/api/v1/integrations'] as unknown as {
    post: Operation;
    servers: unknown;
  };
  expect(servers).toEqual([{ url: '/' }]);
  const taken = post.requestBody?.content['application/json'].schema as Schema;
  expect(Object.keys(taken.properties ?? {})).toEqual(Object.keys(compatInput.shape));
  expect(Object.keys(taken.properties?.config.properties ?? {})).toEqual(
    Object.keys(compatInput.shape.config.unwrap().shape),
  );
});
