import { NORMALISER_VERSION } from '../cloud-api/normalise/version';
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Cell, RowShape } from '../storage/dialect';
import type { Tx } from '../storage/transaction';
import { updateRows } from '../storage/update';
import type { MessageType } from './contract';

/** A stored bubble that is to show something else than so far. JSON columns are text already. */
export interface Rewrite {
  messageId: number;
  type: MessageType;
  text: string;
  content: string;
  media: string | null;
  raw: string;
  replyTo: string | null;
}

const SHAPE: RowShape = {
  i: 'int',
  y: 'text',
  t: 'text',
  c: 'json',
  d: 'json',
  w: 'json',
  p: 'text',
  v: 'int',
};

const GUARDS = {
  /** Content for what only stood in so far; a second content changes nothing. */
  standIns: `m.message_type = 'unsupported'`,
  /** Read again after an upgrade, unless somebody else did or an edit came meanwhile. */
  older: 'COALESCE(m.normaliser_version, 0) < r.v AND m.edited_at IS NULL',
};

/** Puts other content into bubbles that are there; state, time and place in the thread stay. */
export const rewriteMessages = async (
  db: Database,
  tx: Tx,
  rewrites: Rewrite[],
  which: keyof typeof GUARDS,
): Promise<void> => {
  const rows = [...rewrites]
    .sort((a, b) => a.messageId - b.messageId)
    .map((one): Cell[] => [
      one.messageId,
      one.type,
      one.text,
      one.content,
      one.media,
      one.raw,
      one.replyTo,
      NORMALISER_VERSION,
    ]);
  await updateRows(db, tx, {
    table: TABLES.messages,
    shape: SHAPE,
    rows,
    on: `m.id = r.i AND ${GUARDS[which]}`,
    set: [
      ['message_type', 'r.y'],
      // What an edit made of it is newer than what it was.
      ['text', 'CASE WHEN m.edited_at IS NULL THEN r.t ELSE m.text END'],
      ['content', 'CASE WHEN m.edited_at IS NULL THEN r.c ELSE m.content END'],
      ['media', 'COALESCE(m.media, r.d)'],
      ['raw', 'r.w'],
      ['reply_to_wamid', 'COALESCE(r.p, m.reply_to_wamid)'],
      ['normaliser_version', 'r.v'],
    ],
  });
};
