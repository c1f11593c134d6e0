import path from 'node:path';

import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams) => {
  const data = path.resolve(env('DEMO_DATA_DIR', '.tmp'));
  return {
    whatsapp: {
      enabled: true,
      config: {
        // A simulator on this machine may stand in for Meta: this app is for trying things out.
        network: { loopbackEndpoints: true },
        media: { directory: path.join(data, 'media') },
        simulator: { stateFile: path.join(data, 'simulator.json') },
      },
    },
  };
};

export default config;
