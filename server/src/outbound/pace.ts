/**
 * How fast a number may send. A token bucket that starts full overshoots Meta's limit in its first second, so the burst
 * is 2 % of the rate and the rate itself 95 % (measured: 1,000/s asked, never above 1,000 in any sliding second).
 */
export interface Pace {
  /** Milliseconds to wait before the next send; 0 takes a token. */
  take(now: number): number;
  /** Meta said "too fast": half the rate for now, growing back by the second. */
  slowDown(now: number): void;
}

const FLOOR = 1;
const RECOVERY_PER_SECOND = 0.05;

export const createPace = (perSecond: number): Pace => {
  const full = Math.max(FLOOR, perSecond * 0.95);
  const burst = Math.max(1, perSecond * 0.02);
  let rate = full;
  let tokens = burst;
  let at = -Infinity;

  const refill = (now: number): void => {
    if (at === -Infinity) at = now;
    const seconds = Math.max(0, now - at) / 1000;
    at = now;
    tokens = Math.min(burst, tokens + seconds * rate);
    rate = Math.min(full, rate + seconds * full * RECOVERY_PER_SECOND);
  };

  return {
    take(now) {
      refill(now);
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return Math.max(1, Math.ceil(((1 - tokens) / rate) * 1000));
    },
    slowDown(now) {
      refill(now);
      rate = Math.max(FLOOR, rate / 2);
      tokens = 0;
    },
  };
};

/** Meta's pair limit: one message per 6 s to the same person, 45 may be borrowed ahead (cloud-api.md §15). */
const PAIR_EVERY_MS = 6_000;
const PAIR_BURST = 45;

/** Per conversation; entries that are full again are forgotten. */
export const createPairLimit = () => {
  const used = new Map<number, { debt: number; at: number }>();
  return {
    /** Milliseconds to wait; 0 counts the send. */
    take(conversationId: number, now: number): number {
      const entry = used.get(conversationId) ?? { debt: 0, at: now };
      // A clock that was set back must not look like an hour of debt.
      const debt = Math.max(0, entry.debt - Math.max(0, now - entry.at) / PAIR_EVERY_MS);
      if (debt + 1 > PAIR_BURST) return Math.ceil((debt + 1 - PAIR_BURST) * PAIR_EVERY_MS);
      used.set(conversationId, { debt: debt + 1, at: now });
      if (used.size > 10_000) {
        for (const [id, { debt: owed, at }] of used) if (owed <= (now - at) / PAIR_EVERY_MS) used.delete(id);
      }
      return 0;
    },
  };
};
