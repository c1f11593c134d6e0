import { useEffect, useState } from 'react';
import type { FindPeople } from '../../../server/src/start/contract';
import { api } from '../api/client';
import { report } from '../design/report';

const WAIT_MS = 200;

type Found = FindPeople.Response['data'];

export interface People {
  /** What the server found for `q`; of an earlier question while the answer is under way. */
  found: Found | null;
  /** What `found` answers. */
  q: string;
  /** Reference of a failure, to quote. */
  failure: string | null;
}

/** Asks a little after the last keystroke; only the answer to the latest question counts. */
export const usePeople = (integrationId: string, q: string): People & { retry(): void } => {
  const [people, setPeople] = useState<People>({ found: null, q: '', failure: null });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    const ask = () =>
      api.post<FindPeople.Response>('/start/people', { integrationId, q } satisfies FindPeople.Body).then(
        ({ data }) => current && setPeople({ found: data, q, failure: null }),
        (cause: unknown) => {
          const failure = report('People could not be searched', cause);
          if (current) setPeople({ found: null, q, failure });
        },
      );
    const timer = setTimeout(ask, q === '' ? 0 : WAIT_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [integrationId, q, attempt]);
  return { ...people, retry: () => setAttempt((n) => n + 1) };
};
