/** The states that the list counts; Meta's many words fall into these. */
export const CHIPS = ['approved', 'in_review', 'rejected', 'paused', 'disabled', 'draft', 'removed'] as const;
export type Chip = (typeof CHIPS)[number];

const CHIP_OF: Record<string, Chip> = {
  APPROVED: 'approved',
  PENDING: 'in_review',
  IN_APPEAL: 'in_review',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
  ARCHIVED: 'disabled',
  LIMIT_EXCEEDED: 'disabled',
  PENDING_DELETION: 'removed',
  DELETED: 'removed',
  REMOVED: 'removed',
};

/** A word that Meta adds later counts as disabled: only `APPROVED` may be sent. */
export const chipOf = (status: string): Chip => CHIP_OF[status.toUpperCase()] ?? 'disabled';

/** Statuses that have words of their own in the translations; the others show the words of their chip. */
export const NAMED_STATUSES = [
  'APPROVED',
  'PENDING',
  'IN_APPEAL',
  'REJECTED',
  'PAUSED',
  'DISABLED',
  'ARCHIVED',
  'LIMIT_EXCEEDED',
  'PENDING_DELETION',
  'DELETED',
  'REMOVED',
] as const;

export const QUALITIES = ['GREEN', 'YELLOW', 'RED', 'UNKNOWN'] as const;
export type Quality = (typeof QUALITIES)[number];

export const qualityOf = (quality: string | null): Quality =>
  QUALITIES.find((one) => one === quality?.toUpperCase()) ?? 'UNKNOWN';
