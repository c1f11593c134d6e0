import { useMemo } from 'react';
import type { Message } from './api-types';
import type { RowActions } from './bubble/MessageView';
import { react } from './reacting';
import { cancelScheduled, retryMedia, retryMessage, sendAgain } from './sending';

interface Handlers {
  tell(cause: unknown): void;
  onReply(message: Message): void;
  onEdit(message: Message): void;
  onOpen(message: Message): void;
  onReschedule(message: Message): void;
}

/** What the rows of a thread can ask for; the same object while the handlers are the same. */
export const useRowActions = ({ tell, onReply, onEdit, onOpen, onReschedule }: Handlers) =>
  useMemo<Omit<RowActions, 'onJump'>>(
    () => ({
      onReply,
      onEdit,
      onOpen,
      onReschedule,
      onRetry: (message) => void retryMessage(message).catch(tell),
      onReact: (message, emoji) => void react(message, emoji).catch(tell),
      onRetryMedia: (message) => void retryMedia(message).catch(tell),
      onSendAgain: (message) => void sendAgain(message).catch(tell),
      onCancel: (message) => void cancelScheduled(message).catch(tell),
    }),
    [tell, onReply, onEdit, onOpen, onReschedule],
  );
