import type { Conversations } from '../conversations/service';
import type { Messages } from '../messages/service';
import { textContent } from '../outbound/contract';
import type { Outbound } from '../outbound/service';
import type { Scope } from '../storage/scope';

interface Deps {
  outbound: Outbound;
  messages: Messages;
  conversations: Conversations;
}

/** The team's side of a sample conversation: answers by the verb that everybody uses, and has read what was asked. */
export const createSampleAnswer =
  ({ outbound, messages, conversations }: Deps) =>
  async (scope: Scope, customer: { phone: string | null; userId: string }, text: string): Promise<void> => {
    const { messageId } = await outbound.send({
      scope,
      addressee: customer.phone ? { phone: customer.phone } : { userId: customer.userId },
      integrationId: null,
      content: textContent(text),
      scheduledAt: null,
      cancelOnReply: false,
      hours: 'ignore',
      replyTo: null,
      clientKey: null,
      origin: 'agent',
      author: { id: null, name: 'Demo' },
    });
    const { conversationId } = await messages.findOne(scope, messageId);
    await conversations.markRead(scope, Number(conversationId), null);
  };
