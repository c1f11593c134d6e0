import type { TemplateEditing } from './contract';

const DAY_MS = 24 * 60 * 60 * 1000;
export const EDIT_PERIOD_MS = 30 * DAY_MS;
/** Meta, template-management: an approved template takes this many changes in 30 days, and one in 24 hours. */
const PER_PERIOD = 10;

const EDITABLE = new Set(['APPROVED', 'REJECTED', 'PAUSED']);

const iso = (at: number): string => new Date(at).toISOString();

/**
 * Whether Meta would take a change now. `edits`: when earlier ones were taken, ms, in any order. Rejected and paused
 * templates may be changed without limit.
 */
export const editingOf = (status: string, edits: readonly number[], now: number): TemplateEditing => {
  const recent = edits.filter((at) => at > now - EDIT_PERIOD_MS).sort((a, b) => b - a);
  const answer = (reason: TemplateEditing['reason'], nextAt: number | null): TemplateEditing => ({
    allowed: reason === null,
    reason,
    nextAt: nextAt === null ? null : iso(nextAt),
    used30Days: recent.length,
  });
  if (!EDITABLE.has(status)) return answer('status', null);
  if (status !== 'APPROVED' || recent.length === 0) return answer(null, null);
  const dayEnds = recent[0] + DAY_MS;
  const periodEnds = recent.length < PER_PERIOD ? 0 : recent[PER_PERIOD - 1] + EDIT_PERIOD_MS;
  const nextAt = Math.max(dayEnds, periodEnds);
  if (nextAt <= now) return answer(null, null);
  return answer(periodEnds > dayEnds ? 'month' : 'day', nextAt);
};
