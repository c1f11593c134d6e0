import { TABLES } from '../constants';
import type { MessageError } from '../messages/contract';
import type { Outgoing } from '../messages/outgoing';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import { insist } from '../storage/insist';
import type { Tx } from '../storage/transaction';
import type { StoredFileFacts } from './contract';
import { numberOrNull } from '../storage/cells';

/** A row that a lane works on. */
export interface OutboxRow {
  id: number;
  organizationId: number;
  integrationId: number;
  conversationId: number;
  messageId: number;
  attempts: number;
}

/** What has to be known to build and judge a send, read when it is claimed. */
export interface SendFacts {
  type: string;
  /** When it was checked last, ms: as it was written, or 0 when it waited for a time of its own. */
  checkedAt: number;
  /** When it was to go first, ms. */
  since: number;
  /** Of a template, as the sender gave them. */
  parameters: unknown;
  /** The person who wrote it; null for a program. */
  authorId: number | null;
  outgoing: Outgoing;
  media: StoredFileFacts | null;
  contactId: number;
  blocked: boolean;
  replyToWamid: string | null;
  sendKey: string;
  phone: string | null;
  userId: string | null;
  lastInboundAt: number | null;
  windowRefusedAt: number | null;
}

/**
 * How long the outcome of a send call is tried to be written. Shorter than the time after which a claim counts as that of a
 * dead process; beyond it the status webhook has to tell.
 */
const PATIENCE_MS = 20_000;

/** 1 people, 2 automation, 3 campaigns: people before campaigns, always. */
export const PRIORITY = { person: 1, automation: 2, campaign: 3 } as const;

const toRow = (row: Record<string, unknown>): OutboxRow => ({
  id: Number(row.id),
  organizationId: Number(row.organization_id),
  integrationId: Number(row.integration_id),
  conversationId: Number(row.conversation_id),
  messageId: Number(row.message_id),
  attempts: Number(row.attempts),
});

const changed = (db: Database, tx: Tx, row: OutboxRow, now: number): Promise<unknown> =>
  appendChanges(
    db,
    tx,
    [
      {
        kind: 'message.updated',
        organizationId: row.organizationId,
        integrationId: row.integrationId,
        conversationId: row.conversationId,
        messageId: row.messageId,
      },
    ],
    now,
  );

const json = <T>(value: unknown): T | null =>
  value === null || value === undefined
    ? null
    : ((typeof value === 'string' ? JSON.parse(value) : value) as T);

/** Rows that were written before messages kept their element are texts. */
const textOf = (row: Record<string, unknown>): Outgoing => {
  const preview_url = json<{ previewUrl?: boolean }>(row.content)?.previewUrl !== false;
  return { element: { type: 'text', text: { body: String(row.text ?? ''), preview_url } }, fileAt: null };
};

/** Written in the transaction of the bubble itself. Due at once, also for a clock that is set back a moment later. */
export const enqueue = (
  db: Database,
  tx: Tx,
  row: Omit<OutboxRow, 'id' | 'attempts'> & { priority: number },
): Promise<number> =>
  tx.run(
    `INSERT INTO ${db.name(TABLES.outbox)} (organization_id, integration_id, conversation_id, message_id, priority, state, not_before, attempts) VALUES (?, ?, ?, ?, ?, 'queued', 0, 0)`,
    [row.organizationId, row.integrationId, row.conversationId, row.messageId, row.priority],
  );

/** A stuck entry makes room for its retry (an editor decided). */
export const dequeue = (db: Database, tx: Tx, messageId: number): Promise<number> =>
  tx.run(`DELETE FROM ${db.name(TABLES.outbox)} WHERE message_id = ? AND state = 'unknown'`, [messageId]);

export const createOutbox = (db: Database, owner: string) => {
  const outbox = db.name(TABLES.outbox);
  const messages = db.name(TABLES.messages);

  const outcome = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    insist(() => db.transaction(work), PATIENCE_MS);

  /** Fenced: a process that lost its claim meanwhile (a long pause) writes nothing. */
  const settle = (row: OutboxRow, now: number, write: (tx: Tx) => Promise<unknown>): Promise<boolean> =>
    outcome(async (tx) => {
      const held = await tx.run(
        `DELETE FROM ${outbox} WHERE id = ? AND (locked_by = ? OR state = 'unknown')`,
        [row.id, owner],
      );
      if (held === 0) return false;
      await write(tx);
      await changed(db, tx, row, now);
      return true;
    });

  return {
    /** Heads of their conversations that are due: a later message waits for the one before it, unless that waits for its template. */
    async heads(
      integrationId: number,
      now: number,
      limit: number,
      /** Less urgent rows stay where they are. */
      maxPriority: number = PRIORITY.campaign,
    ): Promise<OutboxRow[]> {
      const rows = await db.all(
        `SELECT o.* FROM ${outbox} o WHERE o.integration_id = ? AND o.state = 'queued' AND o.not_before <= ? AND o.priority <= ? AND NOT EXISTS ` +
          `(SELECT 1 FROM ${outbox} e WHERE e.conversation_id = o.conversation_id AND e.id < o.id AND (e.state = 'in_flight' OR (e.state = 'queued' AND e.priority <= o.priority AND COALESCE(e.held, 0) = 0))) ` +
          `ORDER BY o.priority, o.id LIMIT ${limit}`,
        [integrationId, now, maxPriority],
      );
      return rows.map(toRow);
    },
    /** Milliseconds until the next row becomes due; null when none waits for a time (a finished send wakes the rest). */
    async nextDueIn(integrationId: number, now: number): Promise<number | null> {
      const [row] = await db.all(
        `SELECT min(not_before) AS at FROM ${outbox} WHERE integration_id = ? AND state = 'queued' AND not_before > ?`,
        [integrationId, now],
      );
      return row?.at === null || row?.at === undefined ? null : Number(row.at) - now;
    },
    /** Numbers with something due: after a start, and for what other processes wrote. */
    async dueIntegrations(now: number): Promise<number[]> {
      const rows = await db.all(
        `SELECT DISTINCT integration_id FROM ${outbox} WHERE state = 'queued' AND not_before <= ?`,
        [now],
      );
      return rows.map((row) => Number(row.integration_id));
    },
    /** Committed before the first byte leaves: after a crash nobody can mistake it for never tried. */
    claim(row: OutboxRow, now: number): Promise<boolean> {
      return db.transaction(async (tx) => {
        const won = await tx.run(
          `UPDATE ${outbox} SET state = 'in_flight', attempts = attempts + 1, locked_by = ?, locked_at = ? WHERE id = ? AND state = 'queued'`,
          [owner, now, row.id],
        );
        if (won === 0) return false;
        await tx.run(
          `UPDATE ${messages} SET delivery_status = 'sending' WHERE id = ? AND delivery_status = 'queued'`,
          [row.messageId],
        );
        return true;
      });
    },
    /** Not yet, without having tried. */
    async holdBack(row: OutboxRow, notBefore: number): Promise<void> {
      await db.all(`UPDATE ${outbox} SET not_before = ? WHERE id = ? AND state = 'queued'`, [
        notBefore,
        row.id,
      ]);
    },
    async facts(row: OutboxRow): Promise<SendFacts | null> {
      const [found] = await db.all(
        `SELECT m.message_type, m.text, m.content, m.template, m.outgoing, m.media, m.received_at, m.scheduled_at, m.reply_to_wamid, m.send_key, m.origin, m.author_id, c.id AS contact_id, c.phone, c.wa_id, c.user_id, v.blocked_at, v.last_inbound_at, v.window_refused_at ` +
          `FROM ${messages} m JOIN ${db.name(TABLES.conversations)} v ON v.id = m.conversation_id ` +
          `JOIN ${db.name(TABLES.contacts)} c ON c.id = v.contact_id WHERE m.id = ?`,
        [row.messageId],
      );
      if (!found) return null;
      return {
        type: String(found.message_type),
        since: Number(found.scheduled_at ?? found.received_at),
        checkedAt: found.scheduled_at === null ? Number(found.received_at) : 0,
        parameters: json<{ parameters?: unknown }>(found.template)?.parameters ?? null,
        authorId: found.origin === 'agent' && found.author_id !== null ? Number(found.author_id) : null,
        outgoing: json<Outgoing>(found.outgoing) ?? textOf(found),
        media: json<StoredFileFacts>(found.media),
        contactId: Number(found.contact_id),
        blocked: found.blocked_at !== null,
        replyToWamid: found.reply_to_wamid === null ? null : String(found.reply_to_wamid),
        sendKey: String(found.send_key),
        // Meta's own spelling first: for BR, MX and AR it is the one that arrives.
        phone: found.wa_id ? `+${String(found.wa_id)}` : found.phone ? String(found.phone) : null,
        userId: found.user_id === null ? null : String(found.user_id),
        lastInboundAt: numberOrNull(found.last_inbound_at),
        windowRefusedAt: numberOrNull(found.window_refused_at),
      };
    },
    /** Meta took it. A status may have been faster and have told the wamid, or more, already. */
    accepted(row: OutboxRow, wamid: string, now: number): Promise<boolean> {
      return settle(row, now, (tx) =>
        tx.run(
          `UPDATE ${messages} SET accepted_at = ?, delivery_status = CASE WHEN delivery_status IN ('queued', 'sending', 'unknown') THEN 'accepted' ELSE delivery_status END, error = CASE WHEN failed_at IS NULL THEN NULL ELSE error END, wamid = COALESCE(wamid, ?) WHERE id = ?`,
          [now, wamid, row.messageId],
        ),
      );
    },
    failed(row: OutboxRow, error: MessageError, now: number): Promise<boolean> {
      return settle(row, now, (tx) =>
        tx.run(
          `UPDATE ${messages} SET delivery_status = 'failed', failed_at = ?, error = ? WHERE id = ? AND delivery_status IN ('queued', 'sending', 'unknown')`,
          [now, JSON.stringify(error), row.messageId],
        ),
      );
    },
    /** Back to the queue; the bubble waits again, and says for what when there is something to say. */
    async postpone(
      row: OutboxRow,
      notBefore: number,
      now: number,
      {
        countAttempt = true,
        reason = null,
        forTemplate = false,
      }: {
        countAttempt?: boolean;
        reason?: MessageError | null;
        /** It waits for its template, and lets pass what was written after it. */
        forTemplate?: boolean;
      } = {},
    ): Promise<void> {
      await outcome(async (tx) => {
        const held = await tx.run(
          `UPDATE ${outbox} SET state = 'queued', not_before = ?, locked_by = NULL, locked_at = NULL, attempts = attempts - ?, held = ? WHERE id = ? AND locked_by = ? AND state = 'in_flight'`,
          [notBefore, countAttempt ? 0 : 1, forTemplate ? 1 : null, row.id, owner],
        );
        if (held === 0) return;
        await tx.run(
          `UPDATE ${messages} SET delivery_status = 'queued', error = ? WHERE id = ? AND delivery_status = 'sending'`,
          [reason && JSON.stringify(reason), row.messageId],
        );
        await changed(db, tx, row, now);
      });
    },
    /**
     * No answer: unless a status was faster, the outcome is not known. Only for a claim of this process, or (of one that
     * died) older than `lockedBefore`: a row that was queued again or claimed anew meanwhile must not be touched.
     */
    async outcomeUnknown(
      row: OutboxRow,
      error: MessageError,
      now: number,
      lockedBefore?: number,
    ): Promise<void> {
      const [held, by] =
        lockedBefore === undefined ? ['locked_by = ?', owner] : ['locked_at < ?', lockedBefore];
      await outcome(async (tx) => {
        const mine = await tx.run(
          `UPDATE ${outbox} SET state = 'unknown', locked_at = ? WHERE id = ? AND state = 'in_flight' AND ${held}`,
          [now, row.id, by],
        );
        if (mine === 0) return;
        const open = await tx.run(
          `UPDATE ${messages} SET delivery_status = 'unknown', error = ? WHERE id = ? AND delivery_status = 'sending' AND wamid IS NULL`,
          [JSON.stringify(error), row.messageId],
        );
        if (open === 0) await tx.run(`DELETE FROM ${outbox} WHERE id = ?`, [row.id]);
        await changed(db, tx, row, now);
      });
    },
    /** Rows whose process died between claim and answer. */
    async abandoned(lockedBefore: number): Promise<OutboxRow[]> {
      const rows = await db.all(`SELECT * FROM ${outbox} WHERE state = 'in_flight' AND locked_at < ?`, [
        lockedBefore,
      ]);
      return rows.map(toRow);
    },
    /** Rows that no status settled in time: the editor may now decide to send again. */
    async unsettled(since: number): Promise<OutboxRow[]> {
      const rows = await db.all(`SELECT * FROM ${outbox} WHERE state = 'unknown' AND locked_at < ?`, [since]);
      return rows.map(toRow);
    },
    /** Gives up waiting for a status; the bubble keeps its state and offers "send again". */
    release(row: OutboxRow, error: MessageError, now: number): Promise<boolean> {
      return settle(row, now, (tx) =>
        tx.run(`UPDATE ${messages} SET error = ? WHERE id = ? AND delivery_status = 'unknown'`, [
          JSON.stringify(error),
          row.messageId,
        ]),
      );
    },
  };
};

export type Outbox = ReturnType<typeof createOutbox>;
