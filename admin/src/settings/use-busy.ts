import { useCallback, useState } from 'react';
import { useTellFailure } from '../design/use-tell-failure';

/** Runs one piece of work at a time; a failure is told to the person. `busy` names what runs. */
export const useBusy = <Name extends string = 'work'>() => {
  const tell = useTellFailure();
  const [busy, setBusy] = useState<Name | null>(null);
  const run = useCallback(
    async <T>(name: Name, work: () => Promise<T>): Promise<T | undefined> => {
      setBusy(name);
      try {
        return await work();
      } catch (cause) {
        tell(cause);
        return undefined;
      } finally {
        setBusy(null);
      }
    },
    [tell],
  );
  return { busy, run };
};
