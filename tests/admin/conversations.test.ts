import { displayName, initialsOf } from '../../admin/src/conversations/display-name';
import { frozenOrder } from '../../admin/src/conversations/frozen-order';
import {
  EMPTY_LIST,
  markReadLocally,
  receiveConversation,
  receivePage,
  sliceKey,
  type ListQuery,
} from '../../admin/src/conversations/list-state';
import { windowState } from '../../admin/src/conversations/service-window';
import { dayLabel, listTime } from '../../admin/src/design/time';
import { aConversation, at } from './helpers/things';

const ALL: ListQuery = { unread: false, integration: null, q: '' };
const UNREAD: ListQuery = { ...ALL, unread: true };
const row = (id: string, seconds: number, change = {}) =>
  aConversation({ id, lastMessageAt: at(seconds), ...change });
const first = (...rows: ReturnType<typeof row>[]) => receivePage(EMPTY_LIST, ALL, rows, null, 'first');
const ids = (state: typeof EMPTY_LIST, query = ALL) => state.slices[sliceKey(query)]!.ids;

describe('conversation list', () => {
  it('moves a conversation up when it becomes active', () => {
    const state = receiveConversation(first(row('a', 2), row('b', 1)), row('b', 3));
    expect(ids(state)).toEqual(['b', 'a']);
  });

  it('takes in a new conversation only where it belongs', () => {
    let state = first(row('a', 2));
    state = receivePage(state, UNREAD, [], null, 'first');
    state = receivePage(state, { ...ALL, integration: 'n2' }, [], null, 'first');
    state = receivePage(state, { ...ALL, q: 'ana' }, [], null, 'first');
    state = receiveConversation(state, row('x', 9, { unreadCount: 1 }));
    expect(ids(state)).toEqual(['x', 'a']);
    expect(ids(state, UNREAD)).toEqual(['x']);
    expect(ids(state, { ...ALL, integration: 'n2' })).toEqual([]);
    expect(ids(state, { ...ALL, q: 'ana' })).toEqual([]);
  });

  it('leaves a row in the unread list after it was read', () => {
    let state = receivePage(EMPTY_LIST, UNREAD, [row('a', 1, { unreadCount: 2 })], null, 'first');
    state = markReadLocally(state, 'a');
    state = receiveConversation(state, row('a', 1, { unreadCount: 0 }));
    expect(ids(state, UNREAD)).toEqual(['a']);
  });

  it('does not take in a row that belongs to a page not loaded yet', () => {
    const state = receivePage(EMPTY_LIST, ALL, [row('a', 9), row('b', 8)], 'more', 'first');
    expect(ids(receiveConversation(state, row('old', 1)))).toEqual(['a', 'b']);
  });

  it('keeps further pages when the first is renewed', () => {
    let state = receivePage(EMPTY_LIST, ALL, [row('a', 9), row('b', 8)], 'c1', 'first');
    state = receivePage(state, ALL, [row('c', 7)], 'c2', 'more');
    state = receivePage(state, ALL, [row('n', 10), row('a', 9)], 'c9', 'first');
    expect(ids(state)).toEqual(['n', 'a', 'b', 'c']);
    expect(state.slices[sliceKey(ALL)]!.nextCursor).toBe('c2');
  });
});

describe('order while the list is held', () => {
  it.each([
    ['nothing new', ['a', 'b'], ['a', 'b'], ['a', 'b'], 0],
    ['one arrived', ['a', 'b'], ['x', 'a', 'b'], ['a', 'b'], 1],
    ['one moved up', ['a', 'b', 'c'], ['c', 'a', 'b'], ['a', 'b', 'c'], 2],
    ['a page came', ['a', 'b'], ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd'], 0],
    ['one left', ['a', 'b', 'c'], ['a', 'c'], ['a', 'c'], 0],
  ])('%s', (_name, frozen, live, shown) => {
    expect(frozenOrder(frozen, live).ids).toEqual(shown);
  });

  it('counts what would have moved above', () => {
    expect(frozenOrder(['a', 'b'], ['x', 'y', 'a', 'b']).waiting).toBe(2);
    expect(frozenOrder(['a', 'b', 'c'], ['c', 'a', 'b']).waiting).toBe(1);
    expect(frozenOrder(['a', 'b', 'c'], ['b', 'c', 'a']).waiting).toBe(2);
  });
});

describe('names', () => {
  const nobody = {
    id: 'p-123456',
    name: null,
    profileName: null,
    phone: null,
    waId: null,
    userId: null,
    username: null,
  };
  it.each([
    [
      { name: 'Ana', profileName: 'x', username: 'u', phone: '+1' },
      { text: 'Ana', isPhone: false },
    ],
    [
      { profileName: 'Prof', username: 'u' },
      { text: 'Prof', isPhone: false },
    ],
    [
      { name: '  ', username: 'ana.r', phone: '+1' },
      { text: '@ana.r', isPhone: false },
    ],
    [{ phone: '+34600' }, { text: '+34600', isPhone: true }],
    [{ waId: '34600' }, { text: '+34600', isPhone: true }],
    [{ userId: 'US.XRe1pkabc123' }, { text: null, tail: 'abc123' }],
    [{}, { text: null, tail: '123456' }],
  ])('%o', (contact, expected) => {
    expect(displayName({ ...nobody, ...contact })).toEqual(expected);
  });

  it.each([
    ['Ana Ruiz', 'AR'],
    ['ana maria ruiz', 'AR'],
    ['Cher', 'C'],
    ['@deniz.kaya', 'D'],
    ['يعل كهن', 'يك'],
    ['👨‍👩‍👧 Kaya', 'K'],
    ['💐', ''],
  ])('%s → %s', (text, initials) => {
    expect(initialsOf({ text, isPhone: false })).toBe(initials);
  });
});

describe('customer service window', () => {
  const now = Date.parse(at(0));
  it.each([
    [null, { state: 'never' }],
    [at(-1), { state: 'closed' }],
    [at(0), { state: 'closed' }],
    [at(1), { state: 'closing-soon', hours: 0, minutes: 1 }],
    [at(3600), { state: 'closing-soon', hours: 1, minutes: 0 }],
    [at(3601), { state: 'closing', hours: 1, minutes: 0 }],
    [at(4 * 3600), { state: 'closing', hours: 4, minutes: 0 }],
    [at(24 * 3600), { state: 'open', hours: 24, minutes: 0 }],
  ])('ends at %s', (expires, expected) => {
    expect(windowState(expires, now)).toEqual(expected);
  });
});

describe('dates', () => {
  const now = new Date(2026, 10, 22, 15, 0).getTime();
  const days = (count: number) => new Date(2026, 10, 22 - count, 9, 5).getTime();
  it.each([
    [0, 'Today', '9:05 AM'],
    [1, 'Yesterday', 'Yesterday'],
    [3, 'Thursday', 'Thu'],
    [6, 'Monday', 'Mon'],
    [7, 'November 15, 2026', '11/15/26'],
  ])('%d days ago: %s, in the list %s', (ago, label, short) => {
    expect(dayLabel(days(ago), now, 'en')).toBe(label);
    expect(listTime(days(ago), now, 'en').replace('\u202f', ' ')).toBe(short);
  });
});
