/** Time as the simulator sees it; tests may hand in their own. */
export interface Clock {
  /** ms since 1970 */
  now(): number;
  setTimeout(task: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (task, ms) => setTimeout(task, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

/** The one place that starts timers: knows what is still under way and can drop all of it. */
export interface Scheduler {
  now(): number;
  /** Runs the task after `ms`; it counts as under way until it has run. Returns a cancel function. */
  after(ms: number, task: () => void): () => void;
  /** Counts a promise as under way until it settles; a rejection goes to `onError`. */
  track(work: Promise<void>): void;
  /** Resolves when nothing is under way; rejects after `timeoutMs` (default: waits on). */
  idle(timeoutMs?: number): Promise<void>;
  cancelAll(): void;
}

export const createScheduler = (clock: Clock, onError: (error: Error) => void): Scheduler => {
  const timers = new Map<symbol, unknown>();
  let running = 0;
  let waiters: (() => void)[] = [];

  const settle = (): void => {
    // One turn later: a task that has just ended may have started the next one.
    setImmediate(() => {
      if (timers.size > 0 || running > 0) return;
      const ready = waiters;
      waiters = [];
      ready.forEach((resolve) => resolve());
    });
  };

  const after: Scheduler['after'] = (ms, task) => {
    const key = Symbol('timer');
    const run = (): void => {
      timers.delete(key);
      try {
        task();
      } catch (error) {
        onError(error as Error);
      }
      settle();
    };
    timers.set(key, clock.setTimeout(run, ms));
    return () => {
      clock.clearTimeout(timers.get(key));
      timers.delete(key);
      settle();
    };
  };

  const track: Scheduler['track'] = (work) => {
    running += 1;
    work.catch(onError).finally(() => {
      running -= 1;
      settle();
    });
  };

  const idle: Scheduler['idle'] = (timeoutMs) =>
    new Promise((resolve, reject) => {
      const limit =
        timeoutMs === undefined
          ? undefined
          : setTimeout(
              () => reject(new Error(`The simulator was not idle within ${timeoutMs} ms`)),
              timeoutMs,
            );
      waiters.push(() => {
        clearTimeout(limit);
        resolve();
      });
      settle();
    });

  const cancelAll = (): void => {
    timers.forEach((handle) => clock.clearTimeout(handle));
    timers.clear();
    settle();
  };

  return { now: () => clock.now(), after, track, idle, cancelAll };
};
