/**
 * The port behind which work is distributed. It carries lane names only; what there is to do, and who may do it, is
 * decided by claims in the database, so losing the engine's memory loses nothing.
 */
export interface Engine {
  /** Something may be due in this lane. Cheap; calling it too often is fine. */
  wake(lane: string): void;
  start(): void;
  /** Stops starting work and waits for what is under way, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

export interface Lane {
  /** Starts what is due without waiting for it. Answers in how many ms to look again, null when nothing waits. */
  run(lane: string, started: (work: Promise<void>) => void): Promise<number | null>;
  /** Lanes with something due: asked at the start and every `sweepMs`, for what other processes wrote. */
  due(): Promise<string[]>;
}

export interface EngineOptions {
  sweepMs: number;
  onError(error: unknown): void;
}

/** Never look again in less than this, whatever a lane says: a clock that stands still must not spin. */
const MIN_PAUSE_MS = 1;
/** Above 2^31 ms Node's timers fire at once. */
const MAX_PAUSE_MS = 60 * 60 * 1000;

/** One process, nothing to install: the default. */
export const createEmbeddedEngine = (lanes: Lane, options: EngineOptions): Engine => {
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Set<string>();
  const again = new Set<string>();
  /** Turns that claim and the work that they started. */
  const underWay = new Set<Promise<void>>();
  let sweeper: NodeJS.Timeout | null = null;
  let stopped = true;

  const schedule = (lane: string, ms: number): void => {
    clearTimeout(timers.get(lane));
    const timer = setTimeout(() => wake(lane), Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, ms)));
    timer.unref();
    timers.set(lane, timer);
  };

  const keep = (work: Promise<void>): void => {
    const settled: Promise<void> = work.finally(() => underWay.delete(settled));
    underWay.add(settled);
  };

  const track = (lane: string) => (work: Promise<void>) =>
    keep(work.catch(options.onError).finally(() => wake(lane)));

  /** A turn that was claiming when the stop came may still start work: asked again until nothing is left. */
  const drained = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  const turn = async (lane: string): Promise<void> => {
    try {
      do {
        again.delete(lane);
        const next = await lanes.run(lane, track(lane));
        if (next !== null && !stopped) schedule(lane, next);
      } while (again.has(lane) && !stopped);
    } catch (error) {
      options.onError(error);
      if (!stopped) schedule(lane, options.sweepMs);
    } finally {
      running.delete(lane);
    }
  };

  const wake = (lane: string): void => {
    if (stopped) return;
    if (running.has(lane)) {
      again.add(lane);
      return;
    }
    running.add(lane);
    keep(turn(lane));
  };

  const sweep = async (): Promise<void> => {
    try {
      for (const lane of await lanes.due()) wake(lane);
    } catch (error) {
      options.onError(error);
    }
    if (stopped) return;
    sweeper = setTimeout(() => void sweep(), options.sweepMs);
    sweeper.unref();
  };

  return {
    wake,
    start() {
      stopped = false;
      void sweep();
    },
    async stop(graceMs) {
      stopped = true;
      if (sweeper) clearTimeout(sweeper);
      timers.forEach((timer) => clearTimeout(timer));
      timers.clear();
      const grace = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([drained(), grace]);
    },
  };
};
