import type { StrapiApp } from '@strapi/strapi/admin';
import { ENTRY_PERMISSIONS, PERMISSIONS } from './permissions';
import { PLUGIN_ID } from './plugin-id';
import { MenuIcon } from './realtime/MenuIcon';

/** Each language is a chunk of its own; Strapi fills what a language lacks from English. */
const TRANSLATIONS: Record<string, () => Promise<{ default: Record<string, string> }>> = {
  en: () => import('./translations/en.json'),
  tr: () => import('./translations/tr.json'),
};

const prefixed = (messages: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(messages).map(([key, text]) => [`${PLUGIN_ID}.${key}`, text]));

const plugin: StrapiApp['appPlugins'][string] = {
  register(app) {
    app.addMenuLink({
      to: `plugins/${PLUGIN_ID}`,
      icon: MenuIcon,
      intlLabel: { id: `${PLUGIN_ID}.plugin.name`, defaultMessage: 'WhatsApp' },
      permissions: ENTRY_PERMISSIONS,
      Component: () => import('./App'),
    });
    app.addSettingsLink(
      { id: PLUGIN_ID, intlLabel: { id: `${PLUGIN_ID}.plugin.name`, defaultMessage: 'WhatsApp' } },
      [
        {
          id: `${PLUGIN_ID}-numbers`,
          to: `${PLUGIN_ID}/numbers`,
          intlLabel: { id: `${PLUGIN_ID}.nav.numbers`, defaultMessage: 'Numbers' },
          permissions: PERMISSIONS.readIntegrations,
          Component: () => import('./integrations/NumbersPages'),
        },
      ],
    );
    app.registerPlugin({ id: PLUGIN_ID, name: PLUGIN_ID });
  },

  async registerTrads({ locales }: { locales: string[] }) {
    return Promise.all(
      locales.map(async (locale) => {
        const load = TRANSLATIONS[locale];
        return { locale, data: load ? prefixed((await load()).default) : {} };
      }),
    );
  },
};

export default plugin;
