import { useCallback, useEffect, useRef, useState } from 'react';
import { report } from '../design/report';
import { api } from './client';

interface Page<Row, Meta> {
  data: Row[];
  meta: { nextCursor: string | null } & Meta;
}

interface State<Row, Meta> {
  rows: Row[];
  meta: (Page<Row, Meta>['meta'] & object) | null;
  /** Reference of what went wrong. */
  failure: string | null;
  loading: boolean;
}

const LIMIT = 50;

/** A list that goes on: its first page, and the next ones on request. Another query begins anew. */
export const usePages = <Row extends { id: string }, Meta = object>(
  path: string,
  query: Record<string, string | undefined>,
) => {
  const [state, setState] = useState<State<Row, Meta>>({
    rows: [],
    meta: null,
    failure: null,
    loading: true,
  });
  const key = JSON.stringify(query);
  // Only the answer to the latest question counts.
  const asked = useRef(0);

  const load = useCallback(
    async (cursor?: string) => {
      const mine = ++asked.current;
      setState((old) => ({ ...old, loading: true, failure: null }));
      try {
        const params = { ...(JSON.parse(key) as typeof query), limit: LIMIT, cursor };
        const page = await api.get<Page<Row, Meta>>(path, params);
        if (mine !== asked.current) return;
        setState((old) => ({
          rows: cursor ? [...old.rows, ...page.data] : page.data,
          meta: page.meta,
          failure: null,
          loading: false,
        }));
      } catch (cause) {
        const failure = report('A list could not be loaded', cause);
        if (mine === asked.current) setState((old) => ({ ...old, failure, loading: false }));
      }
    },
    [path, key],
  );
  useEffect(() => {
    setState({ rows: [], meta: null, failure: null, loading: true });
    void load();
    return () => {
      asked.current += 1;
    };
  }, [load]);

  const next = state.meta?.nextCursor ?? null;
  return {
    ...state,
    reload: () => void load(),
    /** null at the end of the list. */
    more: next === null ? null : () => void load(next),
    replace: (row: Row) =>
      setState((old) => ({
        ...old,
        rows: old.rows.map((one) => (one.id === row.id ? { ...one, ...row } : one)),
      })),
  };
};
