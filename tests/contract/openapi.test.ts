/** docs/openapi.json is what other programs are given: it has to be about the routes that exist. */
import fs from 'node:fs';
import path from 'node:path';
import plugin from '../../server/src';

interface Schema {
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
}

const HINT = 'run "npm run openapi" and commit docs/openapi.json';
const document = JSON.parse(
  fs.readFileSync(path.join(__dirname, '../../docs/openapi.json'), 'utf8'),
) as Document;
const routes = plugin.routes['content-api']().routes;

const documented = Object.entries(document.paths).flatMap(([route, operations]) =>
  Object.keys(operations).map((method) => `${method.toUpperCase()} ${route}`),
);
const pathOf = (route: string): string => `/whatsapp${route.replace(/:(\w+)/g, '{$1}')}`;
const operationOf = (method: string, route: string): Operation =>
  document.paths[pathOf(route)][method.toLowerCase()];
const answerOf = (method: string, route: string): Schema =>
  operationOf(method, route).responses['200'].content?.['application/json'].schema as Schema;
const bodyOf = (method: string, route: string): Schema | undefined => {
  const content = operationOf(method, route).requestBody?.content;
  return (content?.['application/json'] ?? content?.['multipart/form-data'])?.schema as Schema | undefined;
};
const dataOf = (method: string, route: string): Schema => answerOf(method, route).properties?.data as Schema;

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
    expect([route, Object.keys(answerOf(method, route)).length > 1]).toEqual([route, true]);
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
  ['Integration in a list', dataOf('GET', '/integrations').items, INTEGRATION],
  ['Conversation', dataOf('GET', '/conversations/:id'), CONVERSATION],
  ['Conversation in a list', dataOf('GET', '/conversations').items, CONVERSATION],
  ['Message', dataOf('GET', '/messages/:id'), MESSAGE],
  ['Message in a thread', dataOf('GET', '/conversations/:id/messages').items, MESSAGE],
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
