/** An attribute of a content type or component, as far as values are read from it. */
export interface Attribute {
  type: string;
  /** Of a relation: `oneToOne`, `manyToMany` … and the uid of what it leads to. */
  relation?: string;
  target?: string;
  /** Of a component: its uid, and whether there are several. */
  component?: string;
  repeatable?: boolean;
  /** Of a dynamic zone: uids of its components. */
  components?: string[];
  multiple?: boolean;
  private?: boolean;
}

export type Attributes = Record<string, Attribute>;

export interface Schemas {
  /** Attributes of a content type or component by uid; undefined when there is none. */
  attributesOf(uid: string): Attributes | undefined;
  /** Whether values may be taken from this content type at all, whoever asks. */
  isOpen(uid: string): boolean;
}

/** Whose eyes read. */
export interface ContentReader {
  /** A field by its dotted path within the type (`title`, `seo.metaTitle`); null: the type at all. */
  mayRead(uid: string, field: string | null): boolean;
  /** Which entries of the type, as filters of Strapi's; null: all. */
  filtersFor(uid: string): Record<string, unknown> | null;
}

export type Step =
  | { kind: 'relation'; name: string; target: string; many: boolean }
  | { kind: 'component'; name: string; component: string; many: boolean }
  | { kind: 'zone'; name: string; components: string[] };

/** A dotted path with what it leads through. */
export interface Path {
  steps: Step[];
  name: string;
  type: string;
  many: boolean;
}

/** `gone`: leads nowhere (any more). `forbidden`: the reader may not see what is there. */
export type PathProblem = 'gone' | 'forbidden';

/** Types of a field that a person can be told. */
const TELLABLE = new Set([
  'string',
  'text',
  'richtext',
  'blocks',
  'email',
  'uid',
  'enumeration',
  'integer',
  'biginteger',
  'float',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'timestamp',
  'time',
  'media',
]);

const MOST_STEPS = 5;

/** Strapi writes these itself and shows them to whoever may read the type. */
const OF_EVERYBODY = new Set(['createdAt', 'updatedAt', 'publishedAt']);

export const isTellable = ({ type, private: hidden }: Attribute): boolean => !hidden && TELLABLE.has(type);

interface Place {
  /** Whose permissions count: the content type that the component belongs to. */
  uid: string;
  /** Path within that type, of the component that we stand in. */
  prefix: string;
  attributes: Attributes;
}

const within = ({ prefix }: Place, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);

/** Names come from outside: `constructor` is no field. */
const ownOf = (attributes: Attributes | undefined, name: string): Attribute | undefined =>
  attributes && Object.prototype.hasOwnProperty.call(attributes, name) ? attributes[name] : undefined;

const isAlike = (a: Attribute, b: Attribute | undefined): boolean =>
  b !== undefined && !b.private && a.type === b.type && a.target === b.target && a.component === b.component;

/** The components of a zone that have the next field, and all of them the same; a zone is granted as a whole. */
const zoneWith = (
  schemas: Schemas,
  components: string[],
  next: string,
): { fitting: string[]; attributes: Attributes } => {
  const fieldOf = (uid: string) => ownOf(schemas.attributesOf(uid), next);
  const field = components.map(fieldOf).find((each) => each !== undefined && !each.private);
  if (!field) return { fitting: [], attributes: {} };
  const fitting = components.filter((uid) => isAlike(field, fieldOf(uid)));
  return { fitting, attributes: { [next]: field } };
};

/**
 * Follows a dotted path (`title`, `category.name`, `seo.metaTitle`) through the schemas with somebody's eyes. Private
 * fields and passwords lead nowhere, whoever asks.
 */
export const followPath = (
  schemas: Schemas,
  uid: string,
  dotted: string,
  reader: ContentReader,
): Path | PathProblem => {
  const parts = dotted.split('.');
  const attributes = schemas.isOpen(uid) ? schemas.attributesOf(uid) : undefined;
  if (!attributes || parts.length > MOST_STEPS) return 'gone';
  if (!reader.mayRead(uid, null)) return 'forbidden';
  let place: Place = { uid, prefix: '', attributes };
  let granted = false;
  let many = false;
  const steps: Step[] = [];
  for (const [index, name] of parts.entries()) {
    const attribute = ownOf(place.attributes, name);
    if (!attribute || attribute.private) return 'gone';
    const field = within(place, name);
    const open = granted || OF_EVERYBODY.has(field);
    const isLast = index === parts.length - 1;
    if (isLast) {
      if (!isTellable(attribute)) return 'gone';
      if (!open && !reader.mayRead(place.uid, field)) return 'forbidden';
      return { steps, name, type: attribute.type, many };
    }
    const { target, component, components } = attribute;
    if (attribute.type === 'component' && component) {
      // What is granted are the fields inside.
      steps.push({ kind: 'component', name, component, many: attribute.repeatable === true });
      place = { ...place, prefix: field, attributes: schemas.attributesOf(component) ?? {} };
      many ||= attribute.repeatable === true;
    } else if (attribute.type === 'relation' && target && schemas.isOpen(target)) {
      if (!open && !reader.mayRead(place.uid, field)) return 'forbidden';
      if (!reader.mayRead(target, null)) return 'forbidden';
      const isMany = attribute.relation?.endsWith('ToMany') === true;
      steps.push({ kind: 'relation', name, target, many: isMany });
      place = { uid: target, prefix: '', attributes: schemas.attributesOf(target) ?? {} };
      granted = false;
      many ||= isMany;
    } else if (attribute.type === 'dynamiczone' && components) {
      if (!open && !reader.mayRead(place.uid, field)) return 'forbidden';
      const { fitting, attributes: inside } = zoneWith(schemas, components, parts[index + 1]);
      steps.push({ kind: 'zone', name, components: fitting });
      place = { ...place, prefix: field, attributes: inside };
      granted = true;
    } else return 'gone';
  }
  return 'gone';
};
