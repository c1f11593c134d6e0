import type { DeliveryStatus, Message, MessageError, MessageMedia, MessageType } from './contract';
import type { MessageRow } from './repository';

const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
const iso = (value: unknown): string => new Date(Number(value)).toISOString();

/** JSON columns arrive as text on SQLite, as values elsewhere. */
export const json = <T>(value: unknown): T | null =>
  value === null || value === undefined
    ? null
    : ((typeof value === 'string' ? JSON.parse(value) : value) as T);

const EVIDENCE: [DeliveryStatus, string][] = [
  ['accepted', 'accepted_at'],
  ['sent', 'sent_at'],
  ['delivered', 'delivered_at'],
  ['read', 'read_at'],
  ['played', 'played_at'],
  ['failed', 'failed_at'],
];

const statusesOf = (row: MessageRow): Message['statuses'] => {
  if (row.direction === 'inbound') return [{ status: 'received', at: iso(row.received_at) }];
  const reached: Message['statuses'] = [{ status: 'queued', at: iso(row.received_at) }];
  for (const [status, column] of EVIDENCE) {
    if (row[column] !== null && row[column] !== undefined) reached.push({ status, at: iso(row[column]) });
  }
  return reached;
};

const reactionsOf = (row: MessageRow): Message['reactions'] => {
  const reactions: Message['reactions'] = [];
  const contact = text(row.contact_reaction);
  const business = text(row.business_reaction);
  if (contact) reactions.push({ emoji: contact, from: 'contact' });
  if (business) reactions.push({ emoji: business, from: 'business' });
  return reactions;
};

/** Meta tells the price with some statuses of a message: the later of them complete the earlier. */
const pricingOf = (row: MessageRow): Record<string, unknown> | null => {
  const told = json<Record<string, Record<string, unknown>>>(row.pricing);
  if (!told) return null;
  return Object.assign(
    {},
    ...['sent', 'delivered', 'read', 'played', 'failed'].map((status) => told[status]),
  );
};

const contentOf = (row: MessageRow, withRaw: boolean): Record<string, unknown> => {
  const content = json<Record<string, unknown>>(row.content) ?? {};
  const pricing = pricingOf(row);
  const test = Number(row.is_test ?? 0) === 1 ? { test: true } : {};
  const raw = withRaw ? json<unknown>(row.raw) : null;
  return { ...content, ...test, ...(pricing ? { pricing } : {}), ...(raw ? { raw } : {}) };
};

interface StoredMedia {
  id?: string;
  mimeType?: string | null;
  fileName?: string | null;
  size?: number | null;
  state?: MessageMedia['state'];
  width?: number | null;
  height?: number | null;
}

const mediaOf = (row: MessageRow, linkTo: (messageId: string) => string): MessageMedia | null => {
  const media = json<StoredMedia>(row.media);
  if (!media) return null;
  const state = media.state ?? 'pending';
  return {
    id: media.id ?? '',
    url: state === 'stored' ? linkTo(String(row.id)) : null,
    mimeType: media.mimeType ?? null,
    fileName: media.fileName ?? null,
    size: media.size ?? null,
    state,
    width: media.width ?? null,
    height: media.height ?? null,
  };
};

/** What holds a queued one back, why one failed or was dropped, what is not known. */
const SHOWS_ERROR = ['queued', 'failed', 'unknown', 'cancelled'];

const quoteOf = (row: MessageRow, quoted: Map<string, MessageRow>): Message['replyTo'] => {
  const wamid = text(row.reply_to_wamid);
  if (!wamid) return null;
  const original = quoted.get(wamid);
  if (!original) return { id: null, wamid, text: null, direction: null, type: null };
  return {
    id: String(original.id),
    wamid,
    text: original.revoked_at ? null : text(original.text),
    direction: original.direction as 'inbound' | 'outbound',
    type: original.message_type as MessageType,
  };
};

export interface PresentOptions {
  /** Messages behind quotes, by wamid. */
  quoted: Map<string, MessageRow>;
  /** Signed address of a message's file. */
  linkTo(messageId: string): string;
  /** The element as Meta sent it goes along, as `content.raw`. */
  withRaw: boolean;
}

/** A stored row as both doors show it. A revoked message keeps its row and hides what it said. */
export const presentMessage = (row: MessageRow, { quoted, linkTo, withRaw }: PresentOptions): Message => {
  const revoked = row.revoked_at !== null && row.revoked_at !== undefined;
  const authorName = text(row.author_name);
  return {
    id: String(row.id),
    conversationId: String(row.conversation_id),
    direction: row.direction as Message['direction'],
    type: row.message_type as MessageType,
    text: revoked ? '' : (text(row.text) ?? ''),
    status: row.delivery_status as DeliveryStatus,
    statuses: statusesOf(row),
    // What failed on a second device, or was feared while no answer came, is no news of a message that arrived.
    error: SHOWS_ERROR.includes(String(row.delivery_status)) ? json<MessageError>(row.error) : null,
    wamid: text(row.wamid),
    replyTo: quoteOf(row, quoted),
    reactions: reactionsOf(row),
    media: revoked ? null : mediaOf(row, linkTo),
    content: revoked ? {} : contentOf(row, withRaw),
    origin: row.origin as Message['origin'],
    author: authorName ? { id: text(row.author_id), name: authorName } : null,
    template: json<NonNullable<Message['template']>>(row.template),
    edited: row.edited_at !== null && row.edited_at !== undefined,
    revoked,
    scheduledAt: row.delivery_status === 'scheduled' && row.scheduled_at ? iso(row.scheduled_at) : null,
    clientKey: text(row.client_key),
    timestamp: iso(row.written_at),
    createdAt: iso(row.received_at),
  };
};
