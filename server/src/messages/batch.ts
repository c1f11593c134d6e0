import type { DeliveryEvidence, MetaErrorInfo } from '../cloud-api/events';
import { NORMALISER_VERSION } from '../cloud-api/normalise/version';
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { jsonMerged, type Cell, type RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import { RaceLost } from '../storage/race';
import type { Tx } from '../storage/transaction';
import { updateRows } from '../storage/update';
import type { MessageError, MessageType } from './contract';
import { stateSql } from './delivery-state';

/** A bubble that came in over a webhook. JSON columns are text already. */
export interface NewMessage {
  key: string;
  organizationId: number;
  integrationId: number;
  conversationId: number;
  direction: 'inbound' | 'outbound';
  type: MessageType;
  text: string;
  content: string;
  media: string | null;
  raw: string;
  wamid: string;
  replyTo: string | null;
  origin: 'contact' | 'phone_app';
  authorName: string | null;
  writtenAt: number;
  receivedAt: number;
  state: 'received' | 'accepted';
}

const MESSAGE: RowShape = {
  document_id: 'text',
  organization_id: 'int',
  integration_id: 'int',
  conversation_id: 'int',
  direction: 'text',
  message_type: 'text',
  text: 'text',
  content: 'json',
  media: 'json',
  raw: 'json',
  normaliser_version: 'int',
  wamid: 'text',
  reply_to_wamid: 'text',
  origin: 'text',
  author_name: 'text',
  written_at: 'int',
  received_at: 'int',
  delivery_status: 'text',
};

const cellsOf = (m: NewMessage): Cell[] => [
  m.key,
  m.organizationId,
  m.integrationId,
  m.conversationId,
  m.direction,
  m.type,
  m.text,
  m.content,
  m.media,
  m.raw,
  NORMALISER_VERSION,
  m.wamid,
  m.replyTo,
  m.origin,
  m.authorName,
  m.writtenAt,
  m.receivedAt,
  m.state,
];

/**
 * Inserts them all or loses the race; answers their ids by key. `kept`: ids that are kept for them; then nothing is
 * waited for, and whoever wrote one of them meanwhile shows as a unique key's refusal when the transaction ends.
 */
export const insertMessages = async (
  db: Database,
  tx: Tx,
  messages: NewMessage[],
  kept: number[],
  now: number,
): Promise<Map<string, number>> => {
  if (messages.length > 0 && kept.length >= messages.length) {
    tx.later(
      insertRows(db, tx, {
        table: TABLES.messages,
        shape: { id: 'int', ...MESSAGE },
        rows: messages.map((message, index) => [kept[index], ...cellsOf(message)]),
        stampedAt: now,
      }),
    );
    return new Map(messages.map(({ key }, index) => [key, kept[index]]));
  }
  const written = await insertRows(db, tx, {
    table: TABLES.messages,
    shape: MESSAGE,
    rows: messages.map(cellsOf),
    stampedAt: now,
    conflict: 'ignore',
    returning: ['id', 'document_id'],
    // An index leads there; none leads to a document id.
    readBackBy: ['integration_id', 'wamid'],
  });
  if (written.length < messages.length) throw new RaceLost('A message');
  return new Map(written.map((row) => [String(row.document_id), Number(row.id)]));
};

/** All evidence of one drain about one message. */
export interface StatusMerge {
  messageId: number;
  /** Learned from the status when the send call never answered. */
  wamid: string;
  /** Our own key, when a status carried it: what finds a message whose wamid is not known. */
  sendKey: string | null;
  at: Partial<Record<DeliveryEvidence, number>>;
  /** Of the earliest failure. */
  error: MessageError | null;
  /** By the status that told it: Meta repeats it with some and leaves it out with others. */
  pricing: Partial<Record<DeliveryEvidence, Record<string, unknown>>> | null;
}

const STATUS: RowShape = {
  i: 'int',
  w: 'text',
  k: 'text',
  sent: 'int',
  delivered: 'int',
  read: 'int',
  played: 'int',
  failed: 'int',
  error: 'json',
  pricing: 'json',
};

/**
 * Asked again at the moment of writing: an editor may have started a new attempt since the look-up, and news of the old
 * attempt must not turn its ticks.
 */
const SAME_ATTEMPT = 'm.id = r.i AND (m.wamid = r.w OR (m.wamid IS NULL AND m.send_key = r.k))';

const earliest = (column: string, value: string): string =>
  `CASE WHEN m.${column} IS NULL OR ${value} < m.${column} THEN COALESCE(${value}, m.${column}) ELSE m.${column} END`;

// MySQL assigns from left to right: what reads other columns comes before they change.
const STATUS_SET: [string, string][] = [
  [
    'delivery_status',
    stateSql(
      {
        sent: 'COALESCE(m.sent_at, r.sent)',
        delivered: 'COALESCE(m.delivered_at, r.delivered)',
        read: 'COALESCE(m.read_at, r.read)',
        played: 'COALESCE(m.played_at, r.played)',
        failed: 'COALESCE(m.failed_at, r.failed)',
      },
      'm.delivery_status',
    ),
  ],
  ['wamid', 'COALESCE(m.wamid, r.w)'],
];

const TIMES_SET: [string, string][] = [
  ['sent_at', earliest('sent_at', 'r.sent')],
  ['delivered_at', earliest('delivered_at', 'r.delivered')],
  ['read_at', earliest('read_at', 'r.read')],
  ['played_at', earliest('played_at', 'r.played')],
  ['failed_at', earliest('failed_at', 'r.failed')],
];

/** The earliest of the times that are there. */
const first = (...times: (number | undefined)[]): number | null => {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? null : Math.min(...known);
};

/** Merges evidence as a maximum: order and repetition change nothing. */
export const mergeStatuses = async (db: Database, tx: Tx, merges: StatusMerge[]): Promise<void> => {
  const isFirstFailure = 'm.failed_at IS NULL OR m.error IS NULL OR r.failed < m.failed_at';
  const rows = merges
    .map((merge): Cell[] => [
      merge.messageId,
      merge.wamid,
      merge.sendKey,
      merge.at.sent ?? null,
      // Someone who read it had it: `read` may come with no `delivered` (Meta, status webhooks).
      first(merge.at.delivered, merge.at.read, merge.at.played),
      first(merge.at.read, merge.at.played),
      merge.at.played ?? null,
      merge.at.failed ?? null,
      merge.error && JSON.stringify(merge.error),
      merge.pricing && JSON.stringify(merge.pricing),
    ])
    // One order for all processes, so that their row locks cannot cross.
    .sort((a, b) => Number(a[0]) - Number(b[0]));
  await updateRows(db, tx, {
    table: TABLES.messages,
    shape: STATUS,
    rows,
    on: SAME_ATTEMPT,
    set: [
      ...STATUS_SET,
      ['error', `CASE WHEN r.error IS NOT NULL AND (${isFirstFailure}) THEN r.error ELSE m.error END`],
      ['pricing', jsonMerged(db.dialect, 'm.pricing', 'r.pricing')],
      ...TIMES_SET,
    ],
  });
};

/** What the thread shows about a failure that Meta reported; words come from the error table. */
export type DescribeError = (info: MetaErrorInfo) => MessageError;
