import { notFound } from '../errors';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import { decodeCursor, encodeCursor } from '../storage/keyset';
import type { Scope } from '../storage/scope';
import type { Conversation, ListConversations } from './contract';
import { maskConversation } from './mask';
import { presentConversation } from './present';
import { createConversationRepository, type ConversationFilter, type ConversationRow } from './repository';

interface Deps {
  db: Database;
  now(): number;
  notify(): void;
  /** Somebody of the team looked at the thread, up to this message (null: all of it). */
  onRead(conversationId: number, upToMessageId: number | null): void;
}

export const createConversations = ({ db, now, notify, onRead }: Deps) => {
  const show = (scope: Scope, row: ConversationRow, at: number): Conversation => {
    const conversation = presentConversation(row, at);
    return scope.masked ? maskConversation(conversation) : conversation;
  };

  const findOne = async (scope: Scope, id: number | null): Promise<Conversation> => {
    const row = id === null ? null : await createConversationRepository(db, scope).findOne(id);
    if (!row) throw notFound('Conversation');
    return show(scope, row, now());
  };

  return {
    findOne,
    async list(
      scope: Scope,
      filter: ConversationFilter,
      page: { limit: number; cursor?: string },
    ): Promise<ListConversations.Response> {
      const after = page.cursor ? decodeCursor(page.cursor) : null;
      const at = now();
      const rows = await createConversationRepository(db, scope).list(filter, page.limit + 1, after, at);
      const shown = rows.slice(0, page.limit);
      const last = shown[shown.length - 1];
      return {
        data: shown.map((row) => show(scope, row, at)),
        meta: {
          nextCursor:
            rows.length > page.limit && last
              ? encodeCursor({ at: Number(last.last_message_at), id: Number(last.id) })
              : null,
        },
      };
    },
    /** Resets the unread count, but not of what arrived after `upToMessageId`. */
    async markRead(scope: Scope, id: number | null, upToMessageId: number | null): Promise<Conversation> {
      const conversation = await findOne(scope, id);
      const changed = await db.transaction(async (tx) => {
        const done = await createConversationRepository(db, scope).markRead(
          tx,
          Number(conversation.id),
          upToMessageId,
        );
        if (done) {
          await appendChanges(
            db,
            tx,
            [
              {
                kind: 'conversation.updated',
                organizationId: scope.organizationId,
                integrationId: Number(conversation.integrationId),
                conversationId: Number(conversation.id),
                messageId: null,
              },
            ],
            now(),
          );
        }
        return done;
      });
      onRead(Number(conversation.id), upToMessageId);
      if (changed) notify();
      return changed ? findOne(scope, id) : conversation;
    },
    async overview(scope: Scope): Promise<{ unreadConversations: number; hasConversations: boolean }> {
      const repository = createConversationRepository(db, scope);
      return {
        unreadConversations: await repository.unreadCount(),
        hasConversations: await repository.any(),
      };
    },
  };
};

export type Conversations = ReturnType<typeof createConversations>;
