/** Strapi in a process of its own, on a port and database that survive it. */
import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import { copyTemplate, type TestDatabase } from '../../helpers/database';
import { assertDistIsFresh } from '../../helpers/dist';

export interface StrapiProcess {
  url: string;
  /** Authorization header of a full-access token; a new one with each start. */
  token: Record<string, string>;
  /** The database itself, to look at it while nobody runs. */
  database: Knex;
  /** What the process printed: errors only. */
  output(): string;
  start(): Promise<void>;
  /** Resolves once the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<{ code: number | null; ms: number }>;
  /** A second process on the same database and files, with a port of its own; not started yet. */
  twin(): Promise<StrapiProcess>;
  /** Ends everything and removes the database; a twin ends itself alone. */
  dispose(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** @param options of the plugin, as in config/plugins */
export const createStrapiProcess = async (options: Record<string, object>): Promise<StrapiProcess> => {
  assertDistIsFresh();
  const store = await copyTemplate();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-child-'));
  fs.mkdirSync(path.join(folder, 'public/uploads'), { recursive: true });
  const first = await processOn(store, folder, options);
  const end = first.dispose;
  first.dispose = async () => {
    await end();
    fs.rmSync(folder, { recursive: true, force: true });
    await store.drop();
  };
  return first;
};

const processOn = async (
  store: TestDatabase,
  folder: string,
  options: Record<string, object>,
): Promise<StrapiProcess> => {
  const port = await freePort();
  const { client, ...connection } = store.connection;
  // Strapi's name for it is `sqlite`, knex' own is the driver's.
  const database = knex({ ...connection, client: client === 'sqlite' ? 'better-sqlite3' : String(client) });
  let child: ChildProcess | null = null;
  let output = '';

  const running: StrapiProcess = {
    url: `http://127.0.0.1:${port}`,
    token: {},
    database,
    output: () => output,
    async start() {
      const started = fork(path.join(__dirname, 'strapi-process.cjs'), {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: {
          ...process.env,
          TEST_DATABASE: JSON.stringify(store.connection),
          TEST_PUBLIC_DIR: path.join(folder, 'public'),
          STRAPI_TELEMETRY_DISABLED: 'true',
          CHILD_PORT: String(port),
          CHILD_OPTIONS: JSON.stringify({
            media: { directory: path.join(folder, 'media') },
            simulator: { enabled: false },
            ...options,
          }),
        },
      });
      child = started;
      for (const stream of [started.stdout, started.stderr])
        stream?.on('data', (chunk) => (output += String(chunk)));
      await new Promise<void>((resolve, reject) => {
        started.once('message', (message) => {
          running.token = { Authorization: `Bearer ${(message as { token: string }).token}` };
          resolve();
        });
        started.once('exit', (code) =>
          reject(new Error(`Strapi ended with ${code} before it was ready:\n${output}`)),
        );
      });
    },
    kill(signal) {
      const begun = Date.now();
      const ending = child;
      if (!ending) throw new Error('Nothing runs');
      child = null;
      return new Promise((resolve) => {
        ending.removeAllListeners('exit');
        ending.once('exit', (code) => resolve({ code, ms: Date.now() - begun }));
        ending.kill(signal);
      });
    },
    async dispose() {
      if (child) await running.kill('SIGKILL');
      await database.destroy();
    },
    twin: () => processOn(store, folder, options),
  };
  return running;
};
