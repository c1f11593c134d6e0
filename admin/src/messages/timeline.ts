import type { Message } from '../../../server/src/messages/contract';
import { localDay } from '../design/time';
import type { ThreadState } from './thread-state';

export type TimelineItem =
  | { kind: 'date'; key: string; at: number }
  | { kind: 'unread'; key: string; count: number }
  | { kind: 'message'; key: string; first: boolean; last: boolean };

const GROUP_GAP_MS = 60_000;

/** Lines that stand in the middle and belong to nobody's group. */
const standsAlone = (message: Message): boolean => message.type === 'system';

/** UX-18: same direction, author and kind of message, at most a minute apart, and neither failed. */
export const sameGroup = (a: Message, b: Message): boolean =>
  a.direction === b.direction &&
  (a.author?.id ?? a.author?.name ?? null) === (b.author?.id ?? b.author?.name ?? null) &&
  a.origin === b.origin &&
  (a.type === 'note') === (b.type === 'note') &&
  !standsAlone(a) &&
  !standsAlone(b) &&
  a.status !== 'failed' &&
  b.status !== 'failed' &&
  Math.abs(Date.parse(b.timestamp) - Date.parse(a.timestamp)) <= GROUP_GAP_MS;

/** Where the unread line stands: fixed when the thread is opened. */
export interface UnreadMark {
  /** Key of the first unread message. */
  key: string;
  count: number;
}

/**
 * The rows of the thread. While older messages exist, the oldest loaded one is held back: only with its predecessor
 * known can a row tell its date line and its place in a group, and neither may change when a page is prepended above
 * the reader's eyes.
 */
export const buildTimeline = (state: ThreadState, mark: UnreadMark | null): TimelineItem[] => {
  const all = [...state.keys, ...state.pending];
  const from = state.olderCursor !== null && all.length > 1 ? 1 : 0;
  const items: TimelineItem[] = [];
  let previous = from > 0 ? state.byKey[all[0]!]! : null;
  for (let index = from; index < all.length; index += 1) {
    const key = all[index]!;
    const message = state.byKey[key]!;
    const at = Date.parse(message.timestamp);
    const newDay = previous === null || localDay(Date.parse(previous.timestamp)) !== localDay(at);
    const unreadHere = mark?.key === key;
    if (newDay) items.push({ kind: 'date', key: `d:${localDay(at)}:${key}`, at });
    if (unreadHere) items.push({ kind: 'unread', key: `u:${key}`, count: mark.count });
    const joins = previous !== null && !newDay && !unreadHere && sameGroup(previous, message);
    const before = items[items.length - 1];
    if (joins && before?.kind === 'message') before.last = false;
    items.push({ kind: 'message', key, first: !joins, last: true });
    previous = message;
  }
  return items;
};

/**
 * Finds the first of the `count` newest inbound messages among the rows that are shown (see `buildTimeline`); null when
 * nothing is unread.
 */
export const findUnreadMark = (state: ThreadState, count: number): UnreadMark | null => {
  if (count <= 0) return null;
  let left = count;
  let found: string | null = null;
  const oldestShown = state.olderCursor !== null && state.keys.length > 1 ? 1 : 0;
  for (let index = state.keys.length - 1; index >= oldestShown && left > 0; index -= 1) {
    const message = state.byKey[state.keys[index]!]!;
    if (message.direction !== 'inbound' || message.type === 'system') continue;
    found = state.keys[index]!;
    left -= 1;
  }
  return found === null ? null : { key: found, count };
};

/**
 * What the pill that floats over the thread says: the day of the row at the top, ms. null where that row is a date line,
 * which says it already.
 */
export const floatingDay = (
  items: TimelineItem[],
  top: number,
  byKey: ThreadState['byKey'],
): number | null => {
  if (items[top]?.kind === 'date') return null;
  for (const item of items.slice(top, top + 2)) {
    const message = item.kind === 'message' ? byKey[item.key] : undefined;
    if (message) return Date.parse(message.timestamp);
  }
  return null;
};
