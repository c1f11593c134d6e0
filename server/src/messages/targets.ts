/** What later events do to bubbles that are there: reactions, edits, deletions. Set-based, safe to apply twice. */
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { bindRows, chunks, rowSet, updateFrom, type Cell, type RowShape } from '../storage/dialect';
import type { Tx } from '../storage/transaction';

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
  const sql = updateFrom(
    db.dialect,
    db.name(TABLES.messages),
    rowSet(db.dialect, shape),
    `m.id = r.i AND ${where}`,
    set,
  );
  for (const chunk of chunks(rows)) await tx.run(sql, [bindRows(db.dialect, shape, chunk)]);
};

const REACTION: RowShape = { i: 'int', e: 'text', a: 'int' };

/** One reaction per side; the newest by its own time stays, whatever the order of arrival. */
export const writeReactions = async (db: Database, tx: Tx, writes: ReactionWrite[]): Promise<void> => {
  for (const side of ['contact', 'business'] as const) {
    const newest = new Map<number, ReactionWrite>();
    for (const write of writes) {
      if (write.from === side && write.at >= (newest.get(write.messageId)?.at ?? 0))
        newest.set(write.messageId, write);
    }
    const column = `${side}_reaction`;
    const rows = [...newest.values()]
      .sort(byMessage)
      .map(({ messageId, emoji, at }) => [messageId, emoji, at]);
    await updateMessages(db, tx, REACTION, rows, `COALESCE(m.${column}_at, 0) <= r.a`, [
      [column, 'r.e'],
      [`${column}_at`, 'r.a'],
    ]);
  }
};

const REVOCATION: RowShape = { i: 'int', a: 'int' };

/** Only marked: replies point at the row, and the thread shows a tombstone instead of the content. */
export const writeRevocations = (db: Database, tx: Tx, writes: RevocationWrite[]): Promise<void> => {
  const rows = [...new Map(writes.map((write) => [write.messageId, write])).values()].sort(byMessage);
  return updateMessages(
    db,
    tx,
    REVOCATION,
    rows.map(({ messageId, at }) => [messageId, at]),
    'm.revoked_at IS NULL',
    [['revoked_at', 'r.a']],
  );
};

const EDIT: RowShape = { i: 'int', t: 'text', c: 'json', a: 'int' };

const parsed = (value: unknown): Record<string, unknown> =>
  (typeof value === 'string'
    ? (JSON.parse(value) as Record<string, unknown> | null)
    : (value as Record<string, unknown>)) ?? {};

interface Editable {
  text: unknown;
  content: Record<string, unknown>;
  at: number;
  editedAt: number;
}

/** The new text takes the old one's place; what stood there before is kept under `content.edits`. */
const edited = (before: Editable, edit: EditWrite): Editable => ({
  text: edit.text,
  content: {
    ...edit.content,
    edits: [
      ...((before.content.edits as unknown[] | undefined) ?? []),
      { text: before.text, at: new Date(before.editedAt || before.at).toISOString() },
    ],
  },
  at: before.at,
  editedAt: edit.at,
});

/** Newer edits than the one shown are written in the order of their own times; older ones change nothing. */
export const writeEdits = async (db: Database, tx: Tx, writes: EditWrite[]): Promise<void> => {
  const ordered = [...writes].sort((a, b) => a.at - b.at);
  const ids = [...new Set(writes.map((write) => write.messageId))].sort((a, b) => a - b);
  const found = new Map<number, Editable>();
  for (const chunk of chunks(ids)) {
    const rows = await tx.all(
      `SELECT m.id, m.text, m.content, m.written_at, m.edited_at FROM ${rowSet(db.dialect, { i: 'int' })} ` +
        `${db.dialect === 'sqlite' ? 'CROSS JOIN' : 'JOIN'} ${db.name(TABLES.messages)} m ON m.id = r.i`,
      [
        bindRows(
          db.dialect,
          { i: 'int' },
          chunk.map((id) => [id]),
        ),
      ],
    );
    for (const row of rows) {
      found.set(Number(row.id), {
        text: row.text,
        content: parsed(row.content),
        at: Number(row.written_at),
        editedAt: Number(row.edited_at ?? 0),
      });
    }
  }
  const changed = new Set<number>();
  for (const edit of ordered) {
    const before = found.get(edit.messageId);
    if (!before || before.editedAt >= edit.at) continue;
    found.set(edit.messageId, edited(before, edit));
    changed.add(edit.messageId);
  }
  const rows = ids
    .filter((id) => changed.has(id))
    .map((id): Cell[] => {
      const { text, content, editedAt } = found.get(id) as Editable;
      return [id, String(text ?? ''), JSON.stringify(content), editedAt];
    });
  await updateMessages(db, tx, EDIT, rows, 'COALESCE(m.edited_at, 0) < r.a', [
    ['text', 'r.t'],
    ['content', 'r.c'],
    ['edited_at', 'r.a'],
  ]);
};
