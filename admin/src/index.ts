import type { StrapiApp } from '@strapi/strapi/admin';
import { ENTRY_PERMISSIONS, MAINTENANCE_PERMISSIONS, PERMISSIONS } from './permissions';
import { PLUGIN_ID } from './plugin-id';
import { MenuIcon } from './realtime/MenuIcon';

/** Each language is a chunk of its own; Strapi fills what a language lacks from English. */
const TRANSLATIONS: Record<string, () => Promise<{ default: Record<string, string> }>> = {
  en: () => import('./translations/en.json'),
  tr: () => import('./translations/tr.json'),
};

const prefixed = (messages: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(messages).map(([key, text]) => [`${PLUGIN_ID}.${key}`, text]));

type SettingsLink = Parameters<StrapiApp['addSettingsLink']>[1] extends infer Links
  ? Extract<Links, unknown[]>[number]
  : never;

/** One page of Settings → WhatsApp; whoever lacks all of its permissions does not see it. */
const link = (
  page: string,
  defaultMessage: string,
  permissions: SettingsLink['permissions'],
  Component: SettingsLink['Component'],
): SettingsLink => ({
  id: `${PLUGIN_ID}-${page}`,
  to: `${PLUGIN_ID}/${page}`,
  intlLabel: { id: `${PLUGIN_ID}.settings.${page}`, defaultMessage },
  permissions,
  Component,
});

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
        link('numbers', 'Numbers', PERMISSIONS.readIntegrations, () => import('./integrations/NumbersPages')),
        link('doctor', 'Doctor', PERMISSIONS.runDoctor, () => import('./doctor/DoctorPage')),
        link(
          'organizations',
          'Organizations',
          PERMISSIONS.manageOrganizations,
          () => import('./organizations/OrganizationsPages'),
        ),
        link(
          'api-access',
          'API access',
          PERMISSIONS.manageApiAccess,
          () => import('./api-access/ApiAccessPage'),
        ),
        link(
          'webhook-log',
          'Webhook log',
          PERMISSIONS.readWebhookLog,
          () => import('./webhooks-log/WebhookLogPage'),
        ),
        link('audit', 'Audit trail', PERMISSIONS.readAudit, () => import('./audit/AuditPage')),
        link(
          'maintenance',
          'Maintenance',
          MAINTENANCE_PERMISSIONS,
          () => import('./settings/MaintenancePage'),
        ),
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
