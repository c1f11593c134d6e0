import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { incoming, type Cell, type RowShape } from '../storage/dialect';
import { documentId } from '../storage/ids';
import { insertRows } from '../storage/insert';
import { updateRows } from '../storage/update';
import { createPairs, type Pairs } from '../collections/pairs';
import type { Row, Tx } from '../storage/transaction';

/** What new messages do to one conversation: the upsert adds it to what is stored. */
export interface Touch {
  organizationId: number;
  integrationId: number;
  contactId: number;
  unread: number;
  /** Newest inbound time that opens the window; null when nothing does. */
  inboundAt: number | null;
  lastMessageKey: string;
  lastMessageAt: number;
}

const SHAPE: RowShape = {
  document_id: 'text',
  organization_id: 'int',
  integration_id: 'int',
  contact_id: 'int',
  state: 'text',
  unread_count: 'int',
  last_inbound_at: 'int',
  last_message_key: 'text',
  last_message_at: 'int',
};

/** A conversation that was put away comes back when the person writes something newer than what is there. */
const REOPENED = `'resolved', 'archived', 'snoozed'`;

/** Ids of conversations by number and contact. */
type Ids = Pairs<number, number, number>;

/**
 * Creates or touches conversations; answers their ids by number and contact. Late messages count as unread but move
 * neither the order nor the window backwards. `known` tells the id of a stored one, which is cheaper than an upsert.
 */
export const touchConversations = async (
  db: Database,
  tx: Tx,
  touches: Touch[],
  known: (integrationId: number, contactId: number) => number | undefined,
  now: number,
): Promise<Ids> => {
  const ids: Ids = createPairs();
  const stored: [number, Touch][] = [];
  const others: Touch[] = [];
  for (const touch of touches) {
    const id = known(touch.integrationId, touch.contactId);
    if (id === undefined) others.push(touch);
    else {
      ids.set(touch.integrationId, touch.contactId, id);
      stored.push([id, touch]);
    }
  }
  if (db.dialect === 'sqlite') {
    await updateEach(db, tx, stored, now);
    note(ids, await insertFresh(db, tx, others, now));
  } else {
    // Only the ids of the others have to be waited for. An update by id would lock rows in whatever order it likes.
    const touched = stored.map(([, touch]) => touch);
    tx.later(upsert(db, tx, touched, now, []));
  }
  const rest = others.filter(
    ({ integrationId, contactId }) => ids.get(integrationId, contactId) === undefined,
  );
  note(ids, await upsert(db, tx, rest, now));
  return ids;
};

/** One prepared statement by row id: half of what the upsert costs SQLite. It says the same as `upsert` below. */
const updateEach = async (db: Database, tx: Tx, stored: [number, Touch][], now: number): Promise<void> => {
  if (stored.length === 0) return;
  const newer = '? >= last_message_at';
  const sql =
    `UPDATE ${db.name(TABLES.conversations)} SET ` +
    `state = CASE WHEN ? > 0 AND ${newer} AND state IN (${REOPENED}) THEN 'open' ELSE state END, ` +
    `unread_count = unread_count + ?, ` +
    `last_inbound_at = CASE WHEN ? > COALESCE(last_inbound_at, 0) THEN ? ELSE last_inbound_at END, ` +
    `last_message_key = CASE WHEN ${newer} THEN ? ELSE last_message_key END, ` +
    `last_message_at = CASE WHEN ${newer} THEN ? ELSE last_message_at END, updated_at = ? WHERE id = ?`;
  await tx.each(
    sql,
    stored.map(([id, { unread, inboundAt, lastMessageKey: key, lastMessageAt: at }]) => [
      ...[unread, at, unread, inboundAt, inboundAt, at, key, at, at],
      ...[now, id],
    ]),
  );
};

const rowOf = (t: Touch): Cell[] => [
  documentId(),
  t.organizationId,
  t.integrationId,
  t.contactId,
  'open',
  t.unread,
  t.inboundAt,
  t.lastMessageKey,
  t.lastMessageAt,
];

/** Those that were really new; what another alias of the same person had made is left to the upsert. */
const insertFresh = (db: Database, tx: Tx, touches: Touch[], now: number): Promise<Row[]> =>
  insertRows(db, tx, {
    table: TABLES.conversations,
    shape: SHAPE,
    rows: touches.map(rowOf),
    stampedAt: now,
    conflict: 'ignore',
    returning: ['id', 'integration_id', 'contact_id'],
  });

const note = (ids: Ids, rows: Row[]): void =>
  rows.forEach((row) => ids.set(Number(row.integration_id), Number(row.contact_id), Number(row.id)));

const upsert = (
  db: Database,
  tx: Tx,
  touches: Touch[],
  now: number,
  returning = ['id', 'integration_id', 'contact_id'],
): Promise<Row[]> => {
  const table = db.name(TABLES.conversations);
  const next = (column: string): string => incoming(db.dialect, column);
  const mine = (column: string): string => `${table}.${column}`;
  const newer = `${next('last_message_at')} >= ${mine('last_message_at')}`;
  return insertRows(db, tx, {
    table: TABLES.conversations,
    shape: SHAPE,
    rows: touches.map(rowOf).sort((a, b) => Number(a[2]) - Number(b[2]) || Number(a[3]) - Number(b[3])),
    stampedAt: now,
    conflict: {
      key: ['integration_id', 'contact_id'],
      // MySQL assigns from left to right: what compares last_message_at has to come before it.
      update: [
        `state = CASE WHEN ${next('unread_count')} > 0 AND ${newer} AND ${mine('state')} IN (${REOPENED}) THEN 'open' ELSE ${mine('state')} END`,
        `unread_count = ${mine('unread_count')} + ${next('unread_count')}`,
        `last_inbound_at = CASE WHEN ${next('last_inbound_at')} > COALESCE(${mine('last_inbound_at')}, 0) THEN ${next('last_inbound_at')} ELSE ${mine('last_inbound_at')} END`,
        `last_message_key = CASE WHEN ${newer} THEN ${next('last_message_key')} ELSE ${mine('last_message_key')} END`,
        `last_message_at = CASE WHEN ${newer} THEN ${next('last_message_at')} ELSE ${mine('last_message_at')} END`,
        `updated_at = ${next('updated_at')}`,
      ].join(', '),
    },
    returning: returning.length > 0 ? returning : undefined,
    readBackBy: ['integration_id', 'contact_id'],
  });
};

export interface WindowRefusal {
  conversationId: number;
  at: number;
}

const REFUSAL: RowShape = { i: 'int', a: 'int' };

/** Meta refused with 131047: its word beats our clock, until the person writes again. The newest refusal stays. */
export const refuseWindows = async (db: Database, tx: Tx, refusals: WindowRefusal[]): Promise<void> => {
  const newest = new Map<number, number>();
  for (const { conversationId, at } of refusals) {
    newest.set(conversationId, Math.max(at, newest.get(conversationId) ?? 0));
  }
  const rows = [...newest].sort((a, b) => a[0] - b[0]);
  await updateRows(db, tx, {
    table: TABLES.conversations,
    shape: REFUSAL,
    rows,
    on: 'm.id = r.i AND COALESCE(m.window_refused_at, 0) < r.a',
    set: [['window_refused_at', 'r.a']],
  });
};

export const closeWindows = (db: Database, tx: Tx, conversationIds: number[], at: number): Promise<void> =>
  refuseWindows(
    db,
    tx,
    conversationIds.map((conversationId) => ({ conversationId, at })),
  );
