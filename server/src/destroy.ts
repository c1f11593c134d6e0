import type { Core } from '@strapi/strapi';
import { stopMaintenance } from './bootstrap';
import { houseOf } from './house';

/** Sends under way may finish this long; what is left is claimed by the next start as "unknown". */
const GRACE_MS = 8_000;

/** Runs before the HTTP server closes. Must not throw: it would keep Strapi from stopping. */
export const destroy = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  const house = houseOf(strapi);
  try {
    stopMaintenance(strapi);
    house.hub.stop();
    await house.buffer.settled();
    await house.engine.stop(GRACE_MS);
    await house.sandbox.stop();
  } catch (error) {
    house.onError(error);
  }
};
