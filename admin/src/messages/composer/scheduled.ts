import { useCallback, useEffect, useState } from 'react';
import { api, ApiError } from '../../api/client';
import { report } from '../../design/report';
import { onSignal } from '../../realtime/hub';
import type { ListScheduled, Message } from '../api-types';

const GATHER_MS = 300;

/** What is planned in a conversation, soonest first; kept current by the stream. */
export const useScheduled = (conversationId: string) => {
  const [messages, setMessages] = useState<Message[]>([]);
  const load = useCallback(async () => {
    try {
      const path = `/conversations/${encodeURIComponent(conversationId)}/scheduled`;
      setMessages((await api.get<ListScheduled.Response>(path)).data);
    } catch (cause) {
      // What is planned goes out all the same; the list comes back with the next change.
      if (!(cause instanceof ApiError) || cause.status !== 404) {
        report('The scheduled messages could not be loaded', cause);
      }
    }
  }, [conversationId]);
  useEffect(() => {
    void load();
    let timer: ReturnType<typeof setTimeout> | null = null;
    // A burst of changes is one question.
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        void load();
      }, GATHER_MS);
    };
    const stop = onSignal((signal) => {
      if (signal.type === 'reload') soon();
      else if (signal.type === 'change' && signal.change.conversationId === conversationId) soon();
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [conversationId, load]);
  return { messages, reload: load };
};
