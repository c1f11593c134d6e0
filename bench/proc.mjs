import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

const statOf = (pid) => {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program's name is in brackets and may hold spaces.
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  }
};

/** CPU that a process used so far over all its threads, µs (10 ms steps). */
export function cpuMicros(pid) {
  const fields = statOf(pid);
  return fields ? ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS_PER_SECOND : 0;
}

/** The same for a process and its children: PostgreSQL has one per connection. */
export function cpuMicrosWithChildren(pid) {
  const children = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(statOf(name)?.[1]) === pid);
  return [pid, ...children].reduce((sum, one) => sum + cpuMicros(one), 0);
}

/** The most memory that a process ever held, MB. */
export function peakMegabytes(pid) {
  const line = /VmHWM:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'));
  return Math.round(Number(line?.[1] ?? 0) / 1024);
}

/** Resolves once a process does (almost) nothing: what it still owed nobody waits for. Answers the ms spent watching. */
export async function untilIdle(pid, limitMs = 15_000) {
  const STEP = 100;
  const end = Date.now() + limitMs;
  let before = cpuMicros(pid);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, STEP));
    const now = cpuMicros(pid);
    if (now - before <= 10_000 || Date.now() > end) return STEP;
    before = now;
  }
}
