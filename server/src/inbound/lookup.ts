import type { Alias } from '../contacts/identity';
import { TABLES } from '../constants';
import { keySets, probe, type KeyGroup, type RowShape } from '../storage/dialect';
import type { Database, TableName } from '../storage/database';
import { createPairs } from '../collections/pairs';
import type { Param, Tx } from '../storage/transaction';
import type { DeliveryStatus, MessageType } from '../messages/contract';

export interface KnownContact {
  id: number;
  /** Since when the contact no longer goes by the alias that was asked for, ms; null while it is current. */
  supersededAt: number | null;
  profileName: string;
  phone: string;
  waId: string;
  userId: string;
  parentUserId: string;
  username: string;
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
  /** By `organization:kind:value`. */
  contacts: ReadonlyMap<string, KnownContact>;
  contact(organizationId: number, alias: Alias): KnownContact | undefined;
  byWamid(integrationId: number, wamid: string): KnownMessage | undefined;
  bySendKey(integrationId: number, sendKey: string): KnownMessage | undefined;
  /** Stored conversation of a contact with a number; told on SQLite only, where knowing it is cheaper than an upsert. */
  conversation(integrationId: number, contactId: number): number | undefined;
  /** From now on `contact` answers for these aliases too. */
  learnContacts(found: Known): void;
  /** From now on `byWamid` answers this message too: it was just inserted, or its wamid just became known. */
  learn(message: KnownMessage): void;
  /** Parked events of messages that this drain may bring. */
  parked: ParkedEvent[];
}

/** Keys of messages by number. */
type MessageKeys = Map<number, Set<string>>;

export interface Wanted {
  /** Aliases of one kind on one number, by any name of the group. */
  aliases: Map<string, KeyGroup>;
  wamids: MessageKeys;
  sendKeys: MessageKeys;
  /** wamids that this drain may make known: parked events may wait for them. */
  arriving: MessageKeys;
}

const ALIAS: RowShape = { o: 'int', n: 'int', k: 'text', v: 'text' };
const MESSAGE: RowShape = { n: 'int', w: 'text' };

const aliasKey = (organizationId: number, alias: Alias): string =>
  `${organizationId}:${alias.kind}:${alias.value}`;

const groupsOf = (keys: MessageKeys): KeyGroup[] =>
  [...keys].map(([integrationId, values]) => ({ fixed: [integrationId], values }));

/** Numbers of PostgreSQL's bigint columns arrive as text. */
const num = (value: unknown): number => Number(value);
const str = (value: unknown): string => String(value ?? '');

/**
 * All that a drain has to know before it writes, in ONE statement: contacts behind aliases, messages behind wamids and
 * send keys, events that wait for what it brings.
 */
export const lookUp = async (db: Database, tx: Tx, wanted: Wanted): Promise<Known> => {
  const contacts = new Map<string, KnownContact>();
  const wamids = createPairs<number, string, KnownMessage>();
  const sendKeys = createPairs<number, string, KnownMessage>();
  const parked: ParkedEvent[] = [];
  const conversations = createPairs<number, number, number>();
  const found = (table: TableName, alias: string, condition: string): string =>
    probe(db.dialect, db.name(table), alias, condition);
  const talk =
    db.dialect === 'sqlite'
      ? {
          id: 'v.id',
          join: ` LEFT JOIN ${db.name(TABLES.conversations)} v ON v.integration_id = r.n AND v.contact_id = c.id`,
        }
      : { id: '0', join: '' };
  const parts: string[] = [];
  const params: Param[] = [];
  const add = (sql: (rows: string) => string, shape: RowShape, keys: Iterable<KeyGroup>): void => {
    for (const { source, bound } of keySets(db.dialect, shape, keys)) {
      parts.push(sql(source));
      params.push(...bound);
    }
  };
  add(
    (rows) =>
      `SELECT 'a' AS t, r.o AS o, r.n AS n, r.k AS k, r.v AS v, c.id AS id, COALESCE(al.superseded_at, 0) AS c, COALESCE(c.profile_name, '') AS p1, ` +
      `COALESCE(c.phone, '') AS p2, COALESCE(c.wa_id, '') AS p3, COALESCE(c.user_id, '') AS p4, ` +
      `COALESCE(c.parent_user_id, '') AS p5, COALESCE(c.username, '') AS p6, ${talk.id} AS cv FROM ${rows}` +
      found(TABLES.aliases, 'al', 'al.organization_id = r.o AND al.kind = r.k AND al.value = r.v') +
      found(TABLES.contacts, 'c', 'c.id = al.contact_id') +
      talk.join,
    ALIAS,
    wanted.aliases.values(),
  );
  const messagePart = (tag: 'm' | 's', column: string) => (rows: string) =>
    `SELECT '${tag}' AS t, m.organization_id AS o, r.n AS n, m.delivery_status AS k, r.w AS v, m.id AS id, ` +
    `m.conversation_id AS c, COALESCE(m.wamid, '') AS p1, m.message_type AS p2, '' AS p3, '' AS p4, '' AS p5, '' AS p6, 0 AS cv FROM ${rows}` +
    found(TABLES.messages, 'm', `m.integration_id = r.n AND m.${column} = r.w`);
  add(messagePart('m', 'wamid'), MESSAGE, groupsOf(wanted.wamids));
  add(messagePart('s', 'send_key'), MESSAGE, groupsOf(wanted.sendKeys));
  add(
    (rows) =>
      `SELECT 'p' AS t, p.organization_id AS o, r.n AS n, '' AS k, r.w AS v, p.id AS id, p.received_at AS c, p.event AS p1, ` +
      `'' AS p2, '' AS p3, '' AS p4, '' AS p5, '' AS p6, 0 AS cv FROM ${rows}` +
      found(TABLES.parkedStatuses, 'p', 'p.integration_id = r.n AND p.wamid = r.w') +
      // Mostly there is none: asked once, not for each row.
      ` WHERE EXISTS (SELECT 1 FROM ${db.name(TABLES.parkedStatuses)})`,
    MESSAGE,
    groupsOf(wanted.arriving),
  );
  const rows = parts.length === 0 ? [] : await tx.lists(parts.join(' UNION ALL '), params);
  for (const [tag, o, n, k, v, id, c, p1, p2, p3, p4, p5, p6, cv] of rows) {
    if (tag === 'a') {
      if (cv) conversations.set(num(n), num(id), num(cv));
      contacts.set(aliasKey(num(o), { kind: k, value: v } as Alias), {
        id: num(id),
        supersededAt: num(c) || null,
        profileName: str(p1),
        phone: str(p2),
        waId: str(p3),
        userId: str(p4),
        parentUserId: str(p5),
        username: str(p6),
      });
    } else if (tag === 'p') {
      parked.push({
        id: num(id),
        organizationId: num(o),
        integrationId: num(n),
        wamid: str(v),
        event: str(p1),
        receivedAt: num(c),
      });
    } else {
      (tag === 'm' ? wamids : sendKeys).set(num(n), str(v), {
        id: num(id),
        organizationId: num(o),
        integrationId: num(n),
        conversationId: num(c),
        state: k as DeliveryStatus,
        type: p2 as MessageType,
        wamid: str(p1),
      });
    }
  }
  return {
    contacts,
    learnContacts: (found) => found.contacts.forEach((contact, key) => contacts.set(key, contact)),
    contact: (organizationId, alias) => contacts.get(aliasKey(organizationId, alias)),
    byWamid: wamids.get,
    conversation: conversations.get,
    bySendKey: sendKeys.get,
    learn: (message) => wamids.set(message.integrationId, message.wamid, message),
    parked,
  };
};
