import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const running = new Set();
const READY_MS = 120_000;

/** A child of ours that answers verbs over IPC. `ready` is whatever it said when it was. */
export async function startChild(script, { env = {} } = {}) {
  const process_ = fork(fileURLToPath(new URL(script, import.meta.url)), [], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.add(process_);
  const waiting = new Map();
  let serial = 0;
  let gone = false;
  const ended = new Promise((resolve) => process_.once('exit', resolve)).then(() => {
    gone = true;
    running.delete(process_);
    for (const { reject } of waiting.values()) reject(new Error(`${script} ended`));
  });
  const ready = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${script} was not ready in time`)), READY_MS);
    ended.then(() => reject(new Error(`${script} ended before it was ready`)));
    process_.on('message', (message) => {
      if ('ready' in message) {
        clearTimeout(late);
        resolve(message.ready);
        return;
      }
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) call?.reject(new Error(message.error));
      else call?.resolve(message.result);
    });
  });
  const call = (verb, input) =>
    new Promise((resolve, reject) => {
      if (gone) return reject(new Error(`${script} has ended`));
      const id = (serial += 1);
      waiting.set(id, { resolve, reject });
      process_.send({ id, verb, input });
    });
  return {
    ready,
    pid: process_.pid,
    call,
    ended,
    async stop() {
      if (!gone) call('stop').catch(() => undefined);
      await ended;
    },
    /** As a power cut for the process: nothing of it runs any more. */
    async kill() {
      process_.kill('SIGKILL');
      await ended;
    },
  };
}

/** When the benchmark itself ends early. */
export function killAll() {
  for (const child of running) child.kill('SIGKILL');
}
