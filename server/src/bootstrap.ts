import type { Core } from '@strapi/strapi';
import { rbacActions } from './access/rbac';
import { houseOf } from './house';

const MAINTENANCE = 'whatsapp-maintenance';

export const bootstrap = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await strapi.service('admin::permission').actionProvider.registerMany(rbacActions());
  const house = houseOf(strapi);
  await house.organizations.ensureDefault(house.now());
  await house.integrations.connectFromEnvironment(await house.defaultScope());
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
