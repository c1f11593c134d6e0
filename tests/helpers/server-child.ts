import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

import type { TestDatabase } from './database';

export interface ServerChild {
  url: string;
  pid: number;
  /** kill -9: nothing is flushed, nothing is said goodbye to. */
  kill(): Promise<void>;
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once('exit', () => resolve()));

/** Boots Strapi with the plugin in another process, on a database that has its tables already. */
export const startServerChild = async (
  database: TestDatabase,
  { publicDir, options = {} }: { publicDir: string; options?: Record<string, unknown> },
): Promise<ServerChild> => {
  const child = spawn(process.execPath, [path.join(__dirname, 'strapi-process.cjs')], {
    env: {
      ...process.env,
      TEST_DATABASE: JSON.stringify(database.connection),
      TEST_PUBLIC_DIR: publicDir,
      TEST_PLUGIN_OPTIONS: JSON.stringify(options),
      STRAPI_TELEMETRY_DISABLED: 'true',
      NODE_ENV: 'test',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const exit = ended(child);
  let output = '';
  const port = await new Promise<number>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const ready = /^ready (\d+)$/m.exec(output);
      if (ready) resolve(Number(ready[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exit.then(() => reject(new Error(`The server ended before it was ready:\n${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid as number,
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
};
