/**
 * `npm run demo`: from a fresh clone to a running inbox with a sandbox number and conversations. Node alone is needed.
 * PORT, HOST, DEMO_DATA_DIR, DEMO_EMPTY=1, DEMO_ADMIN_EMAIL and DEMO_ADMIN_PASSWORD change it (README).
 */
import net from 'node:net';

import { ensureBuilt } from './lib/builds.mjs';
import { main, start } from './lib/children.mjs';
import { LOGIN, prepareDemoData } from './lib/demo-data.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { PLAYGROUND, STRAPI_BIN } from './lib/paths.mjs';
import { portOf } from './lib/requirements.mjs';

const host = process.env.HOST || '127.0.0.1';
const empty = process.env.DEMO_EMPTY === '1';

/** Asked before the minutes of installing and building, not after. */
const assertPortIsFree = (port) =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (error) =>
      reject(
        new Error(
          error.code === 'EADDRINUSE'
            ? `Port ${port} on ${host} is taken. Try another: PORT=${port + 1} npm run demo`
            : `Cannot listen on ${host}:${port} (${error.code}).`,
        ),
      ),
    );
    probe.listen(port, host, () => probe.close(resolve));
  });

/** Resolves with what the seed did, once Strapi listens and the samples are in. */
const seeded = (child) =>
  new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (message?.demo === 'ready') resolve(message);
      if (message?.demo === 'failed') reject(new Error(message.message));
    });
    child.ended.then((code) => reject(new Error(`Strapi ended before it was ready (exit code ${code}).`)));
  });

const report = ({ adminCreated }, { folder, port }) => {
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  process.stdout.write(
    [
      '',
      `  Admin panel  http://${shown}:${port}/admin`,
      `  Email        ${LOGIN.DEMO_ADMIN_EMAIL}`,
      `  Password     ${LOGIN.DEMO_ADMIN_PASSWORD}`,
      ...(adminCreated ? [] : ['               (as set on the first start, unless you changed it since)']),
      `  Data         ${folder}`,
      `  Stop         Ctrl-C`,
      '',
      `Ready: http://${shown}:${port}/admin`,
      '',
    ].join('\n'),
  );
};

await main(async () => {
  const port = portOf(process.env.PORT);
  await assertPortIsFree(port);
  const { folder, env } = prepareDemoData(process.env.DEMO_DATA_DIR);
  await ensureInstalled();
  await ensureBuilt(['plugin', 'simulator', 'playground']);
  const strapi = start([STRAPI_BIN, 'start'], {
    cwd: PLAYGROUND,
    ipc: true,
    env: {
      ...env,
      ...LOGIN,
      HOST: host,
      PORT: String(port),
      NODE_ENV: 'production',
      DEMO_SEED: 'true',
      DEMO_EMPTY: empty ? '1' : '0',
      STARTUP_MESSAGE: 'false',
      STRAPI_TELEMETRY_DISABLED: 'true',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    },
  });
  report(await seeded(strapi), { folder, port });
  process.exitCode = await strapi.ended;
});
