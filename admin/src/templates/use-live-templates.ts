import { useEffect } from 'react';
import { onSignal } from '../realtime/hub';
import type { Signal } from '../realtime/signals';
import { accountsResource, alertsResource, draftsResource, templatesResource } from './resources';

/** A sync tells of every template that it changed: they are asked for once. */
const GATHER_MS = 300;

const concernsTemplates = (signal: Signal): boolean =>
  signal.type === 'reload' ||
  (signal.type === 'change' && (signal.change.kind as string) === 'template.updated');

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
    let timer: ReturnType<typeof setTimeout> | null = null;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = null;
        refreshTemplates();
      }, GATHER_MS);
    };
    const stop = onSignal((signal) => concernsTemplates(signal) && soon());
    window.addEventListener('focus', soon);
    return () => {
      stop();
      window.removeEventListener('focus', soon);
      if (timer) clearTimeout(timer);
    };
  }, []);
};
