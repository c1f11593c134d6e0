import { useEffect } from 'react';
import { markRead } from '../conversations/list-store';
import { report } from '../design/report';

const SEEN_AFTER_MS = 1_000;

const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();

/** Marks the open conversation read once it has been in sight of a focused window for a second. */
export const useMarkRead = (conversationId: string, unreadCount: number, ready: boolean): void => {
  useEffect(() => {
    if (!ready || unreadCount === 0) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const check = () => {
      if (timer) clearTimeout(timer);
      timer = null;
      if (!isLookedAt()) return;
      timer = setTimeout(() => {
        markRead(conversationId).catch((cause: unknown) => {
          // The count comes back with the next change of the conversation and is tried again then.
          report('Marking as read failed', cause);
        });
      }, SEEN_AFTER_MS);
    };
    check();
    window.addEventListener('focus', check);
    window.addEventListener('blur', check);
    document.addEventListener('visibilitychange', check);
    return () => {
      if (timer) clearTimeout(timer);
      window.removeEventListener('focus', check);
      window.removeEventListener('blur', check);
      document.removeEventListener('visibilitychange', check);
    };
  }, [conversationId, unreadCount, ready]);
};
