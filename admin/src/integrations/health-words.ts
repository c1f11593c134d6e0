import type { Integration } from '../../../server/src/integrations/contract';
import type { Sign } from '../design/StateSign';
import type { TranslationId } from '../translate';

/** Meta's quality rating in words; null when Meta has not rated the number. */
export const qualityWords = (
  rating: string | null | undefined,
): { label: TranslationId; sign: Sign } | null => {
  switch (rating?.toUpperCase()) {
    case 'GREEN':
    case 'HIGH':
      return { label: 'health.quality.high', sign: 'ok' };
    case 'YELLOW':
    case 'MEDIUM':
      return { label: 'health.quality.medium', sign: 'warning' };
    case 'RED':
    case 'LOW':
      return { label: 'health.quality.low', sign: 'error' };
    default:
      return null;
  }
};

/**
 * How many people a number may write to first within 24 hours, from Meta's `TIER_250`, `TIER_2K`, `TIER_UNLIMITED`.
 * @returns the number, `Infinity` for no limit, null for a name that says neither
 */
export const dailyLimit = (tier: string | null | undefined): number | null => {
  const text = tier?.toUpperCase() ?? '';
  if (text.includes('UNLIMITED')) return Infinity;
  const [, amount, unit] = /^(?:TIER_)?(\d+)(K|M)?$/.exec(text) ?? [];
  if (!amount) return null;
  return Number(amount) * ({ K: 1_000, M: 1_000_000 }[unit ?? ''] ?? 1);
};

export const qualityOf = ({ health, qualityRating }: Integration): string | null =>
  health?.qualityRating ?? qualityRating;
export const limitOf = ({ health, messagingLimit }: Integration): string | null =>
  health?.messagingLimit ?? messagingLimit;

/** What an editor should know before writing from this number, worst first; null when all is well. */
export const numberConcern = (
  integration: Integration,
): { tone: 'danger' | 'warning'; text: string } | null => {
  if (integration.sandbox) return null;
  if (integration.status === 'error') return { tone: 'danger', text: integration.statusMessage ?? '' };
  const alert = integration.health?.alerts[0];
  if (alert) return { tone: 'warning', text: alert.message };
  return qualityWords(qualityOf(integration))?.sign === 'error' ? { tone: 'warning', text: '' } : null;
};
