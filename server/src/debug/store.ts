import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';
import type { DebugStore } from './service';

/** In Strapi's own key-value table. */
export const createDebugStore = (strapi: Core.Strapi): DebugStore => {
  const store = () => strapi.store({ type: 'plugin', name: PLUGIN_ID, key: 'debug' });
  return {
    async read() {
      const value = (await store().get({})) as { until?: unknown } | null;
      return typeof value?.until === 'number' ? value.until : null;
    },
    write: (until) => store().set({ value: { until } }),
  };
};
