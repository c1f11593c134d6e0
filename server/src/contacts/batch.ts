import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { RowShape } from '../storage/dialect';
import { documentId } from '../storage/ids';
import { insertRows } from '../storage/insert';
import type { Tx } from '../storage/transaction';
import { RaceLost } from '../storage/race';
import { updateRows } from '../storage/update';
import type { People, Person, PersonFields } from './people';

const CONTACT: RowShape = {
  document_id: 'text',
  organization_id: 'int',
  group_id: 'text',
  profile_name: 'text',
  phone: 'text',
  wa_id: 'text',
  user_id: 'text',
  parent_user_id: 'text',
  username: 'text',
};
const ALIAS: RowShape = {
  document_id: 'text',
  organization_id: 'int',
  contact_id: 'int',
  kind: 'text',
  value: 'text',
  superseded_at: 'int',
};
const REWRITE: RowShape = { o: 'int', k: 'text', v: 'text', c: 'int', s: 'int' };
const REFRESH: RowShape = {
  i: 'int',
  profile_name: 'text',
  phone: 'text',
  wa_id: 'text',
  user_id: 'text',
  parent_user_id: 'text',
  username: 'text',
};

const fieldCells = (fields: Partial<PersonFields>) => [
  fields.profileName || null,
  fields.phone || null,
  fields.waId || null,
  fields.userId || null,
  fields.parentUserId || null,
  fields.username || null,
];

const insertPeople = async (db: Database, tx: Tx, added: Person[], now: number): Promise<void> => {
  const keyed = new Map(added.map((person) => [documentId(), person]));
  const written = await insertRows(db, tx, {
    table: TABLES.contacts,
    shape: CONTACT,
    rows: [...keyed].map(([key, person]) => [
      key,
      person.organizationId,
      person.groupId,
      ...fieldCells(person.fields),
    ]),
    stampedAt: now,
    returning: ['id', 'document_id'],
  });
  for (const row of written) {
    const person = keyed.get(String(row.document_id));
    if (person) person.id = Number(row.id);
  }
};

/** Writes the people and aliases that a drain found out about, and gives each new person its id. */
export const savePeople = async (db: Database, tx: Tx, people: People, now: number): Promise<void> => {
  await insertPeople(db, tx, people.added(), now);

  const writes = people.aliasWrites();
  const fresh = writes.filter((write) => !write.stored);
  const written = await insertRows(db, tx, {
    table: TABLES.aliases,
    shape: ALIAS,
    // Sorted, so that two processes take their index locks in the same order.
    rows: fresh
      .map(({ alias, person, supersededAt }) => [
        documentId(),
        person.organizationId,
        person.id,
        alias.kind,
        alias.value,
        supersededAt,
      ])
      .sort((a, b) => (`${a[1]}:${a[3]}:${a[4]}` < `${b[1]}:${b[3]}:${b[4]}` ? -1 : 1)),
    stampedAt: now,
    conflict: 'ignore',
    returning: ['document_id'],
  });
  if (written.length < fresh.length) throw new RaceLost('A contact');

  await updateRows(db, tx, {
    table: TABLES.aliases,
    shape: REWRITE,
    rows: writes
      .filter((write) => write.stored)
      .map(({ alias, person, supersededAt }) => [
        person.organizationId,
        alias.kind,
        alias.value,
        person.id,
        supersededAt,
      ]),
    on: 'm.organization_id = r.o AND m.kind = r.k AND m.value = r.v',
    set: [
      ['contact_id', 'r.c'],
      ['superseded_at', 'r.s'],
    ],
  });
  await updateRows(db, tx, {
    table: TABLES.contacts,
    shape: REFRESH,
    rows: people.changed().map((person) => [person.id, ...fieldCells(person.learned)]),
    on: 'm.id = r.i',
    set: Object.keys(REFRESH)
      .slice(1)
      .map((column) => [column, `COALESCE(r.${column}, m.${column})`]),
  });
};
