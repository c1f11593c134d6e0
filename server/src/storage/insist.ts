import { classifyDbError } from './db-errors';

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;

/**
 * Does a write again while the database is away or chose it as a deadlock's victim: for what cannot be asked for a second
 * time, like the answer of a send. Gives up after `patienceMs` with the last error.
 */
export const insist = async <T>(work: () => Promise<T>, patienceMs: number): Promise<T> => {
  const end = Date.now() + patienceMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await work();
    } catch (error) {
      const passing = ['retry', 'unavailable'].includes(classifyDbError(error));
      if (!passing || Date.now() + wait > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
};
