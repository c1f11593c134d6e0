import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from './constants';
import { houseOf } from './house';

const MAINTENANCE = 'whatsapp-maintenance';

const inbox = { section: 'plugins', pluginName: PLUGIN_ID, subCategory: 'Inbox' };
const settings = { section: 'settings', pluginName: PLUGIN_ID, category: 'whatsapp', subCategory: 'Numbers' };

/** What an admin can grant in the role editor. Super admins have all of it from the start. */
const RBAC_ACTIONS = [
  { ...inbox, uid: 'inbox.read-inbox', displayName: 'Read conversations' },
  { ...inbox, uid: 'inbox.send-messages', displayName: 'Answer' },
  { ...inbox, subCategory: 'Simulator', uid: 'simulator.use-simulator', displayName: 'Play the customer' },
  { ...settings, uid: 'settings.read-integrations', displayName: 'See numbers' },
  {
    ...settings,
    uid: 'settings.manage-integrations',
    displayName: 'Connect, edit, switch off and delete numbers',
  },
];

export const bootstrap = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await strapi.service('admin::permission').actionProvider.registerMany(RBAC_ACTIONS);
  const house = houseOf(strapi);
  await house.organizations.ensureDefault(house.now());
  house.engine.start();

  let busy = false;
  const maintain = async (): Promise<void> => {
    // Strapi starts a cron task again while the last one still runs.
    if (busy) return;
    busy = true;
    await house.maintain().catch(house.onError);
    busy = false;
  };
  strapi.cron.add({ [MAINTENANCE]: { options: { rule: '*/10 * * * * *' }, task: maintain } });
  // What a killed process left behind need not wait for the first tick.
  await maintain();

  // The simulator posts to our own port, so it starts once there is one.
  strapi.server.httpServer.once('listening', () => {
    house.sandbox.sync().catch(house.onError);
  });
};

export const stopMaintenance = (strapi: Core.Strapi): void => {
  strapi.cron.remove(MAINTENANCE);
};
