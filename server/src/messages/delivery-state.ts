import type { DeliveryEvidence } from '../cloud-api/events';
import type { DeliveryStatus } from './contract';

/**
 * Delivery state is the maximum over all evidence ever received: order-free and repeat-free, so any permutation and
 * duplication of Meta's webhooks ends in the same state. `failed` sits under `delivered`: a second device may fail after
 * the first one showed the message, and the person has it.
 */
const RANK: Partial<Record<DeliveryStatus, number>> = {
  scheduled: 0,
  queued: 1,
  sending: 2,
  unknown: 3,
  accepted: 4,
  sent: 5,
  failed: 6,
  delivered: 7,
  read: 8,
  played: 9,
};

export type Evidence = Partial<Record<DeliveryEvidence | 'accepted', number>>;

/** Evidence of several events of one message as one: the first time of each kind counts. */
export const mergeEvidence = (a: Evidence, b: Evidence): Evidence => {
  const merged: Evidence = { ...a };
  for (const key of Object.keys(b) as (keyof Evidence)[]) {
    const mine = merged[key];
    const other = b[key];
    if (other !== undefined) merged[key] = mine === undefined ? other : Math.min(mine, other);
  }
  return merged;
};

/** The state that evidence proves; `fallback` while there is none. */
export const stateOf = (evidence: Evidence, fallback: DeliveryStatus): DeliveryStatus => {
  let best = fallback;
  for (const key of Object.keys(evidence) as (keyof Evidence)[]) {
    if (evidence[key] !== undefined && (RANK[key] ?? 0) > (RANK[best] ?? 0)) best = key;
  }
  return best;
};

/** The same rule in SQL over the evidence columns, after they were merged. `column` names each one's merged value. */
export const stateSql = (merged: Record<DeliveryEvidence, string>, current: string): string =>
  `CASE WHEN ${merged.played} IS NOT NULL THEN 'played' WHEN ${merged.read} IS NOT NULL THEN 'read' ` +
  `WHEN ${merged.delivered} IS NOT NULL THEN 'delivered' WHEN ${merged.failed} IS NOT NULL THEN 'failed' ` +
  `WHEN ${merged.sent} IS NOT NULL THEN 'sent' ELSE ${current} END`;
