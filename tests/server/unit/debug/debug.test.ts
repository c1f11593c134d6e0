import { GraphError } from '../../../../server/src/cloud-api/graph-error';
import { createDebug } from '../../../../server/src/debug/service';
import { watchClient } from '../../../../server/src/debug/watch-client';

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('debug mode', () => {
  let now: number;
  let stored: number | null;
  let errors: unknown[];
  const make = () =>
    createDebug({
      now: () => now,
      onError: (error) => errors.push(error),
      store: { read: async () => stored, write: async (until) => void (stored = until) },
    });
  beforeEach(() => {
    now = 1_000_000;
    stored = null;
    errors = [];
  });

  it('ends by itself', async () => {
    const debug = make();
    expect(await debug.set(15)).toBe(now + 15 * 60_000);
    expect(debug.isOn()).toBe(true);
    now += 15 * 60_000;
    expect(debug.isOn()).toBe(false);
    expect(await debug.until()).toBeNull();
  });

  it.each([-1, 1441, 0.5, NaN])('refuses %d minutes', async (minutes) => {
    await expect(make().set(minutes)).rejects.toThrow(/minutes/);
    expect(stored).toBeNull();
  });

  it('survives a restart, and another process learns of it within seconds, also of its end', async () => {
    const other = make();
    other.isOn();
    await settle();
    await make().set(60);
    expect(other.isOn()).toBe(false);
    now += 3_001;
    other.isOn();
    await settle();
    expect(other.isOn()).toBe(true);
    await make().set(0);
    now += 3_001;
    other.isOn();
    await settle();
    expect(other.isOn()).toBe(false);
  });

  it('is switched on at start by the option, which never shortens what an admin set', async () => {
    const debug = make();
    await debug.start(10);
    expect(debug.isOn()).toBe(true);
    await debug.set(120);
    await make().start(10);
    expect(stored).toBe(now + 120 * 60_000);
  });

  it('asks a database that is away every few seconds, not with every webhook', async () => {
    let asked = 0;
    const debug = createDebug({
      now: () => now,
      onError: (error) => errors.push(error),
      store: {
        read: () => ((asked += 1), Promise.reject(new Error('away'))),
        write: async () => undefined,
      },
    });
    for (let i = 0; i < 100; i += 1) {
      expect(debug.isOn()).toBe(false);
      await settle();
    }
    expect(asked).toBe(1);
    expect(errors).toHaveLength(1);
  });
});

describe('what debug mode tells of a call to Meta', () => {
  const lines: string[] = [];
  let on = true;
  const client = watchClient(
    {
      send: async (body: unknown) => ({ wamid: String(body) }),
      list: async function* (breaksOff: boolean) {
        yield ['first page'];
        if (breaksOff) throw new GraphError('unreachable', 'gone');
        yield ['second page'];
      },
      fail: async (_body: unknown) => {
        throw new GraphError('credential', 'Token EAABsbCS1iHgBAKx of +14155550123 is dead', {
          httpStatus: 401,
          meta: { code: 190, title: 'x', details: null, fbtraceId: 'trace-1' },
        });
      },
    },
    { isOn: () => on, log: (line) => lines.push(line), now: () => 5 },
  );
  beforeEach(() => {
    lines.length = 0;
    on = true;
  });

  it('says the shape of what was sent and nothing of its words, its addressee or the token', async () => {
    await client.send({
      to: '+14155550123',
      type: 'text',
      text: { body: 'My secret' },
      token: 'EAABsbCS1iHgBAKx',
    });
    expect(lines.join()).toMatch(/"type":"text"/);
    expect(lines.join()).not.toMatch(/secret|4155550123|EAABsb/);
  });

  it('says with which codes Meta refused it, and lets the error through', async () => {
    await expect(client.fail({})).rejects.toBeInstanceOf(GraphError);
    expect(lines.join()).toMatch(/190.*trace-1/);
    expect(lines.join()).not.toMatch(/4155550123|EAABsb/);
  });

  it('hands over the pages of a listing as they come, with one line for all of them', async () => {
    const pages: string[][] = [];
    for await (const page of client.list(false)) pages.push(page);
    expect(pages).toEqual([['first page'], ['second page']]);
    expect(lines).toEqual([expect.stringMatching(/Graph list .* ok/)]);
    const broken = (async () => {
      for await (const page of client.list(true)) pages.push(page);
    })();
    await expect(broken).rejects.toBeInstanceOf(GraphError);
    expect(pages).toHaveLength(3);
    expect(lines[1]).toMatch(/Graph list .* failed: gone/);
  });

  it('does not stumble over a stream, and is silent while it is off', async () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    await client.send(circle);
    expect(lines.join()).toContain('(not shown)');
    on = false;
    lines.length = 0;
    await client.send({});
    expect(lines).toEqual([]);
  });
});
