import type { Knex } from 'knex';
import { RaceLost } from '../../../../server/src/storage/race';
import { runTransaction, type Tx } from '../../../../server/src/storage/transaction';

interface Options {
  /** Whether the driver can send without waiting. */
  pipelines: boolean;
  /** Statements that fail, with the code that PostgreSQL gives. */
  failing?: Record<string, string>;
  /** What it says it did, where that is not what it was asked to do. */
  tags?: Record<string, string>;
}

/** PostgreSQL as far as a transaction sees it: it answers in order, and refuses everything behind a failure. */
const server = ({ pipelines, failing = {}, tags = {} }: Options) => {
  const log: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  let open = 0;
  let aborted = false;
  const answer = async (text: string): Promise<{ rows: []; rowCount: number; command: string }> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    open -= 1;
    const isEnd = text === 'ROLLBACK' || text === 'COMMIT';
    const code = failing[text] ?? (aborted && !isEnd ? '25P02' : null);
    log.push(`${code ? 'refused' : 'done'} ${text}`);
    aborted = isEnd ? false : aborted || code !== null;
    if (code) throw Object.assign(new Error(code), { code });
    return { rows: [], rowCount: 1, command: tags[text] ?? text };
  };
  const connection = {
    ...(pipelines ? { pipeline: false } : {}),
    query({ text }: { text: string }) {
      open += 1;
      log.push(`sent ${text}`);
      const turn = last.then(() => answer(text));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
  const client = {
    acquireConnection: () => Promise.resolve(connection),
    releaseConnection: () => {
      log.push(`released with ${open} in flight`);
      return Promise.resolve();
    },
  };
  return { log, connection, knex: { client } as unknown as Knex };
};

const meter = { statements: 0, commits: 0 };
const run = <T>({ knex }: ReturnType<typeof server>, work: (tx: Tx) => Promise<T>): Promise<T> =>
  runTransaction(knex, 'postgres', meter, work);

describe('a transaction on PostgreSQL', () => {
  it('sends what does not depend on answers at once, and commits after all of it', async () => {
    const stage = server({ pipelines: true });
    const result = await run(stage, async (tx) => {
      await tx.lists('look up');
      tx.later(tx.run('write a'));
      tx.later(tx.run('write b'));
      return 'ready';
    });
    expect(result).toBe('ready');
    expect(stage.log).toEqual([
      ...['sent BEGIN', 'sent look up', 'done BEGIN', 'done look up'],
      ...['sent write a', 'sent write b', 'done write a', 'done write b'],
      ...['sent COMMIT', 'done COMMIT', 'released with 0 in flight'],
    ]);
    expect(stage.connection.pipeline).toBe(false);
  });

  it('waits for each answer where the driver cannot send ahead', async () => {
    const stage = server({ pipelines: false });
    await run(stage, async (tx) => {
      tx.later(tx.run('write a'));
      tx.later(tx.run('write b'));
      await tx.all('look up');
    });
    expect(stage.log).toEqual([
      ...['sent BEGIN', 'done BEGIN', 'sent write a', 'done write a', 'sent write b', 'done write b'],
      ...['sent look up', 'done look up', 'sent COMMIT', 'done COMMIT', 'released with 0 in flight'],
    ]);
    expect('pipeline' in stage.connection).toBe(false);
  });

  it.each([true, false])(
    'takes all of it back when one failed, and says which (ahead: %s)',
    async (pipelines) => {
      const stage = server({ pipelines, failing: { 'write a': '23505' } });
      const work = run(stage, async (tx) => {
        tx.later(tx.run('write a'));
        tx.later(tx.run('write b'));
        await tx.all('look up');
      });
      await expect(work).rejects.toMatchObject({ code: '23505' });
      expect(stage.log).not.toContain('sent COMMIT');
      expect(stage.log).not.toContain('done write b');
      expect(stage.log.slice(-3)).toEqual(['sent ROLLBACK', 'done ROLLBACK', 'released with 0 in flight']);
    },
  );

  it('takes it back when work that was never sent failed', async () => {
    const stage = server({ pipelines: true });
    const work = run(stage, async (tx) => {
      tx.later(Promise.reject(new TypeError('not bound')));
      tx.later(tx.run('write b'));
      await tx.all('look up');
    });
    await expect(work).rejects.toThrow('not bound');
    expect(stage.log).not.toContain('sent COMMIT');
    expect(stage.log.slice(-2)).toEqual(['done ROLLBACK', 'released with 0 in flight']);
  });

  it('has not committed when the server says that it rolled back', async () => {
    const stage = server({ pipelines: true, tags: { COMMIT: 'ROLLBACK' } });
    const before = meter.commits;
    await expect(run(stage, async (tx) => void (await tx.run('write a')))).rejects.toThrow(RaceLost);
    expect(meter.commits).toBe(before);
  });

  it('gives the connection back as it was', async () => {
    const stage = server({ pipelines: true });
    stage.connection.pipeline = true;
    await run(stage, async (tx) => void (await tx.run('write a')));
    expect(stage.connection.pipeline).toBe(true);
  });

  it('lets nothing be in flight when the work itself throws', async () => {
    const stage = server({ pipelines: true });
    const work = run(stage, async (tx) => {
      await tx.all('look up');
      tx.later(tx.run('write a'));
      throw new Error('changed its mind');
    });
    await expect(work).rejects.toThrow('changed its mind');
    expect(stage.log.slice(-4)).toEqual([
      ...['done write a', 'sent ROLLBACK', 'done ROLLBACK', 'released with 0 in flight'],
    ]);
  });

  it.each([true, false])('writes nothing when it could not begin (ahead: %s)', async (pipelines) => {
    const stage = server({ pipelines, failing: { BEGIN: '57014' } });
    const work = run(stage, async (tx) => {
      tx.later(tx.run('write a'));
      await tx.run('write b');
    });
    await expect(work).rejects.toMatchObject({ code: '57014' });
    expect(stage.log.filter((line) => line.includes('write'))).toEqual([]);
    expect(stage.log.at(-1)).toBe('released with 0 in flight');
  });
});
