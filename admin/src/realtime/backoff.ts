const FIRST_MS = 500;
const LONGEST_MS = 20_000;

/**
 * Wait before the nth attempt in a row (n counts from 1), in ms: doubling with "equal jitter", so that a restarted
 * server is not met by all browsers at the same instant.
 */
export const backoffDelay = (attempt: number, random: () => number = Math.random): number => {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1));
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
};
