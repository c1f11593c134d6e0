import type { Core } from '@strapi/strapi';

import { ensureFirstAdmin } from './first-admin';
import { tell } from './parent';
import { playSamples } from './samples';
import { fillShop } from './shop';

/**
 * Seeds once the server listens, not before: the sample customers write through real webhooks, which go over HTTP to
 * our own port. What came of it is told to `npm run demo`, which prints `Ready` only then.
 */
export const seedWhenListening = (strapi: Core.Strapi): void => {
  strapi.server.httpServer.once('listening', () => {
    seed(strapi).then(
      (result) => tell({ demo: 'ready', ...result }),
      (error: Error) => {
        strapi.log.error(error);
        tell({ demo: 'failed', message: error.message });
      },
    );
  });
};

const seed = async (strapi: Core.Strapi) => {
  const adminCreated = await ensureFirstAdmin(strapi);
  if (process.env.DEMO_EMPTY !== '1') {
    await fillShop(strapi);
    await playSamples(strapi);
  }
  return { adminCreated };
};
