import type { Core } from '@strapi/strapi';
import { houseOf } from './house';

/** What the site's own code may call: `strapi.plugin('whatsapp').service('sandbox').ensure()`. */
export const services = {
  diagnostics: ({ strapi }: { strapi: Core.Strapi }) => ({
    /** Counts since the start: statements and commits of our own transactions, webhook calls turned away, what waits. */
    snapshot() {
      const { db, buffer, rejectedWebhooks } = houseOf(strapi);
      return { ...db.meter, rejectedWebhooks: rejectedWebhooks(), waiting: buffer.size() };
    },
    /** The upkeep that otherwise runs every ten seconds, now. */
    async maintain() {
      await houseOf(strapi).maintain();
    },
  }),
  encryption: ({ strapi }: { strapi: Core.Strapi }) => ({
    /** Fingerprints of the keys, and how many numbers are sealed with an older one. */
    state: () => houseOf(strapi).encryption.state(),
    /** Seals everything with the newest key; what `whatsapp-reseal` calls. */
    reseal: () => houseOf(strapi).encryption.reseal(),
  }),
  sandbox: ({ strapi }: { strapi: Core.Strapi }) => ({
    /** Starts the built-in simulator and answers the sandbox number, made on the first call. */
    async ensure() {
      const house = houseOf(strapi);
      return house.sandbox.ensure(await house.defaultScope());
    },
    /** Lets a few simulated customers write in; does nothing once there is a conversation. */
    async playSamples() {
      const house = houseOf(strapi);
      return house.sandbox.playSamples(await house.defaultScope());
    },
  }),
};
