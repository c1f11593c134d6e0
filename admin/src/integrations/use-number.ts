import { useEffect, useState } from 'react';
import type { Integration, OneIntegration } from '../../../server/src/integrations/contract';
import { api } from '../api/client';
import { report } from '../design/report';

/** One number by its id, for its own page; undefined stands for a new one. */
export const useNumber = (id: string | undefined) => {
  const [integration, setIntegration] = useState<Integration | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    if (!id) return setIntegration(null);
    let current = true;
    api.get<OneIntegration.Response>(`/integrations/${encodeURIComponent(id)}`).then(
      ({ data }) => current && setIntegration(data),
      (cause: unknown) => {
        const reference = report('The number could not be loaded', cause);
        if (current) setFailure(reference);
      },
    );
    return () => {
      current = false;
    };
  }, [id]);
  return { integration, setIntegration, failure };
};
