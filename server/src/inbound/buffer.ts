/** One delivery waiting for its commit. */
export interface Waiting<T> {
  item: T;
  /** How much of a drain it fills (events, at least 1). */
  weight: number;
  bytes: number;
}

interface Entry<T> extends Waiting<T> {
  resolve(): void;
  reject(error: unknown): void;
  expiry: NodeJS.Timeout;
}

export interface BufferLimits {
  /** Deliveries that may wait. */
  deliveries: number;
  /** Bytes of bodies that may wait. */
  bytes: number;
  /** Events per drain: keeps a write transaction short (SQLite has one writer for all of Strapi). */
  drainEvents: number;
  /** Drains that may be written at the same time: another one begins when enough waits to fill it. Default 1. */
  drains?: number;
  /** How long a delivery may wait before it is given back to Meta, ms. Default 5,000. */
  waitMs?: number;
}

const WAIT_MS = 5_000;

/** Events that are worth a commit of their own beside a drain that is being written; fewer wait for its end. */
const WORTH_A_DRAIN = 64;

/** The buffer is full: answer 503 at once and let Meta deliver again. */
export class BufferFull extends Error {
  constructor() {
    super('The webhook buffer is full');
    this.name = 'BufferFull';
  }
}

/**
 * Group commit: whatever arrives while one drain is being written shares the next one. `push` settles only after the
 * drain that holds the item did, or with BufferFull when a stalled database makes it wait for too long: delivering it
 * again is harmless even if that drain commits after all. `drain` answers, per item, an error or nothing.
 */
export const createGroupCommit = <T>(
  limits: BufferLimits,
  drain: (items: T[]) => Promise<(unknown | null)[]>,
) => {
  let waiting: Entry<T>[] = [];
  let bytes = 0;
  /** Weight of all that waits. */
  let events = 0;
  let running = 0;
  let idle: (() => void)[] = [];

  const take = (): Entry<T>[] => {
    let weight = 0;
    let count = 0;
    while (count < waiting.length && (count === 0 || weight + waiting[count].weight <= limits.drainEvents)) {
      weight += waiting[count].weight;
      count += 1;
    }
    const taken = waiting.slice(0, count);
    waiting = waiting.slice(count);
    events -= weight;
    return taken;
  };

  /** One that no drain has taken yet leaves the buffer; one that is being written keeps its bytes until it is done. */
  const expire = (entry: Entry<T>): void => {
    if (waiting.includes(entry)) {
      waiting = waiting.filter((other) => other !== entry);
      bytes -= entry.bytes;
      events -= entry.weight;
    }
    entry.reject(new BufferFull());
  };

  const settle = (taken: Entry<T>[], errors: (unknown | null)[]): void => {
    taken.forEach((entry, index) => {
      bytes -= entry.bytes;
      clearTimeout(entry.expiry);
      const error = errors[index] ?? null;
      if (error === null) entry.resolve();
      else entry.reject(error);
    });
  };

  const run = async (): Promise<void> => {
    // Beside another one, small change is left to it.
    while (waiting.length > 0 && (running === 1 || events >= WORTH_A_DRAIN)) {
      const taken = take();
      try {
        settle(taken, await drain(taken.map((entry) => entry.item)));
      } catch (error) {
        settle(
          taken,
          taken.map(() => error),
        );
      }
      // Lets the sockets that are ready hand over their deliveries, so that the next drain holds them all.
      await new Promise((resolve) => setImmediate(resolve));
    }
    running -= 1;
    if (running > 0) return;
    idle.forEach((done) => done());
    idle = [];
  };

  const mayStart = (): boolean =>
    running === 0 || (running < (limits.drains ?? 1) && events >= WORTH_A_DRAIN);

  return {
    /** Rejects with BufferFull, or with the error of the drain. */
    push({ item, weight, bytes: size }: Waiting<T>): Promise<void> {
      if (waiting.length >= limits.deliveries || (bytes + size > limits.bytes && waiting.length > 0)) {
        return Promise.reject(new BufferFull());
      }
      bytes += size;
      events += weight;
      return new Promise((resolve, reject) => {
        const expiry = setTimeout(() => expire(entry), limits.waitMs ?? WAIT_MS);
        const entry: Entry<T> = { item, weight, bytes: size, resolve, reject, expiry };
        waiting.push(entry);
        if (!mayStart()) return;
        running += 1;
        setImmediate(() => void run());
      });
    },
    /** Resolves when nothing waits any more. */
    settled: (): Promise<void> =>
      running > 0 ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve(),
    size: (): { deliveries: number; bytes: number } => ({ deliveries: waiting.length, bytes }),
  };
};

export type GroupCommit<T> = ReturnType<typeof createGroupCommit<T>>;
