import { startChild } from './children.mjs';

/** The app secret that all contenders check against. Not a secret: it guards a database that lives for minutes. */
export const APP_SECRET = 'bench-app-secret-0123456789abcdef';

const NUMBER = {
  name: 'Bench',
  phoneNumber: '+15550100100',
  phoneNumberId: '555002000000002',
  businessAccountId: '555001000000001',
  accessToken: 'EAAbenchtoken0123456789',
  appSecret: APP_SECRET,
  // Nothing listens there; receiving needs no Graph.
  endpointUrl: 'http://127.0.0.1:9/v25.0',
};

const PATHS = { ours: '/api/whatsapp/webhook', naive: '/api/bench/naive', empty: '/api/bench/empty' };

const boot = (contender, database, { publicDir, pluginPath = process.env.BENCH_PLUGIN_PATH }) =>
  startChild('server.cjs', {
    env: {
      NODE_ENV: 'production',
      STRAPI_TELEMETRY_DISABLED: 'true',
      BENCH_APP_SECRET: APP_SECRET,
      BENCH_DATABASE: JSON.stringify(database.connection),
      BENCH_PLUGIN: String(contender !== 'naive'),
      BENCH_PUBLIC_DIR: publicDir,
      ...(pluginPath ? { BENCH_PLUGIN_PATH: pluginPath } : {}),
    },
  });

/** Starts one contender on a database. `pluginPath`: a folder with another build of the plugin. */
export async function startServer(contender, database, options) {
  const child = await boot(contender, database, options);
  return {
    contender,
    database,
    pid: child.pid,
    target: { host: '127.0.0.1', port: child.ready },
    path: PATHS[contender],
    seedSent: (wamids) => child.call('seedSent', wamids),
    startProfile: () => child.call('startProfile'),
    stopProfile: (file) => child.call('stopProfile', file),
    stop: child.stop,
    kill: child.kill,
  };
}

/** A migrated database with the number connected, or with the plain app's tables alone. */
export async function makeTemplate(engine, contender, { publicDir }) {
  const database = await engine.create(`template_${contender}`);
  const child = await boot(contender, database, { publicDir });
  if (contender !== 'naive') await child.call('connect', NUMBER);
  await child.stop();
  return database;
}
