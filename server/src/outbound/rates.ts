/** What decides how fast a number may send. */
export interface RateFacts {
  /** Meta's level: `STANDARD`, `HIGH`, `NOT_APPLICABLE`; null while unknown. */
  throughput: string | null;
  /** Also used in the phone app. */
  coexistence: boolean;
}

export interface RateOptions {
  /** For numbers at Meta's standard level, per second. */
  messagesPerSecond: number;
  /** For numbers that are also used in the phone app, per second. */
  coexistencePerSecond: number;
}

/** Meta, throughput: numbers that were raised. */
const HIGH = 1_000;

/** Sends per second of a number. Meta counts what comes in as well, which is why one may set less. */
export const rateOf = ({ throughput, coexistence }: RateFacts, options: RateOptions): number => {
  if (coexistence) return options.coexistencePerSecond;
  return throughput === 'HIGH' ? HIGH : options.messagesPerSecond;
};

/** Meta, messaging-limits: people one may write to outside a window within 24 hours; null = no limit, or unknown. */
const TIERS: Record<string, number | null> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1_000,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: null,
};

export const dailyLimitOf = (messagingLimit: string | null): number | null =>
  messagingLimit === null ? null : (TIERS[messagingLimit] ?? null);
