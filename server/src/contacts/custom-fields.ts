import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { seenContacts } from './card';
import { isRecord } from '../collections/record';

/** Contacts that are looked at: what nobody of these has is no field of today. */
const LOOK_AT = 500;
const MOST_FIELDS = 100;
const MOST_DEPTH = 3;
const LONGEST_NAME = 100;

/** Paths to what can be told: `city`, `car.model`. A name with a dot, or too long a one, cannot be named in a path. */
export const pathsIn = (attributes: unknown, depth = 1): string[] =>
  isRecord(attributes)
    ? Object.entries(attributes).flatMap(([name, value]) => {
        if (name === '' || name.length > LONGEST_NAME || name.includes('.')) return [];
        if (!isRecord(value)) return [name];
        return depth < MOST_DEPTH ? pathsIn(value, depth + 1).map((path) => `${name}.${path}`) : [];
      })
    : [];

/** Fields that programs have given to contacts which this viewer sees, in the order of their names. */
export const customFieldsOf = async (db: Database, scope: Scope): Promise<string[]> => {
  const { where, params } = seenContacts(db, scope);
  const rows = await db.all(
    `SELECT custom_attributes FROM ${db.name(TABLES.contacts)} WHERE ${where} AND custom_attributes IS NOT NULL ORDER BY id DESC LIMIT ${LOOK_AT}`,
    params,
  );
  const paths = rows.flatMap(({ custom_attributes: custom }) =>
    pathsIn(typeof custom === 'string' ? (JSON.parse(custom || 'null') as unknown) : custom),
  );
  return [...new Set(paths)].sort((a, b) => (a < b ? -1 : 1)).slice(0, MOST_FIELDS);
};
