import { coalesce } from '../../../../server/src/jobs/coalesce';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('coalesced work', () => {
  it('never runs twice at a time, and once more when asked meanwhile, however often', async () => {
    const ends: (() => void)[] = [];
    const ask = coalesce(
      () => new Promise((resolve) => ends.push(resolve)),
      (error) => {
        throw error;
      },
    );
    ask();
    ask();
    ask();
    expect(ends).toHaveLength(1);
    ends[0]();
    await turn();
    expect(ends).toHaveLength(2);
    ends[1]();
    await turn();
    expect(ends).toHaveLength(2);
    ask();
    expect(ends).toHaveLength(3);
  });

  it('reports a failure and can be asked again', async () => {
    const failures: unknown[] = [];
    const ask = coalesce(
      () => Promise.reject(new Error('no')),
      (error) => failures.push(error),
    );
    ask();
    await turn();
    ask();
    await turn();
    expect(failures).toHaveLength(2);
  });
});
