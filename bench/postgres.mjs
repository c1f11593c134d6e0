import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import pg from 'pg';

const folders = () => [
  ...(process.env.PG_BIN ? [process.env.PG_BIN] : []),
  ...(process.env.PATH ?? '').split(path.delimiter),
  ...(fs.existsSync('/usr/lib/postgresql')
    ? fs.readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
    : []),
];

const binaries = () =>
  folders().find((f) => ['initdb', 'postgres'].every((n) => fs.existsSync(path.join(f, n))));

/** PostgreSQL refuses to run as root; as anybody else we run it ourselves. */
const unprivileged = () => {
  if (process.getuid() !== 0) return {};
  const number = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
};

const freePort = () =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const connect = async (url) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
};

const untilUp = async (url) => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await (await connect(url)).end();
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};

/**
 * A cluster of our own in a temporary folder, durable as PostgreSQL comes (fsync, synchronous_commit), on a free port of
 * the loopback. Null when no server programs are installed (PG_BIN names their folder).
 */
export async function startPostgres() {
  const bin = binaries();
  if (!bin) return null;
  const user = unprivileged();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-bench-pg-'));
  if (user.uid !== undefined) fs.chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  execFileSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'bench', '--auth=trust', '-E', 'UTF8', '--locale=C'],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    'shared_buffers=512MB',
    'max_wal_size=4GB',
    'max_connections=100',
  ];
  const server = spawn(
    path.join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-k', folder, ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, cwd: folder, stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const urlOf = (name) => `postgres://bench@127.0.0.1:${port}/${name}`;
  await untilUp(urlOf('postgres'));
  return {
    pid: server.pid,
    urlOf,
    async run(sql) {
      const client = await connect(urlOf('postgres'));
      try {
        await client.query(sql);
      } finally {
        await client.end();
      }
    },
    async stop() {
      // SIGINT is PostgreSQL's fast shutdown: it ends sessions and waits for no client.
      server.kill('SIGINT');
      await ended;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
