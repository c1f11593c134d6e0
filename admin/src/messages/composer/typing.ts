import { useCallback, useRef } from 'react';
import { api } from '../../api/client';

/** WhatsApp shows "typing…" for 25 s at most and takes it as read, too; so it is asked for sparingly. */
const EVERY_MS = 20_000;

/** Tells the person, at most every 20 s, that an answer is being typed. `enabled: false` tells nothing. */
export const useTyping = (conversationId: string, enabled: boolean): (() => void) => {
  const last = useRef(-Infinity);
  return useCallback(() => {
    const now = performance.now();
    if (!enabled || now - last.current < EVERY_MS) return;
    last.current = now;
    api.post(`/conversations/${encodeURIComponent(conversationId)}/typing`).catch(() => {
      // A courtesy: nothing is lost without it, and nobody wants to hear of it.
    });
  }, [conversationId, enabled]);
};
