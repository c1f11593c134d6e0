import type { GraphClient } from '../cloud-api/client';
import { toGraphError } from '../cloud-api/errors';
import { QUOTE_MAX_AGE_MS, TYPING_INDICATOR_MS } from '../cloud-api/limits';
import { TABLES } from '../constants';
import { isWindowOpen } from '../conversations/service-window';
import { notFound } from '../errors';
import type { ConnectedNumber } from '../integrations/registry';
import { addJobs } from '../jobs/batch';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { numberOrNull } from '../storage/cells';

interface Deps {
  db: Database;
  number(integrationId: number): Promise<ConnectedNumber | undefined>;
  clientFor(number: ConnectedNumber): GraphClient;
  now(): number;
  wakeJobs(): void;
}

interface Newest {
  integrationId: number;
  organizationId: number;
  wamid: string;
  writtenAt: number;
  receiptWamid: string | null;
  lastInboundAt: number | null;
  refusedAt: number | null;
}

/** The indicator disappears after 25 s: asked for again a little earlier, and no sooner. */
const TYPING_EVERY_MS = TYPING_INDICATOR_MS - 5_000;
/** A receipt that could not be told within this time is not worth telling. */
const GIVE_UP_MS = 60 * 60 * 1000;
const REMEMBERED = 5_000;

/**
 * What the person's phone learns of our side besides messages: blue ticks and "typing…". Neither is ever worth failing or
 * delaying a message for.
 */
export const createReceipts = ({ db, number: numberOf, clientFor, now, wakeJobs }: Deps) => {
  const typedAt = new Map<number, number>();

  /** The newest message of the person, up to one that was seen. System lines and imported ones cannot be marked. */
  const newest = async (conversationId: number, upToId: number | null): Promise<Newest | null> => {
    const [row] = await db.all(
      `SELECT m.wamid, m.written_at, v.integration_id, v.organization_id, v.receipt_wamid, v.last_inbound_at, v.window_refused_at ` +
        `FROM ${db.name(TABLES.messages)} m JOIN ${db.name(TABLES.conversations)} v ON v.id = m.conversation_id ` +
        `JOIN ${db.name(TABLES.contacts)} c ON c.id = v.contact_id ` +
        `WHERE m.conversation_id = ? AND m.direction = 'inbound' AND m.message_type <> 'system' AND m.wamid IS NOT NULL ` +
        `AND c.group_id IS NULL AND m.id <= ? ORDER BY m.written_at DESC, m.id DESC LIMIT 1`,
      [conversationId, upToId ?? 2_147_483_647],
    );
    if (!row || Number(row.written_at) < now() - QUOTE_MAX_AGE_MS) return null;
    return {
      integrationId: Number(row.integration_id),
      organizationId: Number(row.organization_id),
      wamid: String(row.wamid),
      writtenAt: Number(row.written_at),
      receiptWamid: row.receipt_wamid === null ? null : String(row.receipt_wamid),
      lastInboundAt: numberOrNull(row.last_inbound_at),
      refusedAt: numberOrNull(row.window_refused_at),
    };
  };

  const note = async (
    conversationId: number,
    upToId: number | null,
    when: ConnectedNumber['readReceipts'],
  ): Promise<void> => {
    const message = await newest(conversationId, upToId);
    if (!message || message.wamid === message.receiptWamid) return;
    const number = await numberOf(message.integrationId);
    if (!number?.active || number.readReceipts !== when) return;
    const { organizationId, wamid } = message;
    await db.transaction((tx) =>
      addJobs(db, tx, [{ kind: 'receipt.send', organizationId, payload: { conversationId, wamid } }], now()),
    );
    wakeJobs();
  };

  const remember = (conversationId: number): void => {
    typedAt.set(conversationId, now());
    if (typedAt.size <= REMEMBERED) return;
    for (const [id, at] of typedAt) if (at < now() - TYPING_EVERY_MS) typedAt.delete(id);
  };

  return {
    /** Somebody of the team looked at the thread, up to this message (null: all of it). */
    opened: (conversationId: number, upToId: number | null): Promise<void> =>
      note(conversationId, upToId, 'on_open'),
    /** An answer left. */
    replied: (conversationId: number): Promise<void> => note(conversationId, null, 'on_reply'),

    async job(payload: Record<string, unknown>, lastTry: boolean): Promise<boolean> {
      const conversationId = Number(payload.conversationId);
      const wamid = String(payload.wamid);
      const message = await newest(conversationId, null);
      const number = message && (await numberOf(message.integrationId));
      if (!message || !number?.active || message.receiptWamid === wamid) return false;
      try {
        await clientFor(number).markRead(number.phoneNumberId, wamid);
      } catch (error) {
        const failure = toGraphError(error, { sending: false });
        const waits = failure.retryable || failure.category === 'credential';
        return waits && !lastTry && message.writtenAt > now() - GIVE_UP_MS;
      }
      await db.all(`UPDATE ${db.name(TABLES.conversations)} SET receipt_wamid = ? WHERE id = ?`, [
        wamid,
        conversationId,
      ]);
      return false;
    },

    /**
     * Shows "typing…" on the person's phone. Answers whether it was asked for: not outside the window, not twice within 20 s,
     * and only where opening a thread already turns the ticks blue, because Meta's indicator always does.
     */
    async typing(scope: Scope, conversationId: number | null): Promise<boolean> {
      const [known] =
        conversationId === null
          ? []
          : await db.all(
              `SELECT id FROM ${db.name(TABLES.conversations)} WHERE id = ? AND organization_id = ?${scope.assignedTo === undefined ? '' : ' AND assignee_id = ?'}`,
              [
                conversationId,
                scope.organizationId,
                ...(scope.assignedTo === undefined ? [] : [scope.assignedTo]),
              ],
            );
      if (!known || conversationId === null) throw notFound('Conversation');
      if (now() - (typedAt.get(conversationId) ?? -Infinity) < TYPING_EVERY_MS) return false;
      const message = await newest(conversationId, null);
      const number = message && (await numberOf(message.integrationId));
      if (!message || !number?.active || !number.typingIndicator || number.readReceipts !== 'on_open')
        return false;
      if (!isWindowOpen(message, now())) return false;
      remember(conversationId);
      try {
        await clientFor(number).markRead(number.phoneNumberId, message.wamid, { typing: true });
        return true;
      } catch {
        // Never repeated and never told: by then the answer is there, or nobody is typing any more.
        return false;
      }
    },
  };
};
