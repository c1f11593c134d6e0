import { useCallback, useEffect, useState } from 'react';
import type { Conversation } from '../../../server/src/conversations/contract';
import { report } from '../design/report';
import { loadUnread, type ThreadStore } from './thread-store';
import { findUnreadMark, type UnreadMark } from './timeline';

/** Loads a thread back to its first unread message, and says where the unread line stands. */
export const useOpening = (conversation: Conversation, store: ThreadStore) => {
  // Frozen at opening: later arrivals and the read receipt must not move the divider.
  const [unreadAtOpen] = useState(conversation.unreadCount);
  // What was loaded before shows at once, unless an earlier visit left it at a piece of the past.
  const [opened, setOpened] = useState(() => store.get().status === 'ready' && !store.get().hasNewer);
  const [mark, setMark] = useState<UnreadMark | null>(() =>
    opened ? findUnreadMark(store.get(), unreadAtOpen) : null,
  );
  const [reference, setReference] = useState<string | null>(null);

  const load = useCallback(async () => {
    setReference(null);
    try {
      await loadUnread(conversation.id, unreadAtOpen);
      setOpened((was) => {
        if (!was) setMark(findUnreadMark(store.get(), unreadAtOpen));
        return true;
      });
    } catch (cause) {
      setReference(report('The messages could not be loaded', cause));
    }
  }, [conversation.id, store, unreadAtOpen]);

  useEffect(() => void load(), [load]);
  return { mark, clearMark: useCallback(() => setMark(null), []), opened, reference, reload: load };
};
