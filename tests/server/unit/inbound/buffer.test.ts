import { BufferFull, createGroupCommit, type BufferLimits } from '../../../../server/src/inbound/buffer';

const LIMITS: BufferLimits = { deliveries: 100, bytes: 1_000_000, drainEvents: 10 };

/** A buffer whose drains end when the test says so. */
const setUp = (limits: Partial<BufferLimits> = {}) => {
  const drains: { items: string[]; end: (errors?: unknown[]) => void; fail: (error: unknown) => void }[] = [];
  const buffer = createGroupCommit<string>({ ...LIMITS, ...limits }, (items) => {
    return new Promise((resolve, reject) => {
      drains.push({ items, end: (errors = items.map(() => null)) => resolve(errors), fail: reject });
    });
  });
  const push = (item: string, weight = 1, bytes = 10) => buffer.push({ item, weight, bytes });
  return { buffer, push, drains };
};
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const outcome = (promise: Promise<void>) =>
  promise.then(
    () => 'ok',
    (error: Error) => error.name,
  );

describe('group commit', () => {
  it('what arrives in one turn of the loop shares a drain', async () => {
    const { push, drains } = setUp();
    const all = ['a', 'b', 'c'].map((item) => push(item));
    await turn();
    expect(drains.map(({ items }) => items)).toEqual([['a', 'b', 'c']]);
    drains[0].end();
    await Promise.all(all);
  });

  it('what arrives while a drain is written shares the next one, and never two run at once', async () => {
    const { push, drains } = setUp();
    const first = push('a');
    await turn();
    const later = ['b', 'c'].map((item) => push(item));
    await turn();
    expect(drains).toHaveLength(1);
    drains[0].end();
    await first;
    await turn();
    expect(drains[1].items).toEqual(['b', 'c']);
    drains[1].end();
    await Promise.all(later);
  });

  it('settles nobody before the drain that holds him', async () => {
    const { push, drains } = setUp();
    let settled = false;
    const first = push('a').then(() => (settled = true));
    await turn();
    expect(settled).toBe(false);
    drains[0].end();
    await first;
    expect(settled).toBe(true);
  });

  it('keeps the order and the weight limit of a drain; something heavier than the limit goes alone', async () => {
    const { buffer, push, drains } = setUp();
    const all = [push('a', 6), push('b', 4), push('c', 1), push('huge', 1000), push('d', 2)];
    for (let index = 0; index < 4; index += 1) {
      await turn();
      drains[index].end();
    }
    await Promise.all(all);
    await buffer.settled();
    expect(drains.map(({ items }) => items)).toEqual([['a', 'b'], ['c'], ['huge'], ['d']]);
  });

  it('a drain that fails rejects its own and goes on with the next', async () => {
    const { push, drains } = setUp();
    const [a, b] = [outcome(push('a')), outcome(push('b'))];
    await turn();
    const c = outcome(push('c'));
    drains[0].fail(new TypeError('away'));
    expect(await Promise.all([a, b])).toEqual(['TypeError', 'TypeError']);
    await turn();
    drains[1].end();
    expect(await c).toBe('ok');
  });

  it('a drain may refuse one of its items', async () => {
    const { push, drains } = setUp();
    const all = [outcome(push('a')), outcome(push('b'))];
    await turn();
    drains[0].end([null, new RangeError('no')]);
    expect(await Promise.all(all)).toEqual(['ok', 'RangeError']);
  });
});

describe('two drains at a time', () => {
  const many = { drains: 2, drainEvents: 100 };

  it('a second one begins when enough waits to fill it, and never a third', async () => {
    const { push, drains } = setUp(many);
    const all = [push('a', 90)];
    await turn();
    all.push(push('b', 63));
    await turn();
    expect(drains.map(({ items }) => items)).toEqual([['a']]);
    all.push(push('c', 1), push('d', 100));
    await turn();
    expect(drains.map(({ items }) => items)).toEqual([['a'], ['b', 'c']]);
    drains[1].end();
    await turn();
    expect(drains[2].items).toEqual(['d']);
    drains[0].end();
    drains[2].end();
    await Promise.all(all);
  });

  it('what is too little for the second is left to the first, and settled waits for both', async () => {
    const { buffer, push, drains } = setUp(many);
    const all = [push('a', 90)];
    await turn();
    all.push(push('b', 90), push('c', 20));
    await turn();
    let settled = false;
    const done = buffer.settled().then(() => (settled = true));
    drains[1].end();
    await turn();
    expect(drains).toHaveLength(2);
    drains[0].end();
    await turn();
    expect(settled).toBe(false);
    expect(drains[2].items).toEqual(['c']);
    drains[2].end();
    await Promise.all([...all, done]);
  });

  it('one that is given back while it waits no longer counts towards a second', async () => {
    const { push, drains } = setUp({ ...many, waitMs: 40 });
    const given = [outcome(push('a', 90))];
    await turn();
    given.push(outcome(push('b', 60)));
    expect(await Promise.all(given)).toEqual(['BufferFull', 'BufferFull']);
    const small = push('c', 10);
    await turn();
    expect(drains).toHaveLength(1);
    drains[0].end();
    await turn();
    drains[1].end();
    await small;
  });
});

describe('limits', () => {
  it('turns away one delivery too many at once, and takes again when there is room', async () => {
    const { push, drains, buffer } = setUp({ deliveries: 2 });
    const kept = [push('a'), push('b')];
    await expect(push('c')).rejects.toBeInstanceOf(BufferFull);
    expect(buffer.size()).toEqual({ deliveries: 2, bytes: 20 });
    await turn();
    const next = push('d');
    drains[0].end();
    await Promise.all(kept);
    await turn();
    drains[1].end();
    await next;
    expect(buffer.size()).toEqual({ deliveries: 0, bytes: 0 });
  });

  it('turns away bytes too many, but never a single large delivery in an empty buffer', async () => {
    const { push, drains } = setUp({ bytes: 100 });
    const large = push('large', 1, 500);
    await expect(push('more', 1, 1)).rejects.toBeInstanceOf(BufferFull);
    await turn();
    drains[0].end();
    await large;
    const small = push('small', 1, 90);
    await turn();
    drains[1].end();
    await small;
  });

  it('counts the bytes of what is being written until it is', async () => {
    const { push, drains, buffer } = setUp();
    const a = push('a', 1, 70);
    await turn();
    expect(buffer.size()).toEqual({ deliveries: 0, bytes: 70 });
    drains[0].end();
    await a;
    expect(buffer.size().bytes).toBe(0);
  });

  it('gives a delivery back after its time while a drain stalls, and writes what is left afterwards', async () => {
    const { push, drains, buffer } = setUp({ waitMs: 40 });
    const written = outcome(push('a'));
    await turn();
    const waiting = outcome(push('b'));
    expect(await Promise.all([written, waiting])).toEqual(['BufferFull', 'BufferFull']);
    expect(buffer.size()).toEqual({ deliveries: 0, bytes: 10 });
    const fresh = outcome(push('c'));
    drains[0].end();
    await turn();
    expect(drains[1].items).toEqual(['c']);
    drains[1].end();
    expect(await fresh).toBe('ok');
    expect(buffer.size()).toEqual({ deliveries: 0, bytes: 0 });
  });
});

it('is settled at once when idle, and otherwise when everything is written', async () => {
  const { push, drains, buffer } = setUp();
  await buffer.settled();
  const a = push('a');
  let settled = false;
  const done = buffer.settled().then(() => (settled = true));
  await turn();
  expect(settled).toBe(false);
  drains[0].end();
  await Promise.all([a, done]);
});
