import { createOverlap } from '../../../../server/src/inbound/overlap';

/** Drains that end when the test says so, and how often what they parked was looked through. */
const setUp = () => {
  let settled = 0;
  const overlap = createOverlap(() => (settled += 1));
  const start = () => {
    let end: (parked: number) => void = () => undefined;
    let fail: (error: Error) => void = () => undefined;
    const done = overlap(
      () =>
        new Promise<{ parked: number }>((resolve, reject) => {
          end = (parked) => resolve({ parked });
          fail = reject;
        }),
    );
    return { done, end: (parked = 0) => end(parked), fail: (error: Error) => fail(error) };
  };
  return { start, settled: () => settled };
};
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('looks for nothing after a drain that ran alone: its events wait for a later one', async () => {
  const { start, settled } = setUp();
  for (const parked of [0, 3]) {
    const { done, end } = start();
    end(parked);
    expect(await done).toEqual({ parked });
  }
  await turn();
  expect(settled()).toBe(0);
});

it('waits for the drain that began before the one that parked', async () => {
  const { start, settled } = setUp();
  const [message, news] = [start(), start()];
  news.end(1);
  await news.done;
  await turn();
  expect(settled()).toBe(0);
  message.end();
  await message.done;
  await turn();
  expect(settled()).toBe(1);
});

it('looks at once when the other one is over already', async () => {
  const { start, settled } = setUp();
  const [message, news] = [start(), start()];
  message.end();
  await message.done;
  news.end(1);
  await news.done;
  await turn();
  expect(settled()).toBe(1);
});

it('waits for one that began after it, even if that one fails', async () => {
  const { start, settled } = setUp();
  const news = start();
  const message = start();
  news.end(1);
  await news.done;
  await turn();
  expect(settled()).toBe(0);
  message.fail(new Error('away'));
  await expect(message.done).rejects.toThrow('away');
  await turn();
  expect(settled()).toBe(1);
});

it('looks for nothing when nothing was parked', async () => {
  const { start, settled } = setUp();
  const both = [start(), start()];
  both.forEach(({ end }) => end());
  await Promise.all(both.map(({ done }) => done));
  await turn();
  expect(settled()).toBe(0);
});
