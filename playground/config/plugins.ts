import path from 'node:path';

import type { Core } from '@strapi/strapi';

const config = ({ env }: Core.Config.Shared.ConfigParams) => {
  const data = path.resolve(env('DEMO_DATA_DIR', '.tmp'));
  return {
    whatsapp: {
      enabled: true,
      config: {
        media: { directory: path.join(data, 'media') },
        simulator: { stateFile: path.join(data, 'simulator.json') },
      },
    },
  };
};

export default config;
