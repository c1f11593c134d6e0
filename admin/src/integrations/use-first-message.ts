import { useEffect, useRef, useState } from 'react';
import type { Integration, OneIntegration } from '../../../server/src/integrations/contract';
import { api } from '../api/client';
import { report } from '../design/report';
import { serverNow } from '../realtime/clock';
import { holdStream, onSignal } from '../realtime/hub';

/** For whoever may not read the inbox, and hence has no stream. */
const POLL_MS = 4_000;
/** A message sent while the person was still pressing Continue counts as well. */
const BEFORE_MS = 10 * 60_000;

/**
 * Waits for the first message of a customer on a number, live. Messages from long before the waiting began do not count: a
 * number that was connected earlier has some.
 * @returns when it came; null while waiting
 */
export const useFirstMessage = (integration: Integration, withStream: boolean): string | null => {
  const [arrived, setArrived] = useState<string | null>(null);
  const since = useRef(serverNow());
  const { id } = integration;

  useEffect(() => {
    if (arrived !== null) return;
    let current = true;
    const look = async () => {
      try {
        const { data } = await api.get<OneIntegration.Response>(`/integrations/${encodeURIComponent(id)}`);
        const at = data.lastMessageAt ?? null;
        if (current && at !== null && Date.parse(at) >= since.current - BEFORE_MS) setArrived(at);
      } catch (cause) {
        report('The number could not be asked for its first message', cause);
      }
    };
    const release = withStream ? holdStream() : undefined;
    const stop = onSignal((signal) => {
      if (signal.type === 'change' && signal.change.integrationId === id) void look();
    });
    const timer = setInterval(() => void look(), POLL_MS);
    void look();
    return () => {
      current = false;
      clearInterval(timer);
      stop();
      release?.();
    };
  }, [id, arrived, withStream]);
  return arrived;
};
