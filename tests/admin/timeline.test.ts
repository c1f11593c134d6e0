import { EMPTY_THREAD, receiveNewest, receiveOlder } from '../../admin/src/messages/thread-state';
import { buildTimeline, findUnreadMark, floatingDay, sameGroup } from '../../admin/src/messages/timeline';
import type { Message } from '../../server/src/messages/contract';
import { aMessage, at } from './helpers/things';

const DAY = 86_400;
const thread = (messages: Message[], cursor: string | null = null) =>
  receiveNewest(EMPTY_THREAD, [...messages].reverse(), cursor);
const outline = (...args: Parameters<typeof buildTimeline>) =>
  buildTimeline(...args).map((item) =>
    item.kind === 'message'
      ? `${item.key}${item.first ? ' first' : ''}${item.last ? ' last' : ''}`
      : item.kind,
  );
const inbound = (id: number, seconds: number, change: Partial<Message> = {}) =>
  aMessage({ id: String(id), timestamp: at(seconds), ...change });

describe('rows of the thread', () => {
  it('begin each day with its date and join what one person wrote within a minute', () => {
    const state = thread([inbound(1, 0), inbound(2, 30), inbound(3, 95), inbound(4, DAY)]);
    expect(outline(state, null)).toEqual([
      'date',
      'm:1 first',
      'm:2 last',
      'm:3 first last',
      'date',
      'm:4 first last',
    ]);
  });

  it('put the unread line before its message and break the group there', () => {
    const state = thread([inbound(1, 0), inbound(2, 10), inbound(3, 20)]);
    expect(outline(state, { key: 'm:2', count: 2 })).toEqual([
      'date',
      'm:1 first last',
      'unread',
      'm:2 first',
      'm:3 last',
    ]);
  });

  it('hold the oldest row back while older ones exist, so that prepending changes no row that was there', () => {
    const newest = thread([inbound(3, 20), inbound(4, 30), inbound(5, DAY)], 'cursor');
    const before = buildTimeline(newest, null);
    expect(before.map((item) => item.key)).not.toContain('m:3');
    const after = buildTimeline(receiveOlder(newest, [inbound(2, 10), inbound(1, 0)], 'more'), null);
    expect(after.slice(-before.length)).toEqual(before);
  });

  it('show a lone message even while older ones exist', () => {
    expect(outline(thread([inbound(1, 0)], 'cursor'), null)).toEqual(['date', 'm:1 first last']);
  });
});

describe('the day that floats over the thread', () => {
  const state = thread([inbound(1, 0), inbound(2, 20), inbound(3, DAY)]);
  const items = buildTimeline(state, { key: 'm:2', count: 2 });
  const day = (top: number) => floatingDay(items, top, state.byKey);

  it('is that of the row at the top, also where the unread line stands there', () => {
    expect(items.map(({ kind }) => kind)).toEqual([
      'date',
      'message',
      'unread',
      'message',
      'date',
      'message',
    ]);
    expect([1, 2, 3, 5].map(day)).toEqual([0, 20, 20, DAY].map((seconds) => Date.parse(at(seconds))));
  });

  it('is not said a second time under a date line', () => {
    expect([day(0), day(4), day(99)]).toEqual([null, null, null]);
  });
});

describe('groups', () => {
  const base = aMessage({ direction: 'outbound', author: { id: 'u1', name: 'Ana' } });
  it.each<[string, Partial<Message>, boolean]>([
    ['the same author', {}, true],
    ['another author', { author: { id: 'u2', name: 'Leo' } }, false],
    ['another origin', { origin: 'automation' }, false],
    ['the other side', { direction: 'inbound' }, false],
    ['a private note', { type: 'note' }, false],
    ['another kind of content', { type: 'image' }, true],
    ['a system line', { type: 'system' }, false],
    ['a failed message', { status: 'failed' }, false],
    ['a minute later', { timestamp: at(60) }, true],
    ['more than a minute later', { timestamp: at(61) }, false],
  ])('%s', (_name, change, together) => {
    expect(sameGroup(base, { ...base, ...change })).toBe(together);
  });
});

describe('unread line', () => {
  it('stands before the oldest of the unread messages of the other side', () => {
    const state = thread([
      inbound(1, 0),
      inbound(2, 100),
      inbound(3, 200, { direction: 'outbound' }),
      inbound(4, 300, { type: 'system' }),
      inbound(5, 400),
    ]);
    expect(findUnreadMark(state, 2)).toEqual({ key: 'm:2', count: 2 });
    expect(findUnreadMark(state, 0)).toBeNull();
  });

  it('stands at the first row that is shown when more is unread', () => {
    const rows = [inbound(1, 0), inbound(2, 1)];
    expect(findUnreadMark(thread(rows, 'x'), 90)).toEqual({ key: 'm:2', count: 90 });
    expect(findUnreadMark(thread(rows), 90)).toEqual({ key: 'm:1', count: 90 });
  });
});
