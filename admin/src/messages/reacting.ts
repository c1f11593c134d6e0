import { api } from '../api/client';
import type { Message, SendMessage } from './api-types';
import { newUuid } from '../design/ids';
import { patchMessage } from './thread-state';
import { takeMessage, threadStore } from './thread-store';

/** Our own reaction on a message; '' when there is none. */
export const ownReaction = (message: Message): string =>
  message.reactions.find(({ from }) => from === 'business')?.emoji ?? '';

const withOwn = (reactions: Message['reactions'], emoji: string): Message['reactions'] => {
  const others = reactions.filter(({ from }) => from !== 'business');
  return emoji ? [...others, { emoji, from: 'business' }] : others;
};

/**
 * Puts our reaction on a message, replaces it, or takes it back when it is the same. Shown at once; a refusal puts the
 * old one back and is thrown.
 */
export const react = async (message: Message, emoji: string): Promise<void> => {
  const before = ownReaction(message);
  const next = before === emoji ? '' : emoji;
  const show = (own: string) =>
    threadStore(message.conversationId).set((state) =>
      patchMessage(state, message.id, (known) => ({ reactions: withOwn(known.reactions, own) })),
    );
  show(next);
  try {
    const { data } = await api.post<SendMessage.Response>('/messages/send', {
      conversationId: message.conversationId,
      type: 'reaction',
      reaction: { messageId: message.id, emoji: next },
      clientKey: newUuid(),
    } satisfies SendMessage.Body);
    if (data.id === message.id) takeMessage(data);
  } catch (cause) {
    show(before);
    throw cause;
  }
};
