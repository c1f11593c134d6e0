import { ReadableStream } from 'node:stream/web';
import { backoffDelay } from '../../admin/src/realtime/backoff';
import { runConnection, type ConnectionDeps } from '../../admin/src/realtime/connection';
import { joinElection, type Locks } from '../../admin/src/realtime/leader';
import { badgeText } from '../../admin/src/realtime/MenuIcon';
import { createSseParser, type SseEvent } from '../../admin/src/realtime/sse-parser';

jest.mock('@strapi/strapi/admin', () => ({ getFetchClient: jest.fn(), attemptTokenRefresh: jest.fn() }));

const parse = (...chunks: string[]) => {
  const events: SseEvent[] = [];
  let comments = 0;
  const push = createSseParser({ onEvent: (event) => events.push(event), onComment: () => (comments += 1) });
  chunks.forEach(push);
  return { events, comments };
};

describe('event stream parser', () => {
  it('reads events, ids and comments', () => {
    expect(parse(': beat\n\nevent: change\nid: 7\ndata: {"a":1}\n\n')).toEqual({
      events: [{ event: 'change', data: '{"a":1}', id: '7' }],
      comments: 1,
    });
  });

  it('does not mind where the text is cut', () => {
    const whole = 'event: ready\r\ndata: one\r\ndata: two\r\n\r\nevent: x\ndata:3\n\n';
    const expected = parse(whole).events;
    expect(expected).toEqual([
      { event: 'ready', data: 'one\ntwo', id: null },
      { event: 'x', data: '3', id: null },
    ]);
    expect(parse(...whole).events).toEqual(expected);
  });
});

describe('waiting between attempts', () => {
  it('doubles up to a limit, with jitter in the upper half', () => {
    expect([1, 2, 3].map((n) => backoffDelay(n, () => 1))).toEqual([500, 1000, 2000]);
    expect(backoffDelay(3, () => 0)).toBe(1000);
    expect(backoffDelay(50, () => 1)).toBe(20_000);
  });
});

const body = (...chunks: string[]) =>
  new ReadableStream({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(new TextEncoder().encode(chunk)));
      controller.close();
    },
  });
const answer = (status: number, ...chunks: string[]) =>
  ({ status, ok: status === 200, body: body(...chunks) }) as unknown as Response;

const connect = async (
  answers: (Response | Error)[],
  change: Partial<ConnectionDeps> = {},
  from: number | null = 5,
) => {
  const stop = new AbortController();
  const log: string[] = [];
  const left = [...answers];
  await runConnection(
    {
      url: (cursor) => `/stream?cursor=${cursor}`,
      fetch: async (url, init) => {
        log.push(String(url));
        const next = left.shift();
        if (left.length === 0) setTimeout(() => stop.abort(), 20);
        if (!next) {
          return new Promise((_, reject) =>
            init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
          );
        }
        if (next instanceof Error) throw next;
        return next;
      },
      readToken: () => 'token',
      renewToken: async () => true,
      onSignal: (signal) => log.push(signal.type),
      onOpen: () => log.push('open'),
      onLost: () => log.push('lost'),
      onBeat: () => undefined,
      random: () => -1,
      ...change,
    },
    from,
    stop.signal,
  );
  return log;
};

describe('connection', () => {
  it('resumes from the last cursor it saw', async () => {
    const change = 'event: change\nid: 8\ndata: {"id":8,"kind":"message.created"}\n\n';
    const log = await connect([answer(200, change), answer(200)]);
    expect(log.slice(0, 5)).toEqual(['/stream?cursor=5', 'open', 'change', 'lost', '/stream?cursor=8']);
  });

  it('takes the cursor of a reload', async () => {
    const log = await connect([answer(200, 'event: reload\ndata: {"cursor":90}\n\n'), answer(200)]);
    expect(log).toContain('reload');
    expect(log).toContain('/stream?cursor=90');
  });

  it('without a cursor takes that of the beginning, and has the pages read again what it may have missed', async () => {
    const ready = 'event: ready\ndata: {"cursor":40,"serverTime":1}\n\n';
    const log = await connect([new TypeError('down'), answer(200, ready), answer(200, ready)], {}, null);
    expect(log.slice(0, 7)).toEqual([
      ...['/stream?cursor=null', 'lost', '/stream?cursor=null', 'open', 'ready', 'reload', 'lost'],
    ]);
    expect(log.slice(7, 11)).toEqual(['/stream?cursor=40', 'open', 'ready', 'lost']);
  });

  it('renews the session on 401 and tries again', async () => {
    const renewToken = jest.fn(async () => true);
    const log = await connect([answer(401), answer(200)], { renewToken });
    expect(renewToken).toHaveBeenCalledWith('token');
    expect(log).toContain('open');
  });

  it('ends when the session is over', async () => {
    const log = await connect([answer(401), answer(200)], { renewToken: async () => false });
    expect(log).toEqual(['/stream?cursor=5']);
  });

  it('tries again after a broken line', async () => {
    const log = await connect([new TypeError('down'), answer(200)]);
    expect(log.slice(0, 4)).toEqual(['/stream?cursor=5', 'lost', '/stream?cursor=5', 'open']);
  });
});

/** Web Locks of one browser: first come, first served; stealing rejects the holder's request. */
const fakeLocks = (): Locks => {
  const waiting: (() => void)[] = [];
  let holder: { release(): void; rob(): void } | null = null;
  const grant = () => {
    if (!holder) waiting.shift()?.();
  };
  return {
    request: (_name, { steal, signal }, hold) =>
      new Promise<void>((resolve, reject) => {
        const take = () => {
          const mine = {
            release: () => {
              if (holder === mine) holder = null;
              resolve();
              grant();
            },
            rob: () => reject(new DOMException('stolen', 'AbortError')),
          };
          holder = mine;
          void hold().then(mine.release);
        };
        signal?.addEventListener('abort', () => {
          if (waiting.includes(take)) waiting.splice(waiting.indexOf(take), 1);
          reject(new DOMException('aborted', 'AbortError'));
        });
        if (steal) {
          holder?.rob();
          holder = null;
          take();
        } else {
          waiting.push(take);
          grant();
        }
      }),
  };
};

const tick = () => new Promise((resolve) => setTimeout(resolve, 0));
const ended = (signal: AbortSignal) =>
  new Promise<void>((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve()),
  );

describe('election of the tab that owns the stream', () => {
  const join = (locks: Locks | undefined, leaders: Set<number>, tab: number) =>
    joinElection({
      locks,
      lockName: 'stream',
      lead: async (signal) => {
        leaders.add(tab);
        await ended(signal);
        leaders.delete(tab);
      },
    });

  it('has one leader among eight tabs and hands over at once', async () => {
    const locks = fakeLocks();
    const leaders = new Set<number>();
    const tabs = [1, 2, 3, 4, 5, 6, 7, 8].map((tab) => join(locks, leaders, tab));
    await tick();
    expect([...leaders]).toEqual([1]);
    tabs[0]!.resign();
    await tick();
    expect([...leaders]).toEqual([2]);
    tabs[4]!.resign();
    tabs[1]!.resign();
    await tick();
    expect([...leaders]).toEqual([3]);
  });

  it('lets a tab seize the lead from one that hangs', async () => {
    const locks = fakeLocks();
    const leaders = new Set<number>();
    join(locks, leaders, 1);
    const second = join(locks, leaders, 2);
    await tick();
    second.seize();
    await tick();
    expect([...leaders]).toEqual([2]);
  });

  it('makes every tab its own leader where there are no locks', async () => {
    const leaders = new Set<number>();
    [1, 2].forEach((tab) => join(undefined, leaders, tab));
    await tick();
    expect([...leaders]).toEqual([1, 2]);
  });
});

describe('menu badge', () => {
  it.each([
    [null, null],
    [0, null],
    [3, '3'],
    [99, '99'],
    [100, '99+'],
  ])('%s → %s', (unread, text) => {
    expect(badgeText(unread)).toBe(text);
  });
});
