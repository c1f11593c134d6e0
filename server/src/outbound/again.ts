import { messageEvent } from '../audit/sends';
import type { Audit } from '../audit/service';
import { notFound, WhatsAppError } from '../errors';
import type { Registry } from '../integrations/registry';
import { createOutgoing, type MessageRow, type Outgoing } from '../messages/outgoing';
import { senderOf, type AssertTemplateAllowed } from '../template-use/access';
import type { Database } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';
import { randomToken } from '../storage/ids';
import type { Scope } from '../storage/scope';
import { createAddressBook, type Target } from './addressee';
import type { Files, SendResult } from './contract';
import type { FactsOf } from './facts';
import { SENT_AGAIN } from './failure';
import { assertAllowed, gate } from './gate';
import { dequeue, enqueue, PRIORITY } from './outbox';
import { announce, place } from './place';
import { assertMaySend, type SendRights } from './rights';
import { TABLES } from '../constants';

interface Deps {
  db: Database;
  audit: Audit;
  registry: Registry;
  files: Files;
  factsOf: FactsOf;
  assertTemplateAllowed: AssertTemplateAllowed;
  now(): number;
  wake(integrationId: number): void;
  notify(): void;
  onError(error: unknown): void;
}

const json = <T>(value: unknown): T | null =>
  value === null || value === undefined
    ? null
    : ((typeof value === 'string' ? JSON.parse(value) : value) as T);

const words = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

/** What an editor may decide about a message that did not go out, or of which nobody knows. */
export const createAgain = (deps: Deps) => {
  const { db, audit, registry, files, factsOf, now, wake, notify, onError } = deps;
  const load = async (scope: Scope, messageId: number | null): Promise<MessageRow> => {
    const row = messageId === null ? null : await createOutgoing(db, scope).findOne(messageId);
    if (!row) throw notFound('Message');
    return row;
  };

  /** The decision to send a second one does not lapse after a day as a caller's own key does. */
  const secondOf = async (scope: Scope, clientKey: string): Promise<SendResult | null> => {
    const row = await createOutgoing(db, scope).findByClientKey(clientKey);
    return row && { messageId: Number(row.id), repeated: true };
  };

  /** The gate as for a message that is written now. */
  const targetOf = async (scope: Scope, row: MessageRow, rights?: SendRights): Promise<Target> => {
    const address = { conversationId: Number(row.conversation_id) };
    const target = await createAddressBook(db, scope).find(address, null, []);
    const number = (await registry.all()).find(
      (each) => each.id === target.integrationId && each.organizationId === scope.organizationId,
    );
    if (!number) throw notFound('Integration');
    const element = json<Outgoing>(row.outgoing)?.element ?? {
      type: 'text' as const,
      text: { body: '', preview_url: true },
    };
    const content = { kind: 'message' as const, element, file: null };
    const facts = await factsOf(scope, number, target, { content, hours: 'ignore', scheduledAt: null });
    assertAllowed(gate(facts, now()));
    if (element.type === 'template')
      await deps.assertTemplateAllowed(scope, number, element.template.name, senderOf(rights));
    return target;
  };

  const idsOf = (row: MessageRow) => ({
    integrationId: Number(row.integration_id),
    conversationId: Number(row.conversation_id),
    messageId: Number(row.id),
  });

  const copyOf = (scope: Scope, row: MessageRow, clientKey: string): Promise<number> =>
    db.transaction(async (tx) => {
      const { integrationId, conversationId, messageId } = idsOf(row);
      const error = JSON.stringify(SENT_AGAIN);
      const open = await tx.run(
        `UPDATE ${db.name(TABLES.messages)} SET error = ? WHERE id = ? AND delivery_status = 'unknown'`,
        [error, messageId],
      );
      if (open === 0) throw settled();
      await dequeue(db, tx, messageId);
      await announce(db, tx, 'message.updated', scope, idsOf(row), now());
      await audit.record(tx, messageEvent(scope, 'message.send-again', messageId));
      return place(
        db,
        tx,
        scope,
        {
          integrationId,
          conversationId,
          type: row.message_type as never,
          text: String(row.text ?? ''),
          content: json<Record<string, unknown>>(row.content) ?? {},
          media: json<Record<string, unknown>>(row.media),
          template: json<Record<string, unknown>>(row.template),
          outgoing: json<Outgoing>(row.outgoing) as Outgoing,
          replyToWamid: words(row.reply_to_wamid),
          clientKey,
          origin: row.origin as 'agent' | 'api',
          isTest: Number(row.is_test ?? 0) === 1,
          authorId: row.author_id === null ? null : Number(row.author_id),
          authorName: words(row.author_name),
          scheduledAt: null,
          cancelOnReply: false,
        },
        now(),
      );
    });

  return {
    /** The same bubble once more, when WhatsApp refused it or we never got through: it cannot be there twice. */
    async retry(scope: Scope, messageId: number | null, rights?: SendRights): Promise<SendResult> {
      const row = await load(scope, messageId);
      assertMayRepeat(row, rights);
      const retryable = json<{ retryable?: boolean }>(row.error)?.retryable === true;
      if (!retryable || row.delivery_status !== 'failed') {
        throw new WhatsAppError('not_retryable', 'This message cannot be sent again as it is.');
      }
      await targetOf(scope, row, rights);
      const ids = idsOf(row);
      const again = db.transaction(async (tx) => {
        if (!(await createOutgoing(db, scope).requeue(tx, ids.messageId, randomToken(32)))) return false;
        await dequeue(db, tx, ids.messageId);
        await enqueue(db, tx, { ...scope, ...ids, priority: PRIORITY.person });
        await announce(db, tx, 'message.updated', scope, ids, now());
        await audit.record(tx, messageEvent(scope, 'message.retry', ids.messageId));
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

    /**
     * A second message with the same content, of a first one whose outcome nobody knows. It may then arrive twice, so it
     * takes an explicit yes. Asked for twice, it answers the same second message.
     */
    async sendAgain(
      scope: Scope,
      messageId: number | null,
      confirm: boolean,
      rights?: SendRights,
    ): Promise<SendResult> {
      const row = await load(scope, messageId);
      assertMayRepeat(row, rights);
      const clientKey = `again:${String(row.id)}:${String(row.send_key)}`;
      const repeated = await secondOf(scope, clientKey);
      if (repeated) return repeated;
      if (row.direction !== 'outbound' || row.delivery_status !== 'unknown') throw settled();
      if (!confirm) {
        throw new WhatsAppError(
          'confirmation_required',
          'WhatsApp may have delivered this message already. Say yes to send it a second time.',
        );
      }
      await targetOf(scope, row, rights);
      const id = await copyOf(scope, row, clientKey).catch(async (error: unknown) => {
        const twin = isUniqueViolation(error) ? await secondOf(scope, clientKey) : null;
        if (!twin) throw error;
        return twin.messageId;
      });
      if (row.media) await files.copy(scope.organizationId, Number(row.id), id).catch(onError);
      wake(Number(row.integration_id));
      notify();
      return { messageId: id, repeated: false };
    },
  };
};

/** Once more is a send like the first: a template costs the same. */
const assertMayRepeat = (row: MessageRow, rights?: SendRights): void =>
  assertMaySend(rights, { isTemplate: row.message_type === 'template', hasConversation: true });

const settled = (): WhatsAppError =>
  new WhatsAppError('not_retryable', 'This message is not waiting for a decision.');
