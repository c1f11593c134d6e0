import type { Audit } from '../audit/service';
import { invalid } from '../errors';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Conversation } from './contract';
import { createConversationRepository } from './repository';
import type { Conversations } from './service';

interface Deps {
  db: Database;
  conversations: Conversations;
  audit: Audit;
  /** Who may be given a conversation of this organization. */
  assignees(organizationId: number): Promise<{ id: number; name: string }[]>;
  now(): number;
  notify(): void;
}

/** Gives a conversation to somebody who can read it, or to nobody (null). */
export const createAssign =
  ({ db, conversations, audit, assignees, now, notify }: Deps) =>
  async (scope: Scope, id: number | null, assigneeId: number | null): Promise<Conversation> => {
    const before = await conversations.findOne(scope, id);
    const people = assigneeId === null ? [] : await assignees(scope.organizationId);
    if (assigneeId !== null && !people.some((person) => person.id === assigneeId)) {
      throw invalid([{ path: 'assigneeId', message: 'Is nobody who can read conversations here' }]);
    }
    const conversationId = Number(before.id);
    const changed = await db.transaction(async (tx) => {
      const repository = createConversationRepository(db, scope);
      const former = await repository.assign(tx, conversationId, assigneeId);
      if (former === undefined || former === assigneeId) return false;
      const change = {
        kind: 'conversation.updated' as const,
        organizationId: scope.organizationId,
        integrationId: Number(before.integrationId),
        conversationId,
        messageId: null,
        formerAssigneeId: former,
      };
      await appendChanges(db, tx, [change], now());
      await audit.record(tx, {
        organizationId: scope.organizationId,
        action: 'conversation.assign',
        target: { type: 'conversation', id: conversationId },
        before: { assignee: former },
        after: { assignee: assigneeId },
      });
      return true;
    });
    if (changed) notify();
    // Whoever hands his own conversation over still gets to see that it worked.
    return conversations.findOne({ ...scope, assignedTo: undefined }, conversationId);
  };
