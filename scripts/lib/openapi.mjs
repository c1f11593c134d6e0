/** Strapi describes the whole app; a reader of our document wants this plugin's paths and the schemas they use. */

const OURS = /^\/(whatsapp|v1)(\/|$)/;

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

/**
 * @param {object} document what `strapi openapi generate` wrote
 * @param {{ version: string }} manifest our package.json
 */
export const ownPart = (document, { version }) => {
  const paths = Object.fromEntries(Object.entries(document.paths).filter(([path]) => OURS.test(path)));
  const schemas = used(paths, document.components?.schemas ?? {});
  return {
    ...document,
    info: { title: 'strapi-plugin-whatsapp', description: 'Content API of the WhatsApp inbox.', version },
    servers: [{ url: '/api', description: "Strapi's REST prefix (api.rest.prefix)" }],
    components: { ...document.components, schemas },
    paths,
  };
};
