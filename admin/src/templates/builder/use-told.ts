import { useState } from 'react';

/** A person is told what is wrong with a field once they have left it, and of all of them once they wanted to submit. */
export const useTold = () => {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  return {
    isTold: (path: string) => all || left.has(path),
    leave: (path: string) => setLeft((old) => (old.has(path) ? old : new Set([...old, path]))),
    tellAll: () => setAll(true),
  };
};
