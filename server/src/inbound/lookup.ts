import type { Alias } from '../contacts/identity';
import type { PersonFields } from '../contacts/people';
import { TABLES } from '../constants';
import { bindRows, chunks, keySets, probe, rowSet, type KeyGroup, type RowShape } from '../storage/dialect';
import type { Database, TableName } from '../storage/database';
import { createPairs } from '../collections/pairs';
import type { Param, Tx } from '../storage/transaction';
import type { DeliveryStatus, MessageType } from '../messages/contract';

/** Whom a name leads to. */
export interface KnownName {
  id: number;
  /** Since when the contact no longer goes by it, ms; null while it is current. */
  supersededAt: number | null;
  fields: PersonFields;
}

export interface KnownMessage {
  id: number;
  organizationId: number;
  integrationId: number;
  conversationId: number;
  state: DeliveryStatus;
  type: MessageType;
  wamid: string;
}

/** An event that came before the message it speaks of. */
export interface ParkedEvent {
  id: number;
  organizationId: number;
  integrationId: number;
  wamid: string;
  /** As JSON. */
  event: string;
  receivedAt: number;
}

export interface Known {
  contact(organizationId: number, alias: Alias): KnownName | undefined;
  byWamid(integrationId: number, wamid: string): KnownMessage | undefined;
  bySendKey(integrationId: number, sendKey: string): KnownMessage | undefined;
  /** Stored conversation of a contact with a number; not told on MySQL, which has to ask for its ids anyway. */
  conversation(integrationId: number, contactId: number): number | undefined;
  /** By `organization:kind:value`. */
  names: ReadonlyMap<string, KnownName>;
  /** From now on `contact` answers for these names too. */
  learnNames(names: Known['names']): void;
  /** From now on `byWamid` answers this message too: it was just inserted, or its wamid just became known. */
  learn(message: KnownMessage): void;
  /** Parked events of messages that this drain may bring. */
  parked: ParkedEvent[];
  /** Row ids that are kept for new messages (PostgreSQL): what depends on them need not wait until they are written. */
  messageIds: number[];
}

/** Keys of messages by number. */
type MessageKeys = Map<number, Set<string>>;

export interface Wanted {
  /** Aliases of one kind on one number, by any name of the group: of each person the first one, … */
  aliases: Map<string, KeyGroup>;
  /** … and the others, which nearly always lead to the same contact. */
  otherAliases: Map<string, KeyGroup>;
  wamids: MessageKeys;
  sendKeys: MessageKeys;
  /** wamids that this drain may make known: parked events may wait for them. */
  arriving: MessageKeys;
  /** How many messages this drain may bring, at most. */
  newMessages: number;
}

const ALIAS: RowShape = { o: 'int', n: 'int', k: 'text', v: 'text' };
const CONTACT: RowShape = { n: 'int', i: 'int' };
const MESSAGE: RowShape = { n: 'int', w: 'text' };

const aliasKey = (organizationId: number, alias: Alias): string =>
  `${organizationId}:${alias.kind}:${alias.value}`;

const groupsOf = (keys: MessageKeys): KeyGroup[] =>
  [...keys].map(([integrationId, values]) => ({ fixed: [integrationId], values }));

/** Numbers of PostgreSQL's bigint columns arrive as text. */
const num = (value: unknown): number => Number(value);
const str = (value: unknown): string => String(value ?? '');

/** Places of the columns; read one by one, since taking a list apart runs an iterator. */
const [TAG, ORGANIZATION, NUMBER, KIND, VALUE, ID, AT, FIRST, SECOND] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const CONVERSATION = 13;

type Found = unknown[];

const fieldsOf = (row: Found): PersonFields => ({
  profileName: str(row[FIRST]),
  phone: str(row[FIRST + 1]),
  waId: str(row[FIRST + 2]),
  userId: str(row[FIRST + 3]),
  parentUserId: str(row[FIRST + 4]),
  username: str(row[FIRST + 5]),
});

/** The statement of a look-up, part by part; all parts answer the same columns. */
const createQuestion = (db: Database) => {
  const parts: string[] = [];
  const params: Param[] = [];
  const found = (table: TableName, alias: string, condition: string): string =>
    probe(db.dialect, db.name(table), alias, condition);
  const add = (shape: RowShape, keys: Iterable<KeyGroup>, sql: (rows: string) => string): void => {
    for (const { source, bound } of keySets(db.dialect, shape, keys)) {
      parts.push(sql(source));
      params.push(...bound);
    }
  };
  // A sub-select for each person: a join might read the whole table for a handful.
  const conversation =
    db.dialect === 'mysql'
      ? '0'
      : `(SELECT v.id FROM ${db.name(TABLES.conversations)} v WHERE v.integration_id = r.n AND v.contact_id = c.id)`;
  const contact =
    `COALESCE(c.profile_name, '') AS p1, COALESCE(c.phone, '') AS p2, COALESCE(c.wa_id, '') AS p3, ` +
    `COALESCE(c.user_id, '') AS p4, COALESCE(c.parent_user_id, '') AS p5, COALESCE(c.username, '') AS p6, ` +
    `COALESCE(${conversation}, 0) AS cv`;
  const nothing = `'' AS p2, '' AS p3, '' AS p4, '' AS p5, '' AS p6, 0 AS cv`;
  const name = found(TABLES.aliases, 'al', 'al.organization_id = r.o AND al.kind = r.k AND al.value = r.v');
  const named =
    'r.o AS o, r.n AS n, r.k AS k, r.v AS v, al.contact_id AS id, COALESCE(al.superseded_at, 0) AS c';

  return {
    /** Names with the contacts behind them. */
    people: (keys: Iterable<KeyGroup>) =>
      add(
        ALIAS,
        keys,
        (rows) =>
          `SELECT 'a' AS t, ${named}, ${contact} FROM ${rows}${name}${found(TABLES.contacts, 'c', 'c.id = al.contact_id')}`,
      ),
    names: (keys: Iterable<KeyGroup>) =>
      add(ALIAS, keys, (rows) => `SELECT 'n' AS t, ${named}, '' AS p1, ${nothing} FROM ${rows}${name}`),
    /** Contacts of whom only the id is known. */
    contacts: (ids: [integrationId: number, contactId: number][]) => {
      const source = rowSet(db.dialect, CONTACT);
      for (const chunk of chunks(ids)) {
        parts.push(
          `SELECT 'c' AS t, 0 AS o, r.n AS n, '' AS k, '' AS v, c.id AS id, 0 AS c, ${contact} FROM ${source}${found(TABLES.contacts, 'c', 'c.id = r.i')}`,
        );
        params.push(...bindRows(db.dialect, CONTACT, chunk));
      }
    },
    messages: (tag: 'm' | 's', column: string, keys: MessageKeys) =>
      add(
        MESSAGE,
        groupsOf(keys),
        (rows) =>
          `SELECT '${tag}' AS t, m.organization_id AS o, r.n AS n, m.delivery_status AS k, r.w AS v, m.id AS id, ` +
          `m.conversation_id AS c, COALESCE(m.wamid, '') AS p1, m.message_type AS p2, '' AS p3, '' AS p4, '' AS p5, ` +
          `'' AS p6, 0 AS cv FROM ${rows}${found(TABLES.messages, 'm', `m.integration_id = r.n AND m.${column} = r.w`)}`,
      ),
    parked: (keys: MessageKeys) =>
      add(
        MESSAGE,
        groupsOf(keys),
        (rows) =>
          `SELECT 'p' AS t, p.organization_id AS o, r.n AS n, '' AS k, r.w AS v, p.id AS id, p.received_at AS c, ` +
          `p.event AS p1, ${nothing} FROM ${rows}${found(TABLES.parkedStatuses, 'p', 'p.integration_id = r.n AND p.wamid = r.w')}` +
          // Mostly there is none: asked once, not for each row.
          ` WHERE EXISTS (SELECT 1 FROM ${db.name(TABLES.parkedStatuses)})`,
      ),
    /** Row ids for so many messages. */
    keepIds(count: number): void {
      if (db.dialect !== 'postgres' || count === 0) return;
      parts.push(
        `SELECT 'i' AS t, 0 AS o, 0 AS n, '' AS k, string_agg(nextval(pg_get_serial_sequence(?, 'id'))::text, ',') AS v, ` +
          `0 AS id, 0 AS c, '' AS p1, ${nothing} FROM generate_series(1, ?)`,
      );
      params.push(db.name(TABLES.messages), count);
    },
    ask: (tx: Tx): Promise<Found[]> =>
      parts.length === 0 ? Promise.resolve([]) : tx.lists(parts.join(' UNION ALL '), params),
  };
};

/** A name as it is stored, before it is known who is behind it. */
interface Told {
  key: string;
  integrationId: number;
  contactId: number;
  supersededAt: number | null;
}

/**
 * All that a drain has to know before it writes, in ONE statement: contacts behind aliases, messages behind wamids and
 * send keys, events that wait for what it brings. A second one only for somebody whose first name nobody knows yet.
 */
export const lookUp = async (db: Database, tx: Tx, wanted: Wanted): Promise<Known> => {
  const question = createQuestion(db);
  question.people(wanted.aliases.values());
  question.names(wanted.otherAliases.values());
  question.messages('m', 'wamid', wanted.wamids);
  question.messages('s', 'send_key', wanted.sendKeys);
  question.parked(wanted.arriving);
  question.keepIds(wanted.newMessages);

  const told: Told[] = [];
  const fields = new Map<number, PersonFields>();
  const conversations = createPairs<number, number, number>();
  const wamids = createPairs<number, string, KnownMessage>();
  const sendKeys = createPairs<number, string, KnownMessage>();
  const parked: ParkedEvent[] = [];
  let messageIds: number[] = [];

  const meet = (row: Found): void => {
    const contactId = num(row[ID]);
    if (!fields.has(contactId)) fields.set(contactId, fieldsOf(row));
    const conversation = num(row[CONVERSATION]);
    if (conversation) conversations.set(num(row[NUMBER]), contactId, conversation);
  };
  const readName = (row: Found): void => {
    told.push({
      key: aliasKey(num(row[ORGANIZATION]), { kind: row[KIND], value: row[VALUE] } as Alias),
      integrationId: num(row[NUMBER]),
      contactId: num(row[ID]),
      supersededAt: num(row[AT]) || null,
    });
  };
  const readMessage = (row: Found): void =>
    (row[TAG] === 'm' ? wamids : sendKeys).set(num(row[NUMBER]), str(row[VALUE]), {
      id: num(row[ID]),
      organizationId: num(row[ORGANIZATION]),
      integrationId: num(row[NUMBER]),
      conversationId: num(row[AT]),
      state: row[KIND] as DeliveryStatus,
      type: row[SECOND] as MessageType,
      wamid: str(row[FIRST]),
    });
  const read = (row: Found): void => {
    switch (row[TAG]) {
      case 'a':
        meet(row);
        return readName(row);
      case 'n':
        return readName(row);
      case 'c':
        return meet(row);
      case 'i':
        // None when the column does not own its sequence: a copied database may have lost that.
        if (row[VALUE]) messageIds = str(row[VALUE]).split(',').map(Number);
        return;
      case 'p':
        parked.push({
          id: num(row[ID]),
          organizationId: num(row[ORGANIZATION]),
          integrationId: num(row[NUMBER]),
          wamid: str(row[VALUE]),
          event: str(row[FIRST]),
          receivedAt: num(row[AT]),
        });
        return;
      default:
        readMessage(row);
    }
  };

  (await question.ask(tx)).forEach(read);
  const strangers = new Map(
    told.flatMap(({ integrationId, contactId }) =>
      fields.has(contactId) ? [] : [[contactId, integrationId] as const],
    ),
  );
  if (strangers.size > 0) {
    const more = createQuestion(db);
    more.contacts([...strangers].map(([contactId, integrationId]) => [integrationId, contactId]));
    (await more.ask(tx)).forEach(read);
  }

  const names = new Map<string, KnownName>();
  for (const { key, contactId, supersededAt } of told) {
    const known = fields.get(contactId);
    if (known) names.set(key, { id: contactId, supersededAt, fields: known });
  }
  return {
    names,
    learnNames: (more) => more.forEach((name, key) => names.set(key, name)),
    contact: (organizationId, alias) => names.get(aliasKey(organizationId, alias)),
    byWamid: wamids.get,
    conversation: conversations.get,
    bySendKey: sendKeys.get,
    learn: (message) => wamids.set(message.integrationId, message.wamid, message),
    parked,
    messageIds,
  };
};
