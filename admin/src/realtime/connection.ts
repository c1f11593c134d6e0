import { backoffDelay } from './backoff';
import { cursorOf, toSignal, type Signal } from './signals';
import { createSseParser } from './sse-parser';

/** The server beats every 20 s; two missed beats and a bit mean a dead connection that TCP has not noticed. */
const SILENCE_MS = 45_000;

export interface ConnectionDeps {
  url(cursor: number | null): string;
  fetch: typeof globalThis.fetch;
  /** Besides the session, e.g. the organization. */
  headers?(): Record<string, string>;
  readToken(): string | null;
  renewToken(stale: string | null): Promise<boolean>;
  onSignal(signal: Signal): void;
  onOpen(): void;
  onLost(): void;
  onBeat(): void;
  random?: () => number;
}

type Outcome = 'closed' | 'unauthorised';

const sleep = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });

/** Reads one connection to its end. Rejects on network errors; the watchdog aborts it when the line goes silent. */
const readOnce = async (
  deps: ConnectionDeps,
  token: string | null,
  cursor: number | null,
  stop: AbortSignal,
  onCursor: (cursor: number) => void,
): Promise<Outcome> => {
  const abort = new AbortController();
  const abortNow = () => abort.abort();
  stop.addEventListener('abort', abortNow);
  let watchdog = setTimeout(abortNow, SILENCE_MS);
  const alive = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(abortNow, SILENCE_MS);
    deps.onBeat();
  };
  try {
    const response = await deps.fetch(deps.url(cursor), {
      headers: { ...deps.headers?.(), Accept: 'text/event-stream', Authorization: `Bearer ${token}` },
      credentials: 'include',
      cache: 'no-store',
      signal: abort.signal,
    });
    if (response.status === 401) return 'unauthorised';
    if (!response.ok || !response.body) throw new Error(`Stream answered ${response.status}`);
    deps.onOpen();
    const push = createSseParser({
      onComment: alive,
      onEvent(event) {
        alive();
        const signal = toSignal(event);
        if (!signal) return;
        const next = cursorOf(signal);
        if (next !== null) onCursor(next);
        deps.onSignal(signal);
        if (signal.type !== 'ready' || cursor !== null) return;
        // It begins now: what was said between the page's own reading and this moment would never be shown.
        onCursor(signal.cursor);
        deps.onSignal({ type: 'reload', cursor: signal.cursor });
      },
    });
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'closed';
      push(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(watchdog);
    stop.removeEventListener('abort', abortNow);
  }
};

/**
 * Keeps a stream open until `stop` aborts: resumes from the last cursor, renews the session on 401, backs off with
 * jitter. Resolves when stopped or when the session is over.
 */
export const runConnection = async (
  deps: ConnectionDeps,
  from: number | null,
  stop: AbortSignal,
): Promise<void> => {
  let cursor = from;
  let attempt = 0;
  while (!stop.aborted) {
    const token = deps.readToken();
    const startedAt = Date.now();
    try {
      const outcome = await readOnce(deps, token, cursor, stop, (next) => {
        cursor = next;
      });
      if (outcome === 'unauthorised' && !(await deps.renewToken(token))) return;
    } catch {
      // Why a line broke does not matter here: every cause has the same cure, and the banner tells the person.
    }
    if (stop.aborted) return;
    deps.onLost();
    attempt = Date.now() - startedAt > SILENCE_MS ? 1 : attempt + 1;
    await sleep(backoffDelay(attempt, deps.random), stop);
  }
};
