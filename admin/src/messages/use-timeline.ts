import { useMemo, useRef } from 'react';
import { useStore } from '../store/use-store';
import type { ThreadStore } from './thread-store';
import { buildTimeline, type TimelineItem, type UnreadMark } from './timeline';

const sameItem = (a: TimelineItem, b: TimelineItem): boolean => {
  if (a.key !== b.key) return false;
  return a.kind !== 'message' || (b.kind === 'message' && a.first === b.first && a.last === b.last);
};

/** The thread's rows; the array stays the same while nothing about the rows' order or grouping changed. */
export const useTimeline = (store: ThreadStore, mark: UnreadMark | null): TimelineItem[] => {
  const state = useStore(store, (current) => current);
  const last = useRef<TimelineItem[]>([]);
  return useMemo(() => {
    const built = buildTimeline(state, mark);
    const old = last.current;
    const same = old.length === built.length && built.every((item, index) => sameItem(item, old[index]!));
    if (!same) last.current = built;
    return last.current;
  }, [state, mark]);
};
