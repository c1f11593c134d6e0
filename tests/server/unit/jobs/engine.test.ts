import { createEmbeddedEngine, type Engine, type Lane } from '../../../../server/src/jobs/engine';

const tick = (ms = 5): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A promise and the way to end it. */
const gate = () => {
  let open!: () => void;
  const closed = new Promise<void>((resolve) => (open = resolve));
  return { closed, open };
};

let engine: Engine | undefined;
let errors: unknown[] = [];

const start = (lane: Partial<Lane>, sweepMs = 10_000): Engine => {
  errors = [];
  engine = createEmbeddedEngine(
    { run: async () => null, due: async () => [], ...lane },
    { sweepMs, onError: (error) => errors.push(error) },
  );
  engine.start();
  return engine;
};
afterEach(() => engine?.stop(100));

describe('the embedded engine', () => {
  it('runs one turn of a lane at a time and one more for calls that came meanwhile', async () => {
    let running = 0;
    let most = 0;
    let turns = 0;
    const { wake } = start({
      async run() {
        turns += 1;
        most = Math.max(most, (running += 1));
        await tick(20);
        running -= 1;
        return null;
      },
    });
    for (let n = 0; n < 10; n += 1) wake('send:1');
    await tick(80);
    expect({ most, turns }).toEqual({ most: 1, turns: 2 });
  });

  it('does not let one lane wait for another', async () => {
    const stuck = gate();
    const seen: string[] = [];
    const { wake } = start({
      async run(lane) {
        seen.push(lane);
        if (lane === 'send:1') await stuck.closed;
        return null;
      },
    });
    wake('send:1');
    wake('send:2');
    await tick();
    expect(seen).toEqual(['send:1', 'send:2']);
    stuck.open();
  });

  it('looks again after the time that the lane names and when a piece of work ends', async () => {
    const work = gate();
    let turns = 0;
    const { wake } = start({
      async run(_lane, started) {
        turns += 1;
        if (turns === 1) return 15;
        if (turns === 2) started(work.closed);
        return null;
      },
    });
    wake('send:1');
    await tick(60);
    expect(turns).toBe(2);
    work.open();
    await tick(10);
    expect(turns).toBe(3);
  });

  it('waits for years without spinning', async () => {
    let turns = 0;
    const { wake } = start({
      async run() {
        turns += 1;
        return 2 ** 40;
      },
    });
    wake('send:1');
    await tick(60);
    expect(turns).toBe(1);
  });

  it('finds at the start and by sweeping what nobody woke it for', async () => {
    let due = ['send:1'];
    const seen: string[] = [];
    start(
      {
        due: async () => due.splice(0),
        async run(lane) {
          seen.push(lane);
          return null;
        },
      },
      20,
    );
    await tick(10);
    expect(seen).toEqual(['send:1']);
    due = ['send:2'];
    await tick(60);
    expect(seen).toEqual(['send:1', 'send:2']);
  });

  it('survives a lane, a piece of work and a sweep that fail, tells of each, and tries the lane again', async () => {
    let turns = 0;
    let sweeps = 0;
    const { wake } = start(
      {
        async due() {
          sweeps += 1;
          throw new Error('sweep');
        },
        async run(_lane, started) {
          turns += 1;
          if (turns === 1) throw new Error('turn');
          if (turns === 2) started(Promise.reject(new Error('work')));
          return null;
        },
      },
      20,
    );
    wake('send:1');
    await tick(120);
    expect(turns).toBeGreaterThanOrEqual(3);
    expect(sweeps).toBeGreaterThan(1);
    expect([...new Set(errors.map((error) => (error as Error).message))].sort()).toEqual([
      'sweep',
      'turn',
      'work',
    ]);
  });

  it('does nothing before its start', async () => {
    const run = jest.fn(async () => null);
    const idle = createEmbeddedEngine(
      { run, due: async () => ['send:1'] },
      { sweepMs: 10, onError: () => undefined },
    );
    idle.wake('send:1');
    await tick(30);
    expect(run).not.toHaveBeenCalled();
  });
});

describe('stopping the engine', () => {
  it('waits for work under way and starts no more', async () => {
    const work = gate();
    const run = jest.fn(async (_lane: string, started: (work: Promise<void>) => void) => {
      started(work.closed);
      return 1;
    });
    const { wake, stop } = start({ run });
    wake('send:1');
    await tick();
    let stopped = false;
    const stopping = stop(5_000).then(() => (stopped = true));
    const turns = run.mock.calls.length;
    wake('send:2');
    await tick(30);
    expect(stopped).toBe(false);
    work.open();
    await stopping;
    await tick(20);
    expect(run.mock.calls).toHaveLength(turns);
  });

  it('waits for work that a turn starts after the stop was asked for', async () => {
    const claiming = gate();
    const sending = gate();
    const { wake, stop } = start({
      async run(_lane, started) {
        await claiming.closed;
        started(sending.closed);
        return null;
      },
    });
    wake('send:1');
    await tick();
    let stopped = false;
    const stopping = stop(5_000).then(() => (stopped = true));
    claiming.open();
    await tick(20);
    expect(stopped).toBe(false);
    sending.open();
    await stopping;
  });

  it('gives up on work that takes longer than the grace', async () => {
    const { wake, stop } = start({
      async run(_lane, started) {
        started(new Promise(() => undefined));
        return null;
      },
    });
    wake('send:1');
    await tick();
    const before = Date.now();
    await stop(60);
    expect(Date.now() - before).toBeLessThan(1_000);
  });
});
