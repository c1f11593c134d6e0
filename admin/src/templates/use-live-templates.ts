import { useEffect } from 'react';
import { onTemplateChange } from './on-template-change';
import { accountsResource, alertsResource, draftsResource, templatesResource } from './resources';

/** Reads anew whatever of the templates was read before. */
export const refreshTemplates = (): void => {
  for (const resource of [templatesResource, draftsResource, accountsResource, alertsResource]) {
    const { data, loading } = resource.store.get();
    if (data === null) continue;
    // An answer that is on its way may have been written before the change.
    void (loading ? resource.refresh().then(() => resource.refresh()) : resource.refresh());
  }
};

/** Keeps the lists current while a page shows them: by the stream, and when the person comes back to the tab. */
export const useLiveTemplates = (): void => {
  useEffect(() => {
    const stop = onTemplateChange(refreshTemplates);
    window.addEventListener('focus', refreshTemplates);
    return () => {
      stop();
      window.removeEventListener('focus', refreshTemplates);
    };
  }, []);
};
