import { TABLES } from '../constants';
import { invalid, notFound, WhatsAppError } from '../errors';
import { idOf } from '../http/validate';
import type { Registry } from '../integrations/registry';
import { createOutgoing, type MessageRow } from '../messages/outgoing';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';
import { randomToken } from '../storage/ids';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import { checkAddressee, createAddressBook, type Target } from './addressee';
import type { SendCommand, SendResult } from './contract';
import { assertAllowed, gate, newerReply } from './gate';
import { dequeue, enqueue, PRIORITY } from './outbox';
import { LAST_MESSAGE } from '../conversations/last-message';

type Conversation = NonNullable<Target['conversation']>;

/** How long a client key stands for its first message. */
const CLIENT_KEY_MS = 24 * 60 * 60 * 1000;

/**
 * Meta tells the time of a customer's message in whole seconds. With ours in milliseconds, an answer of the customer in
 * the same second would sort before what it answers; so both count seconds, and within one the order of arrival decides.
 */
const wholeSecond = (at: number): number => at - (at % 1000);

/** Refused by what a twin of this very request may have written a moment before. */
const isOvertaken = (error: unknown): boolean =>
  isUniqueViolation(error) || (error instanceof WhatsAppError && error.code === 'newer_reply_exists');

interface Deps {
  db: Database;
  registry: Registry;
  now(): number;
  /** The lane of a number has something to do. */
  wake(integrationId: number): void;
  notify(): void;
}

export interface Outbound {
  /** The one verb: judged by the gate, stored with its outbox row in one transaction, sent by the number's lane. */
  send(command: SendCommand): Promise<SendResult>;
  /** An editor's decision to try a failed or unconfirmed message again; the gate is asked anew. */
  retry(scope: Scope, messageId: number | null): Promise<SendResult>;
}

export const createOutbound = ({ db, registry, now, wake, notify }: Deps): Outbound => {
  const connectedIn = async (scope: Scope) =>
    (await registry.all()).filter((number) => number.organizationId === scope.organizationId);

  const judge = async (scope: Scope, target: Target, expected?: number | null): Promise<void> => {
    const number = (await connectedIn(scope)).find((n) => n.id === target.integrationId);
    if (!number) throw notFound('Integration');
    const { conversation } = target;
    const lastMessageId = conversation?.lastMessageId ?? null;
    assertAllowed(
      gate(
        {
          integrationActive: number.active,
          freeForm: true,
          window: {
            lastInboundAt: conversation?.lastInboundAt ?? null,
            refusedAt: conversation?.windowRefusedAt ?? null,
          },
          // Not asked for: whatever is last is what was expected.
          expectedLastMessageId: expected === undefined ? lastMessageId : expected,
          lastMessageId,
        },
        now(),
      ),
    );
  };

  const quotedWamid = async (
    scope: Scope,
    target: Target,
    replyTo: string | null,
  ): Promise<string | null> => {
    if (replyTo === null) return null;
    const repository = createOutgoing(db, scope);
    const id = idOf(replyTo);
    const row: MessageRow | undefined =
      id === null
        ? (await repository.byWamids(target.integrationId, [replyTo]))[0]
        : ((await repository.findOne(id)) ?? undefined);
    const full = row && (await repository.findOne(Number(row.id)));
    if (!full || Number(full.conversation_id) !== target.conversation?.id) {
      throw invalid([{ path: 'replyTo', message: 'Is no message of this conversation' }]);
    }
    if (!full.wamid) throw invalid([{ path: 'replyTo', message: 'Has not reached WhatsApp yet' }]);
    return String(full.wamid);
  };

  const repeatOf = async (scope: Scope, clientKey: string | null): Promise<SendResult | null> => {
    if (clientKey === null) return null;
    const row = await createOutgoing(db, scope).findByClientKey(clientKey);
    if (!row) return null;
    if (Number(row.received_at) > now() - CLIENT_KEY_MS) return { messageId: Number(row.id), repeated: true };
    await createOutgoing(db, scope).forgetClientKey(clientKey, now() - CLIENT_KEY_MS);
    return null;
  };

  const touch = (tx: Tx, conversationId: number, key: string, at: number): Promise<number> =>
    tx.run(
      `UPDATE ${db.name(TABLES.conversations)} SET last_message_key = ?, last_message_at = ? WHERE id = ? AND last_message_at <= ?`,
      [key, at, conversationId, at],
    );

  const announce = (
    tx: Tx,
    kind: 'message.created' | 'message.updated',
    scope: Scope,
    ids: { integrationId: number; conversationId: number; messageId: number },
  ): Promise<unknown> =>
    appendChanges(db, tx, [{ kind, organizationId: scope.organizationId, ...ids }], now());

  /** Two answers to the same message at once: the row lock lets one through, the other then sees a newer message. */
  const holdExpectation = async (tx: Tx, command: SendCommand, conversation: Conversation): Promise<void> => {
    if (command.expectedLastMessageId === undefined) return;
    const held = await tx.run(
      `UPDATE ${db.name(TABLES.conversations)} SET last_message_key = last_message_key WHERE id = ? AND COALESCE(last_message_key, '') = ?`,
      [conversation.id, conversation.lastMessageKey ?? ''],
    );
    if (held > 0) return;
    const [row] = await tx.all(
      `SELECT m.id FROM ${db.name(TABLES.conversations)} v JOIN ${db.name(TABLES.messages)} m ON ${LAST_MESSAGE} WHERE v.id = ?`,
      [conversation.id],
    );
    assertAllowed(newerReply(row ? Number(row.id) : null));
  };

  const store = (
    command: SendCommand,
    integrationId: number,
    conversation: Conversation,
    replyTo: string | null,
  ) =>
    db.transaction(async (tx) => {
      const at = now();
      const conversationId = conversation.id;
      await holdExpectation(tx, command, conversation);
      const { id, key } = await createOutgoing(db, command.scope).insertOutbound(
        tx,
        {
          integrationId,
          conversationId,
          type: 'text',
          text: command.text.body,
          content: { previewUrl: command.text.previewUrl },
          replyToWamid: replyTo,
          clientKey: command.clientKey,
          sendKey: randomToken(32),
          origin: command.origin,
          authorId: command.author?.id ?? null,
          authorName: command.author?.name ?? null,
          writtenAt: wholeSecond(at),
        },
        at,
      );
      const ids = { integrationId, conversationId, messageId: id };
      await enqueue(db, tx, { ...command.scope, ...ids, priority: PRIORITY.person, notBefore: at });
      await touch(tx, conversationId, key, wholeSecond(at));
      await announce(tx, 'message.created', command.scope, ids);
      return id;
    });

  return {
    async send(command) {
      const { scope, addressee, clientKey } = command;
      checkAddressee(addressee);
      const repeated = await repeatOf(scope, clientKey);
      if (repeated) return repeated;
      const numbers = await connectedIn(scope);
      if (command.integrationId !== null && !numbers.some((n) => n.id === command.integrationId)) {
        throw notFound('Integration');
      }
      const target = await createAddressBook(db, scope).find(
        addressee,
        command.integrationId,
        numbers.map((number) => number.id),
      );
      const replyTo = await quotedWamid(scope, target, command.replyTo);
      try {
        await judge(scope, target, command.expectedLastMessageId);
        // The gate lets free-form text through only inside a window, and only a conversation has one.
        if (!target.conversation) throw notFound('Conversation');
        const messageId = await store(command, target.integrationId, target.conversation, replyTo);
        wake(target.integrationId);
        notify();
        return { messageId, repeated: false };
      } catch (error) {
        // Two of the same key at once: one gets through, the other answers with it.
        const winner = isOvertaken(error) ? await repeatOf(scope, clientKey) : null;
        if (winner) return winner;
        throw error;
      }
    },

    async retry(scope, messageId) {
      const repository = createOutgoing(db, scope);
      const row = messageId === null ? null : await repository.findOne(messageId);
      if (!row) throw notFound('Message');
      const error = (typeof row.error === 'string' ? JSON.parse(row.error) : row.error) as {
        retryable?: boolean;
      } | null;
      if (!error?.retryable || !['failed', 'unknown'].includes(String(row.delivery_status))) {
        throw new WhatsAppError('not_retryable', 'This message cannot be sent again as it is.');
      }
      const target = await createAddressBook(db, scope).find(
        { conversationId: Number(row.conversation_id) },
        null,
        [],
      );
      await judge(scope, target);
      const ids = {
        integrationId: target.integrationId,
        conversationId: Number(row.conversation_id),
        messageId: Number(row.id),
      };
      const again = db.transaction(async (tx) => {
        if (!(await repository.requeue(tx, ids.messageId, randomToken(32)))) return false;
        await dequeue(db, tx, ids.messageId);
        await enqueue(db, tx, { ...scope, ...ids, priority: PRIORITY.person, notBefore: now() });
        await announce(tx, 'message.updated', scope, ids);
        return true;
      });
      const queued = await again.catch((error: unknown) => {
        // Its outbox row is still there: a failure was told before the answer to the send itself.
        if (!isUniqueViolation(error)) throw error;
        throw new WhatsAppError('not_retryable', 'This message is still being sent; try again in a moment.');
      });
      if (queued) wake(ids.integrationId);
      notify();
      return { messageId: ids.messageId, repeated: !queued };
    },
  };
};
