/** Strapi describes the whole app; a reader of our document wants this plugin's paths and the schemas they use. */
import { compatPaths, ERROR_SCHEMAS, withAnswers } from './openapi-answers.mjs';

const OURS = /^\/whatsapp(\/|$)/;

const refsIn = (value, found = new Set()) => {
  if (Array.isArray(value)) for (const item of value) refsIn(item, found);
  else if (value && typeof value === 'object') {
    if (typeof value.$ref === 'string') found.add(value.$ref);
    for (const item of Object.values(value)) refsIn(item, found);
  }
  return found;
};

/** Schemas that are reached from the paths, directly or through another schema. */
const used = (paths, schemas) => {
  const kept = {};
  const queue = [...refsIn(paths)];
  while (queue.length > 0) {
    const name = queue.pop().split('/').pop();
    if (name in kept || !(name in schemas)) continue;
    kept[name] = schemas[name];
    queue.push(...refsIn(schemas[name]));
  }
  return Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1)));
};

/** Strapi repeats the dialect in every schema; the document names it once. */
const withoutDialects = (value) => {
  if (Array.isArray(value)) return value.map(withoutDialects);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$schema')
      .map(([key, inner]) => [key, withoutDialects(inner)]),
  );
};

const schemaOf = ({ content }) => content?.['application/json']?.schema;
/** What has a name of its own: where it is written out in full. */
const NAMED = {
  Integration: (paths) => dataAt(paths, '/whatsapp/integrations/{id}'),
  Conversation: (paths) => dataAt(paths, '/whatsapp/conversations/{id}'),
  Message: (paths) => dataAt(paths, '/whatsapp/messages/{id}'),
  Template: (paths) => dataAt(paths, '/whatsapp/templates/{id}'),
  SendBody: (paths) => {
    const body = paths['/whatsapp/messages/send']?.post?.requestBody;
    return body && schemaOf(body);
  },
};
const dataAt = (paths, path) => {
  const answer = paths[path]?.get?.responses?.['200'];
  return answer && schemaOf(answer)?.properties?.data;
};

/** Named things written once; every place that repeats one word for word refers to it. */
const hoist = (paths) => {
  const schemas = {};
  const names = new Map();
  for (const [name, find] of Object.entries(NAMED)) {
    const schema = find(paths);
    if (!schema) continue;
    schemas[name] = schema;
    names.set(JSON.stringify(schema), name);
  }
  const referring = (value) => {
    if (Array.isArray(value)) return value.map(referring);
    if (!value || typeof value !== 'object') return value;
    const name = value.type === 'object' && names.get(JSON.stringify(value));
    if (name) return { $ref: `#/components/schemas/${name}` };
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, referring(inner)]));
  };
  return { schemas, paths: referring(paths) };
};

const answered = (paths) =>
  Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([method, operation]) => [
          method,
          withAnswers(method.toUpperCase(), path, operation),
        ]),
      ),
    ]),
  );

/**
 * @param {object} document what `strapi openapi generate` wrote
 * @param {{ version: string }} manifest our package.json
 */
export const ownPart = (document, { version }) => {
  const written = Object.entries(document.paths).filter(([path]) => OURS.test(path));
  const { paths, schemas: named } = hoist(withoutDialects(Object.fromEntries(written)));
  const schemas = used(paths, document.components?.schemas ?? {});
  const bearerAuth = { type: 'http', scheme: 'bearer', description: 'A Strapi API token' };
  return {
    ...document,
    info: { title: 'strapi-plugin-whatsapp', description: 'Content API of the WhatsApp inbox.', version },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: '/api', description: "Strapi's REST prefix (api.rest.prefix)" }],
    components: { securitySchemes: { bearerAuth }, schemas: { ...schemas, ...named, ...ERROR_SCHEMAS } },
    paths: { ...answered(paths), ...compatPaths(paths) },
  };
};
