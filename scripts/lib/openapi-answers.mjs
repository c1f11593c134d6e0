/** What Strapi's generator does not know of our routes: statuses, errors, files, and the second set of paths. */

const FILE = {
  200: ['The file', 'application/octet-stream'],
  206: ['The asked part of it', 'application/octet-stream'],
  416: ['There is no such part'],
};
const WEBHOOK = {
  GET: { 200: ['The challenge', 'text/plain'] },
  POST: {
    200: ['Stored'],
    413: ['Larger than 4 MB'],
    429: ['Too many calls that are not signed'],
    503: ['Could not be stored; deliver it again'],
  },
};
const SENT = { 200: ['The first message of this client key'], 202: ['Written down; it is sent right after'] };

/** What a route answers when all is well, where that is not 200 alone: status → [words, content type]. */
const SUCCESS = [
  [/^GET .*\/webhook/, WEBHOOK.GET],
  [/^POST .*\/webhook/, WEBHOOK.POST],
  [/^GET .*\/(simulator\/)?media\/|^GET .*\/file$/, FILE],
  [/^POST \/whatsapp\/messages\/(send|\{id\}\/send-again)$/, SENT],
  [/^POST \/whatsapp\/(integrations|uploads)$/, { 201: ['Made'] }],
  [/^DELETE /, { 204: ['Done; there is no body'] }],
];

const REFUSED = {
  400: 'Not as described',
  401: 'No token, or none that is known',
  403: 'The token lacks the scope, or the person may not be written to',
  404: 'Unknown, or of another organization',
  409: 'It stands against what holds now',
  413: 'The body is too large',
  429: 'Too many calls; see Retry-After',
  500: 'Not expected, or no encryption key is set',
  502: 'Meta refused',
};
/** Refusals by what a route does; reading knows the first four. */
const refusedBy = (method, path) => {
  if (/webhook/.test(path)) return method === 'GET' ? [403] : [401];
  if (isOpen(path)) return [403, 404];
  const reading = [400, 401, 403, 404, 500];
  if (method === 'GET') return reading;
  return [...reading, 409, 413, 429, ...(/test|sync|block|uploads|send/.test(path) ? [502] : [])];
};

/** Signed by other means than a token. */
const isOpen = (path) => /\/(webhook|media)(\/|$)|\/file$/.test(path);

const text = { type: 'string' };
export const ERROR_SCHEMAS = {
  Error: {
    type: 'object',
    required: ['data', 'error'],
    properties: {
      data: { type: 'null' },
      error: {
        type: 'object',
        required: ['status', 'name', 'message'],
        properties: {
          status: { type: 'integer' },
          name: text,
          message: { ...text, description: 'For a person; may change' },
          details: {
            type: 'object',
            properties: {
              code: { ...text, description: 'Stable; decide by it. Strapi’s own 401, 403 and 404 have none' },
              errors: {
                type: 'array',
                items: { type: 'object', properties: { path: text, message: text } },
              },
            },
          },
        },
      },
    },
  },
  FlatError: {
    type: 'object',
    required: ['error', 'message'],
    properties: {
      error: { ...text, description: 'The same code as `details.code` elsewhere' },
      message: text,
    },
  },
};

const contentOf = (type, schema) => ({ [type]: { schema } });

/** One operation with all of its answers. */
export const withAnswers = (method, path, operation, errorSchema = 'Error') => {
  const made = SUCCESS.find(([route]) => route.test(`${method} ${path}`))?.[1] ?? { 200: ['OK'] };
  const schema = operation.responses['200']?.content?.['application/json']?.schema;
  const responses = {};
  for (const [status, [description, type = 'application/json']] of Object.entries(made)) {
    const bare =
      Number(status) === 204 || Number(status) >= 400 || (/webhook/.test(path) && method === 'POST');
    responses[status] = { description, ...(bare || !schema ? {} : { content: contentOf(type, schema) }) };
  }
  const refused = contentOf('application/json', { $ref: `#/components/schemas/${errorSchema}` });
  for (const status of refusedBy(method, path))
    responses[status] ??= { description: REFUSED[status], content: refused };
  return { ...operation, responses, ...(isOpen(path) ? { security: [] } : {}) };
};

const optional = { type: 'string' };
/** Body of `POST /api/v1/integrations`, as server/src/compat/schema-input.ts takes it. */
const COMPAT_NUMBER = {
  type: 'object',
  required: ['apiKey'],
  properties: {
    provider: optional,
    category: optional,
    name: optional,
    apiKey: { ...text, description: 'Access token' },
    apiSecret: { ...text, description: 'Phone number id; `config.phoneNumberId` says the same' },
    endpointUrl: optional,
    config: {
      type: 'object',
      properties: {
        sandbox: { type: 'boolean' },
        phoneNumberId: optional,
        businessAccountId: optional,
        appSecret: optional,
        displayPhoneNumber: optional,
      },
    },
  },
};

/** The second set of paths: [method, its path, the route that it is]. */
const COMPAT = [
  ['get', '/integrations', '/whatsapp/integrations'],
  ['post', '/integrations', '/whatsapp/integrations', COMPAT_NUMBER],
  ['get', '/integrations/{id}', '/whatsapp/integrations/{id}'],
  ['post', '/integrations/{id}/test', '/whatsapp/integrations/{id}/test'],
  ['post', '/crm/whatsapp/send', '/whatsapp/messages/send'],
  ['get', '/crm/whatsapp/webhook', '/whatsapp/webhook'],
  ['post', '/crm/whatsapp/webhook', '/whatsapp/webhook'],
];

/** The same operations under fixed addresses, with flat errors. `paths`: as Strapi wrote them. */
export const compatPaths = (paths) => {
  const made = {};
  for (const [method, address, original, body] of COMPAT) {
    const operation = paths[original]?.[method];
    if (!operation) continue;
    const path = `/api/v1${address}`;
    const answered = withAnswers(method.toUpperCase(), original, operation, 'FlatError');
    const requestBody = body
      ? { required: true, content: contentOf('application/json', body) }
      : operation.requestBody;
    made[path] = {
      // Fixed, whatever the site's REST prefix is.
      servers: [{ url: '/' }],
      ...made[path],
      [method]: {
        ...answered,
        operationId: `whatsapp/${method}${path.replaceAll('/', '_')}`,
        ...(requestBody ? { requestBody } : {}),
      },
    };
  }
  return made;
};
