import { useEffect } from 'react';
import { createStore, type Store } from '../store/store';
import { useStore } from '../store/use-store';
import { report } from '../design/report';

export interface ResourceState<T> {
  data: T | null;
  error: { cause: unknown; reference: string } | null;
  loading: boolean;
}

export interface Resource<T> {
  store: Store<ResourceState<T>>;
  /** Fetches again; what is shown stays until the answer is there. Parallel calls share one request. */
  refresh(): Promise<void>;
  mutate(change: (data: T) => T): void;
  clear(): void;
}

const EMPTY = { data: null, error: null, loading: false };

/** A cached answer that is shown at once and refreshed behind it. */
export const createResource = <T>(load: () => Promise<T>): Resource<T> => {
  const store = createStore<ResourceState<T>>(EMPTY);
  let running: Promise<void> | null = null;
  let generation = 0;

  const run = async (mine: number) => {
    store.set((state) => ({ ...state, loading: true }));
    try {
      const data = await load();
      if (mine === generation) store.set({ data, error: null, loading: false });
    } catch (cause) {
      const error = { cause, reference: report('A list could not be loaded', cause) };
      if (mine === generation) store.set((state) => ({ ...state, error, loading: false }));
    }
  };

  return {
    store,
    refresh() {
      running ??= run(generation).finally(() => {
        running = null;
      });
      return running;
    },
    mutate: (change) => store.set((s) => (s.data === null ? s : { ...s, data: change(s.data) })),
    clear() {
      generation += 1;
      running = null;
      store.set(EMPTY);
    },
  };
};

/**
 * Watches a resource and refreshes it on mount, and when `of` changes: whatever the answer depends on besides, e.g. the
 * organization. `enabled: false` neither loads nor refreshes.
 */
export const useResource = <T>(
  resource: Resource<T>,
  enabled = true,
  of: unknown = undefined,
): ResourceState<T> => {
  useEffect(() => {
    if (enabled) void resource.refresh();
  }, [resource, enabled, of]);
  return useStore(resource.store, (state) => state);
};
