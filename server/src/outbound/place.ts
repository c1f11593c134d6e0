import { TABLES } from '../constants';
import { createOutgoing, type OutboundMessage } from '../messages/outgoing';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import { documentId, randomToken } from '../storage/ids';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import { noteTemplateSend } from '../templates/sends';
import { enqueue, PRIORITY } from './outbox';

/**
 * Meta tells the time of a customer's message in whole seconds. With ours in milliseconds, an answer of the customer in
 * the same second would sort before what it answers; so both count seconds, and within one the order of arrival decides.
 */
export const wholeSecond = (at: number): number => at - (at % 1000);

export interface Ids {
  integrationId: number;
  conversationId: number;
  messageId: number;
}

export const announce = (
  db: Database,
  tx: Tx,
  kind: 'message.created' | 'message.updated',
  scope: Scope,
  ids: Ids,
  now: number,
): Promise<unknown> => appendChanges(db, tx, [{ kind, organizationId: scope.organizationId, ...ids }], now);

/** The thread's newest message; one that is older than what stands there changes nothing. */
export const touch = (
  db: Database,
  tx: Tx,
  conversationId: number,
  key: string,
  at: number,
): Promise<number> =>
  tx.run(
    `UPDATE ${db.name(TABLES.conversations)} SET last_message_key = ?, last_message_at = ? WHERE id = ? AND last_message_at <= ?`,
    [key, at, conversationId, at],
  );

export type Draft = Omit<OutboundMessage, 'key' | 'sendKey' | 'state' | 'writtenAt'> & {
  /** Dropped when the person writes before its time. */
  cancelOnReply: boolean;
};

/** Newest message of the person in this thread: what comes after it is an answer. */
const newestInbound = async (db: Database, tx: Tx, conversationId: number): Promise<number> => {
  const [row] = await tx.all(
    `SELECT max(id) AS id FROM ${db.name(TABLES.messages)} WHERE conversation_id = ? AND direction = 'inbound' AND message_type <> 'system'`,
    [conversationId],
  );
  return Number(row?.id ?? 0);
};

const schedule = async (
  db: Database,
  tx: Tx,
  scope: Scope,
  ids: Ids,
  dueAt: number,
  cancelOnReply: boolean,
): Promise<number> =>
  tx.run(
    `INSERT INTO ${db.name(TABLES.scheduled)} (organization_id, integration_id, conversation_id, message_id, due_at, cancel_after_id) VALUES (?, ?, ?, ?, ?, ?)`,
    [
      scope.organizationId,
      ids.integrationId,
      ids.conversationId,
      ids.messageId,
      dueAt,
      cancelOnReply ? await newestInbound(db, tx, ids.conversationId) : null,
    ],
  );

/** Writes the bubble with what makes it leave: its outbox row, or its entry among what waits for a time. */
export const place = async (
  db: Database,
  tx: Tx,
  scope: Scope,
  { cancelOnReply, ...draft }: Draft,
  now: number,
): Promise<number> => {
  const key = documentId();
  const { integrationId, conversationId, scheduledAt } = draft;
  const messageId = await createOutgoing(db, scope).insertOutbound(
    tx,
    {
      ...draft,
      key,
      sendKey: randomToken(32),
      state: scheduledAt === null ? 'queued' : 'scheduled',
      writtenAt: wholeSecond(now),
    },
    now,
  );
  const ids = { integrationId, conversationId, messageId };
  const { element } = draft.outgoing;
  if (element.type === 'template' && !draft.isTest) {
    const { authorId } = draft;
    await noteTemplateSend(db, tx, scope, { ...ids, authorId }, element.template, scheduledAt ?? now);
  }
  if (scheduledAt === null) {
    await enqueue(db, tx, { ...scope, ...ids, priority: PRIORITY.person });
    await touch(db, tx, conversationId, key, wholeSecond(now));
  } else await schedule(db, tx, scope, ids, scheduledAt, cancelOnReply);
  await announce(db, tx, 'message.created', scope, ids, now);
  return messageId;
};
