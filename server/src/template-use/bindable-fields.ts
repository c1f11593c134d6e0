import type { BindableField } from './contract';
import { followPath, isTellable, type Attribute, type ContentReader, type Schemas } from './path';

const KIND_OF: Record<string, BindableField['type']> = {
  integer: 'number',
  biginteger: 'number',
  float: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  timestamp: 'datetime',
  enumeration: 'enumeration',
  media: 'media',
};

/** `seo.metaTitle` → `Seo › Meta title`. */
export const labelOf = (path: string): string =>
  path
    .split('.')
    .map((name) => {
      const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ');
      return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
    })
    .join(' › ');

/** Components within components, and one relation: further away nobody looks for a field. */
const MOST_DEPTH = 3;

/** What may be bound of a type with these eyes: its fields, those of its components, and of what it is related to. */
export const bindableFields = (schemas: Schemas, uid: string, reader: ContentReader): BindableField[] => {
  const fieldsAt = (path: string, attribute: Attribute, depth: number): BindableField[] => {
    if (attribute.private || depth > MOST_DEPTH) return [];
    if (isTellable(attribute)) {
      if (typeof followPath(schemas, uid, path, reader) === 'string') return [];
      return [{ path, label: labelOf(path), type: KIND_OF[attribute.type] ?? 'text' }];
    }
    const isComponent = attribute.type === 'component';
    const inside = isComponent ? attribute.component : attribute.target;
    const leads = isComponent || (attribute.type === 'relation' && !path.includes('.'));
    if (!inside || !leads) return [];
    return Object.entries(schemas.attributesOf(inside) ?? {})
      .filter(([, each]) => each.type !== 'relation')
      .flatMap(([name, each]) => fieldsAt(`${path}.${name}`, each, depth + 1));
  };
  return Object.entries(schemas.attributesOf(uid) ?? {}).flatMap(([name, attribute]) =>
    fieldsAt(name, attribute, 0),
  );
};
