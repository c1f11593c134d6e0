import type { MediaStore } from './store';

interface Deps {
  store: Pick<MediaStore, 'filesBefore' | 'remove'>;
  /** Which of these messages are still there. */
  existing(organizationId: number, messageIds: number[]): Promise<Set<number>>;
  /** Whether no other database keeps its files in the same folder. */
  isOursAlone(): Promise<boolean>;
  /** Told once in a while that nothing is tidied up. */
  onShared(): void;
  now(): number;
}

/** A file is put in its place a moment before its row says so. */
const SETTLED_MS = 60 * 60 * 1000;
const EVERY_MS = 24 * 60 * 60 * 1000;

/**
 * Removes files whose message is gone: a process that was killed between the erasure of a number and that of its files,
 * or between a download and its row, leaves some behind. First an hour after the start, then daily.
 */
export const createOrphanSweep = ({ store, existing, isOursAlone, onShared, now }: Deps) => {
  let dueAt = now() + SETTLED_MS;

  /** Answers how many files went. */
  return async (): Promise<number> => {
    if (now() < dueAt) return 0;
    dueAt = now() + EVERY_MS;
    if (!(await isOursAlone())) {
      onShared();
      return 0;
    }
    let removed = 0;
    for await (const { organizationId, messageIds } of store.filesBefore(now() - SETTLED_MS)) {
      const there = await existing(organizationId, messageIds);
      for (const id of messageIds.filter((each) => !there.has(each))) {
        await store.remove(organizationId, id);
        removed += 1;
      }
    }
    return removed;
  };
};
