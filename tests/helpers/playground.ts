/** The demo as a person starts it, on a free port and a data folder of its own. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { ROOT } from './dist';

export interface Playground {
  /** `http://127.0.0.1:<port>` */
  url: string;
  email: string;
  password: string;
  /** What the demo printed so far, for the message of a failing test. */
  output(): string;
  stop(): Promise<void>;
}

const EMAIL = 'e2e@example.test';
const PASSWORD = 'Password-e2e-1';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/**
 * Starts `scripts/demo.mjs` and waits for its `Ready`. Builds must be fresh, else it builds first.
 * @param options empty: no sandbox and no conversations; env: more variables for Strapi
 */
export const startPlayground = async ({
  empty = false,
  env = {},
}: { empty?: boolean; env?: Record<string, string> } = {}): Promise<Playground> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'whatsapp-e2e-'));
  const port = await freePort();
  const child = spawn(process.execPath, [path.join(ROOT, 'scripts/demo.mjs')], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DEMO_DATA_DIR: folder,
      DEMO_EMPTY: empty ? '1' : '0',
      DEMO_ADMIN_EMAIL: EMAIL,
      DEMO_ADMIN_PASSWORD: PASSWORD,
      ...env,
    },
    /** The channel lets the demo notice when the test process dies. */
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    fs.rmSync(folder, { recursive: true, force: true });
  };
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (/^Ready/m.test(output)) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    ended.then(() => reject(new Error(`The demo ended before it was ready:\n${output}`)));
  }).catch(async (error: Error) => {
    await stop();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${port}`,
    email: EMAIL,
    password: PASSWORD,
    output: () => output,
    stop,
  };
};
