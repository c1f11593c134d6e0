/** Streams over real sockets, with a feed that the test plays. */
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import type { Context } from 'koa';
import type { Change } from '../../../../server/src/realtime/contract';
import type { Hub, Viewer } from '../../../../server/src/realtime/hub';
import { createStreams, type StreamTimes } from '../../../../server/src/realtime/stream';

const tick = (ms = 10): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await tick();
};
const change = (id: number): Change => ({
  id,
  kind: 'message.created',
  integrationId: '1',
  conversationId: '1',
  messageId: String(id),
});
const changes = (from: number, count: number): Change[] =>
  Array.from({ length: count }, (_, n) => change(from + n));

type Join = Awaited<ReturnType<Hub['join']>>;

/** A server whose `/` opens a stream. */
const serve = async (
  options: {
    times?: Partial<StreamTimes>;
    join?: (viewer: Viewer) => Promise<Join>;
    stillAllowed?: () => Promise<boolean>;
  } = {},
) => {
  const viewers = new Set<Viewer>();
  const errors: unknown[] = [];
  const hub = {
    async join(viewer: Viewer) {
      viewers.add(viewer);
      return options.join ? options.join(viewer) : { cursor: 0, replay: [] };
    },
    leave: (viewer: Viewer) => void viewers.delete(viewer),
  } as unknown as Hub;
  const streams = createStreams(hub, (error) => errors.push(error), {
    beatMs: 60_000,
    recheckMs: 60_000,
    ...options.times,
  });
  const server = http.createServer((req, res) => {
    const ctx = {
      req,
      res,
      status: 0,
      body: undefined as unknown,
      set: (headers: Record<string, string>) =>
        Object.entries(headers).forEach(([k, v]) => res.setHeader(k, v)),
    };
    const userId = Number(new URL(req.url ?? '/', 'http://x').searchParams.get('user') ?? 1);
    streams
      .open(ctx as unknown as Context, {
        organizationId: 1,
        userId,
        cursor: null,
        stillAllowed: options.stillAllowed ?? (async () => true),
        now: () => 0,
      })
      .then(
        () => (ctx.body as NodeJS.ReadableStream).pipe(res),
        () => res.writeHead(500).end(),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { viewers, errors, port, url: `http://127.0.0.1:${port}` };
};

/** Reads a stream until it ends. */
const read = (url: string) => {
  const reading = { text: '', ended: false, status: 0 };
  const request = http.get(url, (response) => {
    reading.status = response.statusCode ?? 0;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => (reading.text += chunk));
    response.on('close', () => (reading.ended = true));
  });
  request.on('error', () => (reading.ended = true));
  closers.push(async () => void request.destroy());
  return Object.assign(reading, {
    ids: () => [...reading.text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1])),
    events: () => [...reading.text.matchAll(/^event: (\w+)$/gm)].map((match) => match[1]),
    leave: () => request.destroy(),
  });
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe('a stream', () => {
  it('starts with ready, then what was missed, then what happened meanwhile, each once and in order', async () => {
    const { url } = await serve({
      async join(viewer) {
        viewer.deliver(changes(3, 3));
        viewer.signal('simulator');
        return { cursor: 4, replay: changes(1, 4) };
      },
    });
    const reading = read(url);
    await until(() => reading.ids().length >= 5);
    expect(reading.events()[0]).toBe('ready');
    expect(reading.ids()).toEqual([1, 2, 3, 4, 5]);
  });

  it('does not repeat what was committed while the missed changes were read', async () => {
    const { url, viewers } = await serve({ join: async () => ({ cursor: 2, replay: changes(1, 4) }) });
    const reading = read(url);
    await until(() => viewers.size === 1 && reading.ids().length >= 4);
    [...viewers][0].deliver(changes(3, 3));
    await until(() => reading.ids().includes(5));
    expect(reading.ids()).toEqual([1, 2, 3, 4, 5]);
  });

  it('says reload when what was missed is gone, and goes on from there', async () => {
    const { url, viewers } = await serve({ join: async () => ({ cursor: 9, replay: null }) });
    const reading = read(url);
    await until(() => viewers.size === 1 && reading.events().includes('reload'));
    [...viewers][0].deliver([change(10)]);
    await until(() => reading.events().includes('change'));
    expect(reading.events()).toEqual(['ready', 'reload', 'change']);
    expect(reading.text).toContain('data: {"cursor":9}');
  });

  it('hands over thousands of missed changes to a reader that keeps up, without cutting it', async () => {
    const { url, viewers } = await serve({
      async join(viewer) {
        viewer.deliver([change(9_001)]);
        return { cursor: 9_000, replay: changes(1, 9_000) };
      },
    });
    const reading = read(url);
    await until(() => reading.ids().length >= 9_001);
    expect(reading.ids()).toEqual(Array.from({ length: 9_001 }, (_, n) => n + 1));
    expect(viewers.size).toBe(1);
  });

  it('takes one burst larger than the limit from a reader that keeps up', async () => {
    const { url, viewers } = await serve();
    const reading = read(url);
    await until(() => viewers.size === 1);
    [...viewers][0].deliver(changes(1, 1_000));
    await until(() => reading.ids().length >= 1_000);
    expect(reading.ids()).toHaveLength(1_000);
    expect(viewers.size).toBe(1);
  });

  it('beats, and a beat is a comment', async () => {
    const { url } = await serve({ times: { beatMs: 20 } });
    const reading = read(url);
    await until(() => (reading.text.match(/^: beat$/gm)?.length ?? 0) >= 2);
  });

  it('cuts a reader that does not read before its waiting bytes pass 64 kB and a batch', async () => {
    const { port, viewers } = await serve();
    const socket = net.connect(port, '127.0.0.1').pause();
    closers.push(async () => void socket.destroy());
    let closed = false;
    socket.on('close', () => (closed = true)).on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => viewers.size === 1);
    const [viewer] = [...viewers];
    // The kernel takes a few megabytes before anything waits in our memory.
    for (let batch = 0; batch < 400 && viewers.size > 0; batch += 1) {
      viewer.deliver(changes(batch * 500, 500));
      await tick(0);
    }
    expect(viewers.size).toBe(0);
    socket.resume();
    await until(() => closed);
  });

  it('cuts a reader that stops in the middle of what it missed', async () => {
    const { port, viewers } = await serve({
      times: { beatMs: 80 },
      join: async () => ({ cursor: 90_000, replay: changes(1, 90_000) }),
    });
    const socket = net.connect(port, '127.0.0.1').pause();
    closers.push(async () => void socket.destroy());
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => viewers.size === 1);
    await until(() => viewers.size === 0);
  });

  it.each([
    ['is not allowed any more', async () => false],
    ['cannot be checked', async () => Promise.reject(new Error('database away'))],
  ])('ends when its viewer %s', async (_name, stillAllowed) => {
    const { url, viewers } = await serve({ times: { recheckMs: 30 }, stillAllowed });
    const reading = read(url);
    await until(() => reading.events().includes('ready'));
    await until(() => reading.ended);
    expect(viewers.size).toBe(0);
  });

  it('gives way to the sixth of the same person, oldest first, and to nobody else', async () => {
    const { url } = await serve();
    const mine: ReturnType<typeof read>[] = [];
    for (let n = 0; n < 5; n += 1) {
      mine.push(read(url));
      await until(() => mine[n].events().includes('ready'));
    }
    const other = read(`${url}/?user=2`);
    await until(() => other.events().includes('ready'));
    mine.push(read(url));
    await until(() => mine[0].ended && mine[5].events().includes('ready'));
    expect([...mine, other].map(({ ended }) => ended)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is forgotten as soon as its reader leaves', async () => {
    const { url, viewers } = await serve();
    const reading = read(url);
    await until(() => viewers.size === 1);
    reading.leave();
    await until(() => viewers.size === 0);
  });

  it('leaves nothing behind when the feed cannot be read', async () => {
    const { url, viewers } = await serve({ join: () => Promise.reject(new Error('database away')) });
    const reading = read(url);
    await until(() => reading.status !== 0);
    expect(reading.status).toBe(500);
    expect(viewers.size).toBe(0);
  });
});
