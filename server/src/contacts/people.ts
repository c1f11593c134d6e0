import type { Identity } from '../cloud-api/events';
import { aliasesOf, chooseContact, waVariants, type Alias } from './identity';

/** A contact during one drain: stored already (`id`) or about to be. */
export interface Person {
  id: number | null;
  organizationId: number;
  groupId: string | null;
  fields: PersonFields;
  /** True when `fields` differ from what is stored. */
  changed: boolean;
}

export interface PersonFields {
  profileName: string;
  phone: string;
  waId: string;
  userId: string;
  parentUserId: string;
  username: string;
}

/** An alias to write: a new one, or one that has to move to another contact. */
export interface AliasWrite {
  alias: Alias;
  person: Person;
  move: boolean;
}

type Find = (organizationId: number, alias: Alias) => ({ id: number } & PersonFields) | undefined;

const keyOf = (organizationId: number, alias: Alias): string =>
  `${organizationId}:${alias.kind}:${alias.value}`;

const EMPTY: PersonFields = {
  profileName: '',
  phone: '',
  waId: '',
  userId: '',
  parentUserId: '',
  username: '',
};

/** Every alias that has to be looked up to recognise somebody: his own and the spellings of three countries. */
export const aliasesToLookUp = (aliases: Alias[]): Alias[] => [
  ...aliases,
  ...aliases.flatMap((alias) =>
    alias.kind === 'wa' ? waVariants(alias.value).map((value): Alias => ({ kind: 'wa', value })) : [],
  ),
];

/**
 * Recognises people over all events of a drain: an alias that one event proves helps the next. Pure; `find` answers
 * what the database knows.
 */
export const createPeople = (find: Find) => {
  const byId = new Map<number, Person>();
  const byAlias = new Map<string, Person>();
  const writes = new Map<string, AliasWrite>();
  const added: Person[] = [];

  const stored = (organizationId: number, alias: Alias): Person | undefined => {
    const row = find(organizationId, alias);
    if (!row) return undefined;
    let person = byId.get(row.id);
    if (!person) {
      const { id, ...fields } = row;
      person = { id, organizationId, groupId: null, fields: { ...fields }, changed: false };
      byId.set(id, person);
    }
    return person;
  };

  const personOf = (organizationId: number, alias: Alias): Person | undefined =>
    byAlias.get(keyOf(organizationId, alias)) ?? stored(organizationId, alias);

  const pick = (organizationId: number, aliases: Alias[]): Person | undefined => {
    const list: Person[] = [];
    const index = chooseContact(aliases, (alias) => {
      const person = personOf(organizationId, alias);
      return person ? list.push(person) - 1 : undefined;
    });
    return index === undefined ? undefined : list[index];
  };

  const claim = (person: Person, aliases: Alias[]): void => {
    for (const alias of aliases) {
      const key = keyOf(person.organizationId, alias);
      const owner = personOf(person.organizationId, alias);
      if (owner === person) continue;
      writes.set(key, { alias, person, move: stored(person.organizationId, alias) !== undefined });
      byAlias.set(key, person);
    }
  };

  const learn = (person: Person, identity: Identity): void => {
    for (const key of Object.keys(EMPTY) as (keyof PersonFields)[]) {
      const value = identity[key];
      if (!value || person.fields[key] === value) continue;
      person.fields[key] = value;
      person.changed = true;
    }
  };

  const resolve = (organizationId: number, identity: Identity, groupId: string | null): Person | null => {
    const aliases = aliasesOf(identity, groupId);
    if (aliases.length === 0) return null;
    let person = pick(organizationId, aliases);
    if (!person) {
      person = { id: null, organizationId, groupId, fields: { ...EMPTY }, changed: false };
      added.push(person);
    }
    claim(person, aliases);
    if (!groupId) learn(person, identity);
    return person;
  };

  return {
    /** The person behind an identity (or the group), made when nobody knows one; null when nothing names anybody. */
    resolve,
    /** A person who changed number or BSUID: the thread stays, the new names lead to it as well. */
    rename(organizationId: number, previous: Identity, current: Identity): Person | null {
      const known = pick(organizationId, aliasesOf(previous));
      if (known) {
        claim(known, aliasesOf(current));
        learn(known, current);
        return known;
      }
      const person = resolve(organizationId, current, null);
      // What was written under the old names may come later (Meta keeps no order): it belongs to the same thread.
      if (person) claim(person, aliasesOf(previous));
      return person;
    },
    added: (): Person[] => added,
    changed: (): Person[] => [...byId.values()].filter((person) => person.changed),
    aliasWrites: (): AliasWrite[] => [...writes.values()],
  };
};

export type People = ReturnType<typeof createPeople>;
