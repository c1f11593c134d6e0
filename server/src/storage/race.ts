/**
 * Another process wrote or deleted what this drain was about to write (multi-instance only). Nothing was committed: the drain is
 * done again and then finds those rows in its look-up. So counters stay exact without a lock.
 */
export class RaceLost extends Error {
  constructor(what: string) {
    super(`${what} was written or deleted by another process meanwhile`);
    this.name = 'RaceLost';
  }
}
