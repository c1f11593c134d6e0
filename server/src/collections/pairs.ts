/**
 * A map whose key is a pair. Two maps in each other: a joined text would be built and hashed for each question, and the
 * webhook path asks several for each event.
 */
export interface Pairs<A, B, T> {
  get(first: A, second: B): T | undefined;
  set(first: A, second: B, value: T): void;
}

export const createPairs = <A, B, T>(): Pairs<A, B, T> => {
  const maps = new Map<A, Map<B, T>>();
  return {
    get: (first, second) => maps.get(first)?.get(second),
    set(first, second, value) {
      const values = maps.get(first);
      if (values) values.set(second, value);
      else maps.set(first, new Map([[second, value]]));
    },
  };
};
