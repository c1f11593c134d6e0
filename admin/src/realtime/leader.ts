/** Web Locks as far as the election needs it. */
export interface Locks {
  request(
    name: string,
    options: { steal?: boolean; signal?: AbortSignal },
    hold: () => Promise<void>,
  ): Promise<void>;
}

interface Election {
  locks: Locks | undefined;
  lockName: string;
  /** Runs while this tab leads; its signal aborts when leadership ends. */
  lead(signal: AbortSignal): Promise<void>;
}

/**
 * Takes part in the election of the one tab that owns the stream. The browser hands the lock to the next tab the
 * moment the leader closes or dies, so no timeouts are involved. Where Web Locks do not exist (plain http on a name
 * other than localhost) every tab leads itself.
 * @returns `resign` ends the part; `seize` takes the lock from a leader that went silent.
 */
export const joinElection = ({ locks, lockName, lead }: Election) => {
  const stop = new AbortController();

  const queue = (steal: boolean): void => {
    if (!locks) return void lead(stop.signal);
    const term = new AbortController();
    const end = () => term.abort();
    stop.signal.addEventListener('abort', end);
    // The spec forbids a signal together with `steal`.
    const options = steal ? { steal: true } : { signal: stop.signal };
    locks
      .request(lockName, options, () => lead(term.signal))
      .catch(() => {
        end();
        // Robbed by a tab that thought us dead: stand again. (When stopped, the rejection is our own abort.)
        if (!stop.signal.aborted) queue(false);
      });
  };

  queue(false);
  return {
    resign: () => stop.abort(),
    seize: () => {
      if (locks && !stop.signal.aborted) queue(true);
    },
  };
};
