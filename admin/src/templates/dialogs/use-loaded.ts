import { useCallback, useEffect, useState } from 'react';
import { api } from '../../api/client';
import { report } from '../../design/report';

export type Loaded<T> = { data: T } | { failure: string } | null;

/** One answer of the server, asked for when the dialog opens; null while it is on its way. */
export const useLoaded = <T>(path: string) => {
  const [loaded, setLoaded] = useState<Loaded<T>>(null);
  const load = useCallback(() => {
    const abort = new AbortController();
    setLoaded(null);
    api.get<T>(path, undefined, abort.signal).then(
      (data) => setLoaded({ data }),
      (cause: unknown) => {
        if (!abort.signal.aborted) setLoaded({ failure: report('A dialog could not be filled', cause) });
      },
    );
    return () => abort.abort();
  }, [path]);
  useEffect(load, [load]);
  return { loaded, reload: () => void load() };
};
