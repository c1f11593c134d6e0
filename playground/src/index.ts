import type { Core } from '@strapi/strapi';

import { seedWhenListening } from './seed';
import { stopWithParent } from './seed/parent';

export default {
  register() {},

  bootstrap({ strapi }: { strapi: Core.Strapi }) {
    stopWithParent();
    if (process.env.DEMO_SEED === 'true') seedWhenListening(strapi);
  },
};
