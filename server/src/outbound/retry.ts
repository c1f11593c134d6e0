import type { GraphError } from '../cloud-api/graph-error';

/** What a failed send call leads to. */
export type Next =
  | { do: 'retry'; afterMs: number }
  | { do: 'fail' }
  /** The request left and no answer came: only a status or an editor settles it. */
  | { do: 'unknown' }
  /** The token is dead: the queue is kept until there is a new one. */
  | { do: 'pause' };

const RETRIES = 5;
/** Nothing was sent, Meta is just away: worth more patience. */
const UNREACHABLE_RETRIES = 10;
const MAX_WAIT_MS = 60_000;
/** One recipient too often (131056): Meta asks for 4^n seconds. */
const PAIR_LIMIT = 131056;

/** "Something went wrong" with no word on whether the message left: under a 5xx it may be on its way, and Meta has no idempotency key. */
const SAYS_NOTHING = [1, 2, 131000];

const mayHaveLeft = (error: GraphError): boolean =>
  error.meta !== null && SAYS_NOTHING.includes(error.meta.code) && (error.httpStatus ?? 0) >= 500;

/** `attempts` counts this one; `random` is in [0, 1) and spreads the retries of many messages. */
export const nextAfter = (error: GraphError, attempts: number, random: number): Next => {
  if (error.category === 'unknown_outcome' || mayHaveLeft(error)) return { do: 'unknown' };
  if (error.category === 'credential') return { do: 'pause' };
  if (!error.retryable) return { do: 'fail' };
  if (attempts >= (error.category === 'unreachable' ? UNREACHABLE_RETRIES : RETRIES)) return { do: 'fail' };
  const base = error.meta?.code === PAIR_LIMIT ? 4 : 2;
  const wait = Math.min(MAX_WAIT_MS, base ** attempts * 1000);
  return { do: 'retry', afterMs: Math.max(error.retryAfterMs ?? 0, Math.round(wait * (0.75 + random / 2))) };
};
