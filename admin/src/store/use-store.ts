import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Store } from './store';

type Equal<T> = (a: T, b: T) => boolean;

/**
 * Watches one selection of a store. The component renders again only when the selection changes by `isEqual`
 * (default `Object.is`), which is what lets a delivery tick repaint a single bubble.
 */
export const useStore = <State, Selection>(
  store: Store<State>,
  select: (state: State) => Selection,
  isEqual: Equal<Selection> = Object.is,
): Selection => {
  const last = useRef<{ value: Selection } | null>(null);
  const snapshot = () => {
    const value = select(store.get());
    if (last.current && isEqual(last.current.value, value)) return last.current.value;
    last.current = { value };
    return value;
  };
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store]);
  return useSyncExternalStore(subscribe, snapshot, snapshot);
};

/** Equality of two flat arrays, for selections that build one. */
export const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a === b || (a.length === b.length && a.every((item, index) => Object.is(item, b[index])));
