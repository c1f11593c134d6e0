import { useState } from 'react';
import type { SyncResult } from '../../../../server/src/templates/contract';
import { api } from '../../api/client';
import { useBusy } from '../../settings/use-busy';
import { accountsResource, alertsResource, templatesResource } from '../resources';

/** Asks Meta for all templates of the organization's accounts now. */
export const useSync = () => {
  const { busy, run } = useBusy();
  const [result, setResult] = useState<SyncResult | null>(null);
  const sync = () =>
    run('work', async () => {
      setResult(null);
      setResult((await api.post<{ data: SyncResult }>('/templates/sync', {})).data);
      await Promise.all([templatesResource.refresh(), accountsResource.refresh(), alertsResource.refresh()]);
    });
  return { syncing: busy !== null, result, sync, forget: () => setResult(null) };
};
