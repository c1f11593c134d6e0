import { invalid } from '../errors';

/** A day: nobody leaves it on by oversight. */
export const MAX_MINUTES = 24 * 60;
/** What another process switched on or off is known here after this long. */
const FRESH_MS = 3_000;

/** Where the end time survives a restart and reaches the other processes. */
export interface DebugStore {
  read(): Promise<number | null>;
  write(until: number): Promise<void>;
}

interface Deps {
  store: DebugStore;
  now(): number;
  onError(error: unknown): void;
}

/** Debug mode: on until a moment that is kept in the database. Asking costs nothing; the answer is seconds old at most. */
export const createDebug = ({ store, now, onError }: Deps) => {
  let until = 0;
  let loadedAt = -Infinity;
  let loading: Promise<void> | null = null;

  const load = (): Promise<void> => {
    loading ??= store
      .read()
      .then((stored) => {
        until = stored ?? 0;
        loadedAt = now();
      })
      .finally(() => (loading = null));
    return loading;
  };

  const set = async (end: number): Promise<void> => {
    await store.write(end);
    // A read that began before the write must not bring the old time back.
    await loading?.catch(() => undefined);
    until = end;
    loadedAt = now();
  };

  const state = (): number | null => (until > now() ? until : null);

  return {
    /** Synchronous: asked on every webhook. */
    isOn(): boolean {
      if (now() - loadedAt > FRESH_MS && !loading) {
        // Not again at once when the database is away.
        loadedAt = now();
        load().catch(onError);
      }
      return until > now();
    },
    /** The end, ms; null while it is off. */
    async until(): Promise<number | null> {
      await load();
      return state();
    },
    /** On for so many minutes from now; 0 switches it off. */
    async set(minutes: number): Promise<number | null> {
      if (!Number.isInteger(minutes) || minutes < 0 || minutes > MAX_MINUTES)
        throw invalid([{ path: 'minutes', message: `Must be a whole number from 0 to ${MAX_MINUTES}` }]);
      await set(minutes === 0 ? 0 : now() + minutes * 60_000);
      return state();
    },
    /** At start: reads the state, and lets the site's option switch it on. */
    async start(minutes: number): Promise<void> {
      await load();
      const end = now() + minutes * 60_000;
      if (minutes > 0 && end > until) await set(end);
    },
  };
};

export type Debug = ReturnType<typeof createDebug>;
