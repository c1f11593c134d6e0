import type { Core } from '@strapi/strapi';
import { rbacActions } from './access/rbac';
import { NORMALISER_VERSION } from './cloud-api/normalise';
import { withholdTypes } from './access/content-manager';
import { registerCompatRoutes } from './compat/routes';
import { PLUGIN_ID } from './constants';
import { houseOf, type House } from './house';
import { useBinaryColumns } from './storage/binary-columns';

const MAINTENANCE = 'whatsapp-maintenance';
const HEALTH = 'whatsapp-health';
const TEMPLATES = 'whatsapp-templates';

/** Set by commands that load Strapi for one errand: they must not send, fetch or read health beside the running site. */
const isErrand = (): boolean => process.env.WHATSAPP_ERRAND === '1';

export const bootstrap = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  await strapi.service('admin::permission').actionProvider.registerMany(rbacActions());
  const house = houseOf(strapi);
  withholdTypes(strapi);
  registerCompatRoutes(strapi);
  await house.organizations.ensureDefault(house.now());
  if (isErrand()) return;
  await house.integrations.connectFromEnvironment(await house.defaultScope());
  await useBinaryColumns(house.db);
  await house.debug.start(house.options.debug.minutesAtStart);
  // A folder that cannot be written to says so with each file; until it can, nothing in it is tidied up.
  await house.signIntoMediaFolder().catch(house.onError);
  house.engine.start();
  await rereadOnce(strapi, house);

  let busy = false;
  const maintain = async (): Promise<void> => {
    // Strapi starts a cron task again while the last one still runs.
    if (busy) return;
    busy = true;
    await house.presence.beat(house.now()).catch(house.onError);
    await house.maintain().catch(house.onError);
    busy = false;
  };
  strapi.cron.add({ [MAINTENANCE]: { options: { rule: '*/10 * * * * *' }, task: maintain } });
  if (house.options.health.enabled) {
    strapi.cron.add({ [HEALTH]: { options: { rule: '30 * * * * *' }, task: () => house.health.tick() } });
  }
  if (house.options.templates.syncMinutes > 0) {
    strapi.cron.add({
      [TEMPLATES]: { options: { rule: '45 * * * * *' }, task: () => house.templateSync.tick() },
    });
  }
  // What a killed process left behind need not wait for the first tick.
  await maintain();

  // The simulator posts to our own port, so it starts once there is one.
  strapi.server.httpServer.once('listening', () => {
    house.sandbox.sync().catch(house.onError);
    house.offerMarketer();
  });
};

/** Once for each version of the normaliser: what older ones stored is read again, in the background. */
const rereadOnce = async (strapi: Core.Strapi, { reread }: House): Promise<void> => {
  const store = strapi.store({ type: 'plugin', name: PLUGIN_ID, key: 'normaliser' });
  const done = (await store.get({})) as { version?: number } | null;
  if (done?.version === NORMALISER_VERSION) return;
  await reread.schedule();
  await store.set({ value: { version: NORMALISER_VERSION } });
};

export const stopMaintenance = (strapi: Core.Strapi): void => {
  strapi.cron.remove(MAINTENANCE);
  strapi.cron.remove(HEALTH);
  strapi.cron.remove(TEMPLATES);
};
