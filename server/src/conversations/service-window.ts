import { SERVICE_WINDOW_MS } from '../constants';

export interface WindowFacts {
  /** Newest inbound message's own time, ms; null when the person never wrote on this number. */
  lastInboundAt: number | null;
  /** When Meta last answered 131047, ms. */
  refusedAt: number | null;
}

/** When the 24-hour customer service window ends (ms), or null when it never opened or Meta calls it closed. */
export const windowExpiresAt = ({ lastInboundAt, refusedAt }: WindowFacts): number | null => {
  if (lastInboundAt === null) return null;
  // Meta's refusal is the truth until the person writes again (Meta admits rare refusals inside the window).
  if (refusedAt !== null && refusedAt >= lastInboundAt)
    return Math.min(refusedAt, lastInboundAt + SERVICE_WINDOW_MS);
  return lastInboundAt + SERVICE_WINDOW_MS;
};

export const isWindowOpen = (facts: WindowFacts, now: number): boolean => {
  const end = windowExpiresAt(facts);
  return end !== null && now < end;
};
