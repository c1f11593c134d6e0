import path from 'node:path';

import type { Core } from '@strapi/strapi';

/** Everything that a run writes (database, uploads) lies in one folder, so that throwing it away is one `rm`. */
const config = ({ env }: Core.Config.Shared.ConfigParams): Core.Config.Server => ({
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  url: env('PUBLIC_URL', ''),
  app: { keys: env.array('APP_KEYS', ['playground-key-one', 'playground-key-two']) },
  dirs: { public: path.resolve(env('PUBLIC_DIR', 'public')) },
  logger: {
    updates: { enabled: false },
    startup: { enabled: env.bool('STARTUP_MESSAGE', true) },
    config: { level: env('LOG_LEVEL', 'http') },
  },
});

export default config;
