/**
 * Runs drains that may be written at the same time. Of two that cannot see each other, one may bring a message and the
 * other park what speaks of it: once all that ran beside a drain with parked events are over, `settle` brings them together.
 */
export const createOverlap = (settle: () => unknown) => {
  const running = new Set<Promise<unknown>>();

  return async <T extends { parked: number }>(drain: () => Promise<T>): Promise<T> => {
    const beganBeside = running.size > 0;
    const work = drain();
    running.add(work);
    try {
      const report = await work;
      running.delete(work);
      if (report.parked > 0 && (beganBeside || running.size > 0)) {
        void Promise.allSettled([...running]).then(settle);
      }
      return report;
    } finally {
      running.delete(work);
    }
  };
};
