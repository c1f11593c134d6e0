import { useEffect, useState } from 'react';
import type { SyncResult, TemplateAccount } from '../../../../server/src/templates/contract';
import { api } from '../../api/client';
import { report } from '../../design/report';
import { useBusy } from '../../settings/use-busy';
import { accountsResource, alertsResource, templatesResource } from '../resources';

const readAnew = () =>
  Promise.all([templatesResource.refresh(), accountsResource.refresh(), alertsResource.refresh()]);

/** Asks Meta for all templates of the organization's accounts now. */
export const useSync = () => {
  const { busy, run } = useBusy();
  const [result, setResult] = useState<SyncResult | null>(null);
  const sync = () =>
    run('work', async () => {
      setResult(null);
      setResult((await api.post<{ data: SyncResult }>('/templates/sync', {})).data);
      await readAnew();
    });
  return { syncing: busy !== null, result, sync, forget: () => setResult(null) };
};

/** Accounts that were asked about in this visit: one that cannot be read is not asked again and again. */
const begun = new Set<string>();

/**
 * Reads accounts that were never read, as after a number was connected: nobody who just opened the list should wait for the
 * schedule's next minute. True while that runs.
 */
export const useFirstSync = (accounts: readonly TemplateAccount[], enabled: boolean): boolean => {
  const [reading, setReading] = useState(false);
  useEffect(() => {
    const unread = accounts.filter(
      ({ lastSyncedAt, businessAccountId }) => lastSyncedAt === null && !begun.has(businessAccountId),
    );
    if (!enabled || unread.length === 0) return;
    unread.forEach(({ businessAccountId }) => begun.add(businessAccountId));
    setReading(true);
    const ask = ({ integrations: [number] }: TemplateAccount) =>
      number && api.post('/templates/sync', { integrationId: number.id });
    Promise.all(unread.map(ask))
      .then(readAnew)
      .catch((cause: unknown) => report('Templates could not be read for the first time', cause))
      .finally(() => setReading(false));
  }, [accounts, enabled]);
  return reading;
};

export const clearFirstSyncs = (): void => begun.clear();
