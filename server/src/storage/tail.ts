/** What PostgreSQL says to every statement behind one that failed. */
const ABORTED = '25P02';
/** The same of one whose name would have been learned from a statement that failed in this way. */
const UNKNOWN_NAME = '26000';

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** The failure that began the others. */
const causeAmong = (errors: unknown[]): unknown =>
  errors.find((error) => codeOf(error) !== ABORTED && codeOf(error) !== UNKNOWN_NAME) ??
  errors.find((error) => codeOf(error) !== ABORTED) ??
  errors[0];

/** Work that a transaction began and does not wait for until its end. */
export const createTail = () => {
  const works: Promise<unknown>[] = [];

  /** Work may have begun more of it. */
  const failures = async (): Promise<unknown[]> => {
    for (;;) {
      const count = works.length;
      const ends = await Promise.allSettled(works);
      if (works.length === count)
        return ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    }
  };

  return {
    later(work: Promise<unknown>): void {
      // Looked at when the transaction ends.
      work.catch(() => undefined);
      works.push(work);
    },
    /** Waits for all of it; throws the failure that began the others. */
    async settled(): Promise<void> {
      const all = await failures();
      if (all.length > 0) throw causeAmong(all);
    },
    /** Waits for all of it, and answers what was really behind an error. */
    causeOf: async (error: unknown): Promise<unknown> => causeAmong([error, ...(await failures())]),
  };
};

export type Tail = ReturnType<typeof createTail>;

/**
 * One statement at a time, and none after one that failed: a deadlock ends MySQL's transaction, and what came behind it
 * would be committed alone.
 */
export const createTurns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take<T>(work: () => Promise<T>): Promise<T> {
      const turn = last.then(work);
      last = turn;
      return turn;
    },
    /** Comes behind all that was taken, whatever became of it. */
    behind: <T>(work: () => Promise<T>): Promise<T> => last.then(work, work),
  };
};
