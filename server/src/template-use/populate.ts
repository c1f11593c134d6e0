import type { ContentReader, Path, Step } from './path';

interface Query {
  fields: string[];
  populate: Record<string, unknown>;
}

/** Columns of a file that a header needs. */
const FILE_FIELDS = ['name', 'url', 'mime', 'size', 'hash', 'updatedAt'];

const childOf = (populate: Record<string, unknown>, name: string, make: () => object): Query => {
  populate[name] ??= make();
  return populate[name] as Query;
};

const empty = (): Query => ({ fields: [], populate: {} });

const enter = (query: Query, step: Step, reader: ContentReader): Query[] => {
  if (step.kind === 'zone') {
    const zone = childOf(query.populate, step.name, () => ({ on: {} })) as unknown as {
      on: Record<string, unknown>;
    };
    return step.components.map((uid) => childOf(zone.on, uid, empty));
  }
  const filters = step.kind === 'relation' ? reader.filtersFor(step.target) : null;
  return [childOf(query.populate, step.name, () => ({ ...empty(), ...(filters ? { filters } : {}) }))];
};

const mark = (query: Query, path: Path): void => {
  if (path.type === 'media') query.populate[path.name] = { fields: FILE_FIELDS };
  else if (!query.fields.includes(path.name)) query.fields.push(path.name);
};

/** `fields` and `populate` of Strapi's document service that bring exactly what these paths lead to. */
export const queryFor = (paths: readonly Path[], reader: ContentReader): Query => {
  const root = empty();
  for (const path of paths) {
    let places = [root];
    for (const step of path.steps) places = places.flatMap((place) => enter(place, step, reader));
    for (const place of places) mark(place, path);
  }
  return root;
};
