/** A value outside React that components can watch. */
export interface Store<State> {
  get(): State;
  /** Replaces the value, or derives it; listeners run only when it really changed. */
  set(next: State | ((current: State) => State)): void;
  /** @returns the function that stops listening. */
  subscribe(listener: () => void): () => void;
}

export const createStore = <State>(initial: State): Store<State> => {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(next) {
      const value = typeof next === 'function' ? (next as (current: State) => State)(state) : next;
      if (Object.is(value, state)) return;
      state = value;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
