import { useCallback, useEffect, useState } from 'react';
import type { TemplateDetails } from '../../../../server/src/templates/contract';
import { api, ApiError } from '../../api/client';
import { report } from '../../design/report';
import { useStore } from '../../store/use-store';
import { templatesResource } from '../resources';

type State =
  | { state: 'loading' }
  | { state: 'gone' }
  | { state: 'failed'; reference: string }
  | { state: 'ready'; template: TemplateDetails };

/** One template: from the list at once when it is there, and always asked for anew. */
export const useTemplate = (id: string) => {
  const listed = useStore(templatesResource.store, ({ data }) => data?.find((one) => one.id === id) ?? null);
  const [state, setState] = useState<State>(() =>
    listed ? { state: 'ready', template: listed } : { state: 'loading' },
  );
  const load = useCallback(async (): Promise<State> => {
    try {
      const { data } = await api.get<{ data: TemplateDetails }>(`/templates/${encodeURIComponent(id)}`);
      return { state: 'ready', template: data };
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 404) return { state: 'gone' };
      return { state: 'failed', reference: report('A template could not be loaded', cause) };
    }
  }, [id]);
  // A change of the list is a change of the template as far as one knows.
  useEffect(() => {
    let current = true;
    void load().then((next) => {
      if (current) setState((old) => (next.state === 'failed' && old.state === 'ready' ? old : next));
    });
    return () => {
      current = false;
    };
  }, [load, listed]);
  return { state, reload: () => void load().then(setState) };
};
