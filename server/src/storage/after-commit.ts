import type { Tx } from './transaction';

const waiting = new WeakMap<Tx, (() => void)[]>();

/** Runs once this transaction is committed, and never when it is not. For telling others; must not throw. */
export const afterCommit = (tx: Tx, tell: () => void): void => {
  const list = waiting.get(tx);
  if (list) list.push(tell);
  else waiting.set(tx, [tell]);
};

/** Called by the database once a transaction has been committed. */
export const runAfterCommit = (tx: Tx): void => waiting.get(tx)?.forEach((tell) => tell());
