import { mayFollow, mergeMessage } from '../../admin/src/messages/delivery-state';
import {
  addPending,
  dropPending,
  EMPTY_THREAD,
  failPending,
  receiveAround,
  receiveChanged,
  receiveNewest,
  receiveOlder,
  requeuePending,
  type ThreadState,
} from '../../admin/src/messages/thread-state';
import { aMessage, at } from './helpers/things';

const text = (state: ThreadState) => [...state.keys, ...state.pending].map((key) => state.byKey[key]!.text);
const page = (...ids: number[]) =>
  ids.map((id) => aMessage({ id: String(id), text: `m${id}`, timestamp: at(id) }));
const failure = { code: 'network', title: '', message: '', hint: null, retryable: true };

describe('messages of a thread', () => {
  it('stand oldest first whatever the order of the pages', () => {
    let state = receiveNewest(EMPTY_THREAD, page(6, 5, 4), 'cursor');
    state = receiveOlder(state, page(3, 2, 1), null);
    expect(text(state)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6']);
    expect(state.olderCursor).toBeNull();
  });

  it('keep their order within one second, which Meta does not tell apart', () => {
    const same = ['9', '10', '11'].map((id) =>
      aMessage({ id, text: id, timestamp: at(1), createdAt: at(1) }),
    );
    expect(text(receiveNewest(EMPTY_THREAD, same.reverse(), null))).toEqual(['9', '10', '11']);
  });

  it('keep older pages when the newest page overlaps, and start afresh when it does not', () => {
    const loaded = receiveNewest(EMPTY_THREAD, page(3, 2, 1), null);
    expect(text(receiveNewest(loaded, page(4, 3), 'x'))).toEqual(['m1', 'm2', 'm3', 'm4']);
    const fresh = receiveNewest(loaded, page(90, 89), 'x');
    expect(text(fresh)).toEqual(['m89', 'm90']);
    expect(fresh.olderCursor).toBe('x');
  });

  it('replace a pending bubble under the same key', () => {
    const pending = aMessage({
      id: 'pending:k',
      clientKey: 'k',
      direction: 'outbound',
      status: 'queued',
      text: 'hi',
    });
    const typed = addPending(receiveNewest(EMPTY_THREAD, page(1), null), pending);
    expect(typed.pending).toEqual(['c:k']);
    const answered = receiveChanged(typed, { ...pending, id: '2', timestamp: at(2), status: 'queued' });
    expect(answered.pending).toEqual([]);
    expect(answered.keys).toEqual(['m:1', 'c:k']);
    expect(receiveChanged(answered, { ...pending, id: '2', timestamp: at(2) }).keys).toEqual(['m:1', 'c:k']);
  });

  it('hold two rows apart that share a client key', () => {
    const [a, b] = ['1', '2'].map((id) =>
      aMessage({ id, text: id, clientKey: 'k', timestamp: at(Number(id)) }),
    );
    expect(text(receiveNewest(EMPTY_THREAD, [b!, a!], null))).toEqual(['1', '2']);
  });

  it('stand in typed order while they wait', () => {
    const typed = ['a', 'b', 'c'].reduce(
      (state, key) => addPending(state, aMessage({ id: `pending:${key}`, clientKey: key, text: key })),
      receiveNewest(EMPTY_THREAD, page(1), null),
    );
    expect(text(typed)).toEqual(['m1', 'a', 'b', 'c']);
    const acked = receiveChanged(typed, aMessage({ id: '2', clientKey: 'a', text: 'a', timestamp: at(2) }));
    expect(text(acked)).toEqual(['m1', 'a', 'b', 'c']);
  });

  it('fail, wait again and go', () => {
    const typed = addPending(
      EMPTY_THREAD,
      aMessage({ id: 'pending:k', clientKey: 'k', direction: 'outbound' }),
    );
    const failed = failPending(typed, 'k', failure);
    expect(failed.byKey['c:k']).toMatchObject({ status: 'failed', error: { code: 'network' } });
    expect(requeuePending(failed, 'k').byKey['c:k']).toMatchObject({ status: 'queued', error: null });
    expect(dropPending(failed, 'k').pending).toEqual([]);
  });

  it('do not join across a gap', () => {
    const past = receiveAround(EMPTY_THREAD, page(12, 11, 10), 'older', true);
    expect(text(receiveChanged(past, page(99)[0]!))).toEqual(['m10', 'm11', 'm12']);
    const newest = receiveNewest(EMPTY_THREAD, page(12, 11, 10), 'older');
    expect(text(receiveChanged(newest, page(5)[0]!))).toEqual(['m10', 'm11', 'm12']);
    expect(text(receiveChanged(newest, page(13)[0]!))).toEqual(['m10', 'm11', 'm12', 'm13']);
  });

  it('change nothing when the same page comes twice', () => {
    const once = receiveNewest(EMPTY_THREAD, page(2, 1), null);
    expect(receiveNewest(once, page(2, 1), null)).toEqual(once);
  });
});

describe('delivery state', () => {
  it.each([
    ['queued', 'sent', true],
    ['sent', 'delivered', true],
    ['read', 'delivered', false],
    ['delivered', 'sent', false],
    ['read', 'played', true],
    ['sent', 'failed', true],
    ['delivered', 'failed', false],
    ['failed', 'queued', true],
    ['unknown', 'sent', true],
    ['sent', 'unknown', false],
  ] as const)('%s → %s: %s', (current, next, allowed) => {
    expect(mayFollow(current, next)).toBe(allowed);
  });

  it('keeps the better reading when answers overtake each other', () => {
    const times = [
      { status: 'sent' as const, at: at(1) },
      { status: 'read' as const, at: at(2) },
    ];
    const read = aMessage({ direction: 'outbound', status: 'read', statuses: times });
    const older = aMessage({
      direction: 'outbound',
      status: 'sent',
      statuses: times.slice(0, 1),
      text: 'edited',
    });
    expect(mergeMessage(read, older)).toMatchObject({ status: 'read', statuses: times, text: 'edited' });
  });
});
