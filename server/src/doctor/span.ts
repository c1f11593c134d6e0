const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long something takes or is ago, as people say it. A type and no interface: it goes out as facts of a sentence. */
export type Span = {
  unit: 'moments' | 'minutes' | 'hours' | 'days';
  amount: number;
};

/** @param ms a length of time */
export const spanOf = (ms: number): Span => {
  if (ms < 2 * MINUTE) return { unit: 'moments', amount: 0 };
  if (ms < 120 * MINUTE) return { unit: 'minutes', amount: Math.round(ms / MINUTE) };
  return ms < 2 * DAY
    ? { unit: 'hours', amount: Math.round(ms / (60 * MINUTE)) }
    : { unit: 'days', amount: Math.round(ms / DAY) };
};
