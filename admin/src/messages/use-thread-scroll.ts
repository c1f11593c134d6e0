import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { estimateRow } from './estimate';
import { loadNewer, loadOlder, type ThreadStore } from './thread-store';
import { floatingDay, type TimelineItem } from './timeline';
import { report } from '../design/report';

/** Within this distance new messages are followed. */
const AT_END_PX = 80;
const JUMP_FROM_PX = 300;
/** Distance at which the next page is asked for, so that a reader seldom reaches its end. */
const LOAD_AHEAD_PX = 1_500;
const PILL_MS = 1_000;

interface Args {
  conversationId: string;
  store: ThreadStore;
  items: TimelineItem[];
  scroller: RefObject<HTMLDivElement>;
}

export interface ThreadScroll {
  virtualizer: Virtualizer<HTMLDivElement, HTMLDivElement>;
  /** False until the opening position is reached: what is drawn before must not be seen. */
  placed: boolean;
  away: boolean;
  unseen: { key: string; count: number } | null;
  pill: { at: number | null; shown: boolean };
  onScroll(): void;
  /** First press: the first unseen message; second: the end. */
  jump(): void;
  toEnd(): void;
}

const tell = (cause: unknown) => report('Loading a page of messages failed', cause);

const distanceToEnd = (element: HTMLElement): number =>
  element.scrollHeight - element.scrollTop - element.clientHeight;

/** Everything that moves the thread: virtual rows anchored at the end, opening position, following, paging, jumping. */
export const useThreadScroll = ({ conversationId, store, items, scroller }: Args): ThreadScroll => {
  const [placed, setPlaced] = useState(false);
  const [away, setAway] = useState(false);
  const [unseen, setUnseen] = useState<ThreadScroll['unseen']>(null);
  const [pill, setPill] = useState<ThreadScroll['pill']>({ at: null, shown: false });
  const pillTimer = useRef<ReturnType<typeof setTimeout>>();
  const height = scroller.current?.clientHeight ?? 600;

  const virtualizer = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index: number) => items[index]?.key ?? index, [items]),
    estimateSize: (index) => {
      const item = items[index]!;
      return estimateRow(item, store.get().byKey[item.key], scroller.current?.clientWidth ?? 700);
    },
    overscan: 8,
    // The reserve above holds the "loading older" line: a row of its own would become the anchor of a prepend.
    paddingStart: 48,
    paddingEnd: 8,
    scrollPaddingStart: Math.round(height * 0.25),
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: AT_END_PX,
  });

  const hasItems = items.length > 0;
  useLayoutEffect(() => {
    if (!hasItems || placed) return;
    const mark = items.findIndex((item) => item.kind === 'unread');
    const place = () =>
      mark >= 0 ? virtualizer.scrollToIndex(mark, { align: 'start' }) : virtualizer.scrollToEnd();
    place();
    // The first measurements come with the first frame; the second one is drawn from them.
    let frame = requestAnimationFrame(() => {
      place();
      frame = requestAnimationFrame(() => setPlaced(true));
    });
    return () => cancelAnimationFrame(frame);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once per opening: later rows must not move the reader
  }, [hasItems]);

  // The composer grows with its text, a tray or a notice: a reader at the end stays there.
  useEffect(() => {
    const element = scroller.current;
    if (!element || !placed || typeof ResizeObserver === 'undefined') return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const shrunk = height - element.clientHeight;
      height = element.clientHeight;
      if (shrunk > 0 && distanceToEnd(element) - shrunk <= AT_END_PX) element.scrollTop += shrunk;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [placed, scroller]);

  const lastKey = useRef<string | null>(null);
  useLayoutEffect(() => {
    const previous = lastKey.current;
    lastKey.current = items[items.length - 1]?.key ?? null;
    if (!placed || previous === null || previous === lastKey.current) return;
    const from = items.findIndex((item) => item.key === previous);
    const element = scroller.current;
    if (from < 0 || !element || distanceToEnd(element) <= AT_END_PX || virtualizer.isAtEnd(AT_END_PX)) return;
    const arrived = items
      .slice(from + 1)
      .filter((item) => item.kind === 'message' && store.get().byKey[item.key]?.direction === 'inbound');
    if (arrived.length > 0) {
      setUnseen((old) => ({ key: old?.key ?? arrived[0]!.key, count: (old?.count ?? 0) + arrived.length }));
    }
  }, [items, placed, scroller, store, virtualizer]);

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element || !placed) return;
    const distance = distanceToEnd(element);
    const { olderCursor, hasNewer } = store.get();
    setAway(distance >= JUMP_FROM_PX || hasNewer);
    if (distance <= AT_END_PX) setUnseen(null);
    if (element.scrollTop < LOAD_AHEAD_PX && olderCursor !== null) loadOlder(conversationId).catch(tell);
    if (distance < LOAD_AHEAD_PX && hasNewer) loadNewer(conversationId).catch(tell);
    const top = virtualizer.getVirtualItemForOffset(element.scrollTop + 1)?.index ?? 0;
    const at = floatingDay(items, top, store.get().byKey);
    setPill((old) => (old.shown && old.at === at ? old : { at, shown: true }));
    clearTimeout(pillTimer.current);
    pillTimer.current = setTimeout(() => setPill((old) => ({ ...old, shown: false })), PILL_MS);
  }, [conversationId, items, placed, scroller, store, virtualizer]);
  useEffect(() => () => clearTimeout(pillTimer.current), []);

  // A short first page may leave no room to scroll; then no scroll event would ever ask for more.
  useEffect(() => {
    if (placed) onScroll();
    setPill((old) => (old.shown ? { ...old, shown: false } : old));
  }, [placed, items.length, onScroll]);

  const toEnd = useCallback(() => {
    setUnseen(null);
    virtualizer.scrollToEnd();
  }, [virtualizer]);

  const jump = useCallback(() => {
    const index = unseen ? items.findIndex((item) => item.key === unseen.key) : -1;
    if (index < 0) return toEnd();
    virtualizer.scrollToIndex(index, { align: 'start' });
    setUnseen((old) => old && { ...old, key: '' });
  }, [items, toEnd, unseen, virtualizer]);

  return { virtualizer, placed, away, unseen, pill, onScroll, jump, toEnd };
};
