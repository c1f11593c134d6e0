import type { Identity } from '../cloud-api/events';
import { aliasesOf, chooseContact, waVariants, type Alias } from './identity';

/** A contact during one drain: stored already (`id`) or about to be. */
export interface Person {
  id: number | null;
  organizationId: number;
  groupId: string | null;
  fields: PersonFields;
  /** What this drain told that is not stored yet. Only this is written: another process may know more by now. */
  learned: Partial<PersonFields>;
}

export interface PersonFields {
  profileName: string;
  phone: string;
  waId: string;
  userId: string;
  parentUserId: string;
  username: string;
}

/** An alias to write as it is to be: a new one, or (`stored`) one whose row has to change. */
export interface AliasWrite {
  alias: Alias;
  person: Person;
  stored: boolean;
  /** Since when the person no longer goes by it, ms; null while it is current. */
  supersededAt: number | null;
}

type Owner = Pick<AliasWrite, 'person' | 'supersededAt'>;

/** `fields` are changed as the drain learns more. */
type Find = (
  organizationId: number,
  alias: Alias,
) => { id: number; supersededAt: number | null; fields: PersonFields } | undefined;

/**
 * What is written under a superseded name is a late message of its former owner for this long; after that it comes from
 * whoever has the number now. Carriers keep a number unused for weeks before they give it to somebody else.
 */
const GIVEN_AWAY_AFTER_MS = 24 * 60 * 60 * 1000;

const isCurrent = ({ supersededAt }: Owner): boolean => supersededAt === null;
const isFormer = ({ supersededAt }: Owner, at: number): boolean =>
  supersededAt !== null && at <= supersededAt + GIVEN_AWAY_AFTER_MS;

/** What an event under a superseded name must not overwrite: answers are sent there. */
const ADDRESS: ReadonlySet<keyof PersonFields> = new Set(['phone', 'waId', 'userId', 'parentUserId']);

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

const NOBODY: Identity = {
  phone: null,
  waId: null,
  userId: null,
  parentUserId: null,
  username: null,
  profileName: null,
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
  /** What the database knows, asked once for each alias. */
  const stored = new Map<string, Owner | undefined>();
  const writes = new Map<string, AliasWrite>();
  const added: Person[] = [];

  const askOwner = (organizationId: number, alias: Alias): Owner | undefined => {
    const row = find(organizationId, alias);
    if (!row) return undefined;
    const { id, supersededAt, fields } = row;
    let person = byId.get(id);
    if (!person) byId.set(id, (person = { id, organizationId, groupId: null, fields, learned: {} }));
    return { person, supersededAt };
  };

  const storedOwner = (organizationId: number, alias: Alias, key: string): Owner | undefined => {
    // Who was not found is asked for again: statuses that waited may have brought more names.
    let owner = stored.get(key);
    if (!owner) stored.set(key, (owner = askOwner(organizationId, alias)));
    return owner;
  };

  const ownerOf = (organizationId: number, alias: Alias): Owner | undefined => {
    const key = keyOf(organizationId, alias);
    return writes.get(key) ?? storedOwner(organizationId, alias, key);
  };

  /** Who is behind these aliases at that moment; a current name counts for more than one somebody went by before. */
  const pick = (organizationId: number, aliases: Alias[], at: number): Owner | undefined => {
    const choose = (counts: (owner: Owner) => boolean): Owner | undefined => {
      const list: Owner[] = [];
      const index = chooseContact(aliases, (alias) => {
        const owner = ownerOf(organizationId, alias);
        return owner && counts(owner) ? list.push(owner) - 1 : undefined;
      });
      return index === undefined ? undefined : list[index];
    };
    return choose(isCurrent) ?? choose((owner) => isFormer(owner, at));
  };

  /** Whom all these aliases name today: nearly always, and then there is nothing to choose and nothing to claim. */
  const soleOwner = (organizationId: number, aliases: Alias[]): Person | undefined => {
    const first = ownerOf(organizationId, aliases[0]);
    if (!first || !isCurrent(first)) return undefined;
    for (let index = 1; index < aliases.length; index += 1) {
      const owner = ownerOf(organizationId, aliases[index]);
      if (owner?.person !== first.person || !isCurrent(owner)) return undefined;
    }
    return first.person;
  };

  const claim = (person: Person, aliases: Alias[], supersededAt: number | null): void => {
    for (const alias of aliases) {
      const owner = ownerOf(person.organizationId, alias);
      if (owner?.person === person && owner.supersededAt === supersededAt) continue;
      const key = keyOf(person.organizationId, alias);
      const isStored = storedOwner(person.organizationId, alias, key) !== undefined;
      writes.set(key, { alias, person, stored: isStored, supersededAt });
    }
  };

  const learn = (person: Person, identity: Identity, isLate: boolean): void => {
    for (const key of Object.keys(EMPTY) as (keyof PersonFields)[]) {
      const value = identity[key];
      if (!value || person.fields[key] === value || (isLate && ADDRESS.has(key))) continue;
      person.fields[key] = value;
      person.learned[key] = value;
    }
  };

  const resolve = (
    organizationId: number,
    identity: Identity,
    groupId: string | null,
    at: number,
  ): Person | null => {
    const aliases = aliasesOf(identity, groupId);
    if (aliases.length === 0) return null;
    const sole = soleOwner(organizationId, aliases);
    if (sole) {
      if (!groupId) learn(sole, identity, false);
      return sole;
    }
    const owner = pick(organizationId, aliases, at);
    let person = owner?.person;
    if (!person) {
      person = { id: null, organizationId, groupId, fields: { ...EMPTY }, learned: {} };
      added.push(person);
    }
    const names = aliases.map((alias) => ownerOf(organizationId, alias));
    const former = [owner, ...names].find((name) => name?.person === person && isFormer(name, at));
    if (!former) claim(person, aliases, null);
    // A late event adds names that nobody has, and leaves those that are known as they are.
    else
      claim(
        person,
        aliases.filter((_, index) => !names[index]),
        former.supersededAt,
      );
    if (!groupId) learn(person, identity, former !== undefined);
    return person;
  };

  return {
    /** The person behind an identity (or the group) at that moment, made when nobody knows one; null when nothing names anybody. */
    resolve,
    /** A person who changed number or BSUID: the thread stays, the new names lead to it as well. */
    rename(organizationId: number, previous: Identity, current: Identity, at: number): Person | null {
      const [before, after] = [aliasesOf(previous), aliasesOf(current)];
      const known = pick(organizationId, before, at)?.person;
      const isOldNews = after.some((alias) => (ownerOf(organizationId, alias)?.supersededAt ?? -1) >= at);
      if (isOldNews) return known ?? pick(organizationId, after, at)?.person ?? null;
      // Whoever had the new names before has given them away, however short a time ago: this very event says so.
      const person = known ?? resolve(organizationId, current, null, Infinity);
      if (!person) return null;
      claim(person, after, null);
      learn(person, current, false);
      // What was written under the old names may come later (Meta keeps no order): it belongs to the same thread.
      for (const alias of before) {
        const now = after.filter(({ kind }) => kind === alias.kind).map(({ value }) => value);
        const isReplaced = now.length > 0 && !now.includes(alias.value);
        claim(person, [alias], isReplaced ? at : null);
      }
      return person;
    },
    /**
     * What a status tells of its recipient: names that nobody has go to somebody who is known by another one of them.
     * Makes no contact, moves no name, and overwrites nothing.
     */
    acquaint(organizationId: number, identity: Identity, at: number): void {
      const aliases = aliasesOf(identity);
      const owner = pick(organizationId, aliases, at);
      if (!owner || !isCurrent(owner)) return;
      const { person } = owner;
      claim(
        person,
        aliases.filter((alias) => !ownerOf(organizationId, alias)),
        null,
      );
      const missing = Object.entries(identity).filter(([key]) => !person.fields[key as keyof PersonFields]);
      learn(person, { ...NOBODY, ...Object.fromEntries(missing) }, false);
    },
    added: (): Person[] => added,
    changed: (): Person[] => [...byId.values()].filter(({ learned }) => Object.keys(learned).length > 0),
    aliasWrites: (): AliasWrite[] => [...writes.values()],
  };
};

export type People = ReturnType<typeof createPeople>;
