import { createTail, createTurns } from '../../../../server/src/storage/tail';

const failure = (code: string): Error => Object.assign(new Error(code), { code });
const soon = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), 5));
const fails = async (code: string): Promise<never> => {
  await soon(null);
  throw failure(code);
};

describe('work that a transaction does not wait for', () => {
  it('is over when the transaction ends', async () => {
    const tail = createTail();
    const done: string[] = [];
    tail.later(soon('a').then((name) => done.push(name)));
    tail.later(soon('b').then((name) => done.push(name)));
    await tail.settled();
    expect(done).toEqual(['a', 'b']);
  });

  it('is over as well when it failed, and tells what began it', async () => {
    const tail = createTail();
    let over = false;
    tail.later(fails('25P02'));
    tail.later(fails('23505'));
    tail.later(soon(null).then(() => (over = true)));
    await expect(tail.settled()).rejects.toMatchObject({ code: '23505' });
    expect(over).toBe(true);
  });

  it('tells the consequence when there is nothing else', async () => {
    const tail = createTail();
    tail.later(fails('25P02'));
    await expect(tail.settled()).rejects.toMatchObject({ code: '25P02' });
  });

  it.each([
    ['an error of its own', '42P01', '23505', '42P01'],
    ['what was behind a consequence', '25P02', '23505', '23505'],
    ['a consequence of what is not known', '25P02', '25P02', '25P02'],
    ['what was behind a name that was never learned', '26000', '23505', '23505'],
    ['a name that a pooler lost', '26000', '25P02', '26000'],
  ])('names %s', async (_name, thrown, later, cause) => {
    const tail = createTail();
    tail.later(fails(later));
    expect(await tail.causeOf(failure(thrown))).toMatchObject({ code: cause });
  });
});

describe('work that begins more work', () => {
  it('is over when that is over', async () => {
    const tail = createTail();
    let over = false;
    const more = async () => {
      await soon(null);
      over = true;
    };
    tail.later(soon(null).then(() => tail.later(more())));
    await tail.settled();
    expect(over).toBe(true);
  });
});

describe('turns', () => {
  it('are taken one after the other', async () => {
    const turns = createTurns();
    const order: string[] = [];
    const step = (name: string) => async () => {
      order.push(`${name} begins`);
      await soon(null);
      order.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([turns.take(step('a')), turns.take(step('b'))])).toEqual(['a', 'b']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('end with the first failure: nothing may be committed behind it', async () => {
    const turns = createTurns();
    const never = jest.fn(() => Promise.resolve());
    const ends = await Promise.allSettled([turns.take(() => fails('1213')), turns.take(never)]);
    expect(ends).toMatchObject([{ reason: { code: '1213' } }, { reason: { code: '1213' } }]);
    expect(never).not.toHaveBeenCalled();
    expect(await turns.behind(() => soon('rolled back'))).toBe('rolled back');
  });
});
