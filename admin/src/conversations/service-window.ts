const HOUR = 3_600_000;

export type WindowState =
  | { state: 'never' }
  | { state: 'closed' }
  | { state: 'open' | 'closing' | 'closing-soon'; hours: number; minutes: number };

/**
 * Meta's customer service window at a moment: free-form messages pass for 24 h after the person's last message.
 * `closing` from 4 h before the end, `closing-soon` from 1 h. In the last hour minutes are rounded up: "0 min left" would be a lie.
 */
export const windowState = (expiresAt: string | null, now: number): WindowState => {
  if (expiresAt === null) return { state: 'never' };
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return { state: 'closed' };
  const total = left <= HOUR ? Math.ceil(left / 60_000) : Math.floor(left / 60_000);
  const state = left <= HOUR ? 'closing-soon' : left <= 4 * HOUR ? 'closing' : 'open';
  return { state, hours: Math.floor(total / 60), minutes: total % 60 };
};

export const windowAllowsText = (expiresAt: string | null, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) > now;
