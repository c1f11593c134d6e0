/** What PostgreSQL says to every statement behind one that failed. */
const ABORTED = '25P02';

const isCause = (error: unknown): boolean => (error as { code?: unknown } | null)?.code !== ABORTED;

/** Work that a transaction began and does not wait for until its end. */
export const createTail = () => {
  const works: Promise<unknown>[] = [];

  const failures = async (): Promise<unknown[]> =>
    (await Promise.allSettled(works)).flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));

  return {
    later(work: Promise<unknown>): void {
      // Looked at when the transaction ends.
      work.catch(() => undefined);
      works.push(work);
    },
    /** Waits for all of it; throws the failure that began the others. */
    async settled(): Promise<void> {
      const all = await failures();
      if (all.length > 0) throw all.find(isCause) ?? all[0];
    },
    /** Waits for all of it, and answers what was really behind an error. */
    async causeOf(error: unknown): Promise<unknown> {
      return [error, ...(await failures())].find(isCause) ?? error;
    },
  };
};

export type Tail = ReturnType<typeof createTail>;

/**
 * One statement at a time, and none after one that failed: a deadlock ends MySQL's transaction, and what came behind it
 * would be committed alone.
 */
export const createTurns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn;
    return turn;
  };
};
