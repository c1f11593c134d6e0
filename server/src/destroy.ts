import type { Core } from '@strapi/strapi';
import { stopMaintenance } from './bootstrap';
import { houseOf } from './house';

/** Sends under way may finish this long; what is left is claimed by the next start as "unknown". */
const SENDS_MS = 7_000;
/**
 * Deliveries that are being stored may finish this long. Bounded, because the server still listens: under load the buffer
 * is never empty. What is not stored then is not answered with 200, and Meta delivers it again.
 */
const DELIVERIES_MS = 1_500;

const atMost = (ms: number, work: Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout;
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  return Promise.race([work, enough]).finally(() => clearTimeout(timer));
};

/** Runs before the HTTP server closes; ten seconds are all that most hosts give. Must not throw: Strapi would not stop. */
export const destroy = async ({ strapi }: { strapi: Core.Strapi }): Promise<void> => {
  const house = houseOf(strapi);
  try {
    stopMaintenance(strapi);
    house.hub.stop();
    await house.engine.stop(SENDS_MS);
    await atMost(DELIVERIES_MS, house.buffer.settled());
    await house.sandbox.stop();
    await house.presence.leave();
    await house.marketerOffered();
  } catch (error) {
    house.onError(error);
  }
};
