import type { DeliveryStatus, Message } from '../../../server/src/messages/contract';

const RANK: Record<DeliveryStatus, number> = {
  received: 0,
  scheduled: 1,
  queued: 2,
  sending: 3,
  unknown: 4,
  failed: 5,
  cancelled: 5,
  accepted: 6,
  sent: 7,
  delivered: 8,
  read: 9,
  played: 10,
};

/** True when `next` may follow `current` on screen. Ticks never go back; only a retry leads out of `failed`. */
export const mayFollow = (current: DeliveryStatus, next: DeliveryStatus): boolean => {
  if (current === next) return true;
  if (current === 'failed') return true;
  if (next === 'failed' || next === 'cancelled') return RANK[current] < RANK.delivered;
  return RANK[next] >= RANK[current];
};

/**
 * Joins two readings of one message. Answers of parallel fetches may arrive in any order; the one with fewer states
 * reached is the older reading, so its delivery state is not taken.
 */
export const mergeMessage = (current: Message | undefined, incoming: Message): Message => {
  if (!current) return incoming;
  const stale =
    incoming.statuses.length < current.statuses.length || !mayFollow(current.status, incoming.status);
  if (!stale) return incoming;
  return { ...incoming, status: current.status, statuses: current.statuses, error: current.error };
};
