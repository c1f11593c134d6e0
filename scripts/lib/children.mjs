/** Child processes of the scripts: each in a group of its own, each ended with us, none of anybody else's. */
import { spawn } from 'node:child_process';

import { assertNode } from './requirements.mjs';

const running = new Set();

/** Long enough for Strapi to close its server and its database (1 s seen with an open stream). */
const GRACE_MS = 10_000;

/**
 * Starts a program of ours. Its own process group keeps a terminal's Ctrl-C away from it, so that it gets one signal, from us.
 * @param {string[]} args what node is to run
 * @param {{ command?: string, cwd?: string, env?: NodeJS.ProcessEnv, ipc?: boolean, stdout?: 'inherit' | 'ignore' }} options
 */
export const start = (
  args,
  { command = process.execPath, cwd, env, ipc = false, stdout = 'inherit' } = {},
) => {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', stdout, 'inherit', ...(ipc ? ['ipc'] : [])],
    detached: process.platform !== 'win32',
  });
  running.add(child);
  child.ended = new Promise((resolve) => {
    child.once('error', (error) => {
      running.delete(child);
      process.stderr.write(`${command}: ${error.message}\n`);
      resolve(127);
    });
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
  return child;
};

/** Runs a program to its end; throws when it fails. */
export const run = async (label, args, options) => {
  process.stdout.write(`› ${label}\n`);
  const began = Date.now();
  const code = await start(args, options).ended;
  if (code !== 0) throw new Error(`${label} failed (exit code ${code}).`);
  process.stdout.write(`  ${label}: ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
};

const signalGroup = (child, signal) => {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

/** Ends one child and waits for it: politely, then firmly. */
export const stop = async (child) => {
  if (!running.has(child)) return;
  signalGroup(child, 'SIGTERM');
  const firm = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
  await child.ended;
  clearTimeout(firm);
};

let stopping = false;
export const isStopping = () => stopping;

const endAll = async (code) => {
  stopping = true;
  await Promise.all([...running].map(stop));
  process.exit(code);
};

/** Ctrl-C and SIGTERM end our children first; a second Ctrl-C does not wait. So does the end of a test that started us. */
const stopOnSignals = () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!stopping) return endAll(signal === 'SIGHUP' ? 129 : 0);
      for (const child of running) signalGroup(child, 'SIGKILL');
    });
  }
  if (!process.channel) return;
  process.once('disconnect', () => endAll(1));
  /** The listener alone would keep us running after our work is done. */
  process.channel.unref();
};

/** Runs a script: its children end with it, and what fails is said in one sentence with exit code 1. */
export const main = async (work) => {
  stopOnSignals();
  try {
    assertNode();
    await work();
  } catch (error) {
    if (stopping) return;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
    await Promise.all([...running].map(stop));
  }
};
