/**
 * What later events do to bubbles that are there: reactions, edits, deletions. Set-based; each is a join of what is
 * stored and what comes, so that neither order nor repetition matters.
 */
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { bindRows, bytewise, chunks, forUpdate, rowSet, type Cell, type RowShape } from '../storage/dialect';
import type { Tx } from '../storage/transaction';
import { updateRows } from '../storage/update';
import type { ReactionSend } from './reaction-key';
import { withEdit, type Edited } from './versions';

type Side = 'contact' | 'business';

export interface ReactionWrite {
  messageId: number;
  from: Side;
  /** null takes it back. */
  emoji: string | null;
  at: number;
}

export interface EditWrite {
  messageId: number;
  text: string;
  content: Record<string, unknown>;
  at: number;
}

export interface RevocationWrite {
  messageId: number;
  at: number;
}

/** One order for all processes, so that their row locks cannot cross. */
const byMessage = (a: { messageId: number }, b: { messageId: number }): number => a.messageId - b.messageId;

const updateMessages = async (
  db: Database,
  tx: Tx,
  shape: RowShape,
  rows: Cell[][],
  where: string,
  set: [string, string][],
): Promise<void> => {
  await updateRows(db, tx, { table: TABLES.messages, shape, rows, on: `m.id = r.i AND ${where}`, set });
};

const REACTION: RowShape = { i: 'int', e: 'text', a: 'int' };

/** Meta's times are whole seconds. Within one, taking back wins (one has to react first), then the larger bytes. */
const beats = (a: ReactionWrite, b: ReactionWrite): boolean => {
  if (a.at !== b.at) return a.at > b.at;
  if (a.emoji === null || b.emoji === null) return a.emoji === null;
  return Buffer.compare(Buffer.from(a.emoji), Buffer.from(b.emoji)) > 0;
};

/** One reaction per side; the newest by its own time stays, whatever the order of arrival. */
export const writeReactions = async (db: Database, tx: Tx, writes: ReactionWrite[]): Promise<void> => {
  for (const side of ['contact', 'business'] as const) {
    const newest = new Map<number, ReactionWrite>();
    for (const write of writes) {
      const other = newest.get(write.messageId);
      if (write.from === side && (!other || beats(write, other))) newest.set(write.messageId, write);
    }
    const column = `${side}_reaction`;
    const rows = [...newest.values()]
      .sort(byMessage)
      .map(({ messageId, emoji, at }) => [messageId, emoji, at]);
    const sameSecond =
      `m.${column}_at = r.a AND m.${column} IS NOT NULL AND ` +
      `(r.e IS NULL OR ${bytewise(db.dialect, 'r.e')} > ${bytewise(db.dialect, `m.${column}`)})`;
    await updateMessages(
      db,
      tx,
      REACTION,
      rows,
      `(m.${column}_at IS NULL OR m.${column}_at < r.a OR (${sameSecond}))`,
      [
        [column, 'r.e'],
        [`${column}_at`, 'r.a'],
      ],
    );
  }
};

/** Where a message stands, for whoever tells of a change. */
export interface Placed {
  id: number;
  organizationId: number;
  integrationId: number;
  conversationId: number;
}

/** WhatsApp does not show it: neither do we, unless it was changed again meanwhile. null when nothing changed. */
export const takeBackReaction = async (
  db: Database,
  tx: Tx,
  { messageId, at, integrationId }: ReactionSend & { integrationId: number },
): Promise<Placed | null> => {
  const table = db.name(TABLES.messages);
  const gone = await tx.run(
    `UPDATE ${table} SET business_reaction = NULL ` +
      `WHERE id = ? AND integration_id = ? AND business_reaction_at = ? AND business_reaction IS NOT NULL`,
    [messageId, integrationId, at],
  );
  if (gone === 0) return null;
  const [row] = await tx.all(`SELECT organization_id, conversation_id FROM ${table} WHERE id = ?`, [
    messageId,
  ]);
  return {
    id: messageId,
    organizationId: Number(row.organization_id),
    integrationId,
    conversationId: Number(row.conversation_id),
  };
};

const REVOCATION: RowShape = { i: 'int', a: 'int' };

/** Only marked: replies point at the row, and the thread shows a tombstone instead of the content. */
export const writeRevocations = (db: Database, tx: Tx, writes: RevocationWrite[]): Promise<void> => {
  const first = new Map<number, number>();
  for (const { messageId, at } of writes) first.set(messageId, Math.min(at, first.get(messageId) ?? at));
  const rows = [...first].sort(([a], [b]) => a - b);
  return updateMessages(db, tx, REVOCATION, rows, '(m.revoked_at IS NULL OR m.revoked_at > r.a)', [
    ['revoked_at', 'r.a'],
  ]);
};

const ID: RowShape = { i: 'int' };
const EDIT: RowShape = { i: 'int', t: 'text', c: 'json', a: 'int' };

const parsed = (value: unknown): Record<string, unknown> =>
  (typeof value === 'string'
    ? (JSON.parse(value) as Record<string, unknown> | null)
    : (value as Record<string, unknown>)) ?? {};

/** Locked until the end of the transaction: what is written below was made from what is read here. */
const editable = async (db: Database, tx: Tx, ids: number[]): Promise<Map<number, Edited>> => {
  const found = new Map<number, Edited>();
  const sql =
    `SELECT m.id, m.text, m.content, m.written_at, m.edited_at FROM ${rowSet(db.dialect, ID)} ` +
    `${db.dialect === 'sqlite' ? 'CROSS JOIN' : 'JOIN'} ${db.name(TABLES.messages)} m ON m.id = r.i${forUpdate(db.dialect, 'm')}`;
  for (const chunk of chunks(ids)) {
    const ask = bindRows(
      db.dialect,
      ID,
      chunk.map((id) => [id]),
    );
    for (const row of await tx.all(sql, ask)) {
      found.set(Number(row.id), {
        text: String(row.text ?? ''),
        content: parsed(row.content),
        writtenAt: Number(row.written_at),
        editedAt: Number(row.edited_at ?? 0),
      });
    }
  }
  return found;
};

/** The newest wording is shown; all others are kept under `content.edits`, the first one first. */
export const writeEdits = async (db: Database, tx: Tx, writes: EditWrite[]): Promise<void> => {
  const ids = [...new Set(writes.map((write) => write.messageId))].sort((a, b) => a - b);
  const before = await editable(db, tx, ids);
  const after = new Map(before);
  for (const { messageId, ...edit } of writes) {
    const message = after.get(messageId);
    if (message) after.set(messageId, withEdit(message, edit));
  }
  const rows = ids
    .filter((id) => after.get(id) !== before.get(id))
    .map((id): Cell[] => {
      const { text, content, editedAt } = after.get(id) as Edited;
      return [id, text, JSON.stringify(content), editedAt];
    });
  await updateMessages(db, tx, EDIT, rows, '1 = 1', [
    ['text', 'r.t'],
    ['content', 'r.c'],
    ['edited_at', 'r.a'],
  ]);
};
