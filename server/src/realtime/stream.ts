import { PassThrough } from 'node:stream';
import type { Context } from 'koa';
import type { Change } from './contract';
import type { Hub, Viewer } from './hub';

export interface StreamOptions {
  organizationId: number;
  userId: number;
  /** Where the browser was; null for "from now on". */
  cursor: number | null;
  /** Asked every minute: the session must be alive and the permission must not have been taken away. */
  stillAllowed(): Promise<boolean>;
  now(): number;
}

const BEAT_MS = 20_000;
const RECHECK_MS = 45_000;
/** A browser that reads slower than this many waiting bytes is cut off and resumes by cursor. */
const MAX_WAITING_BYTES = 64 * 1024;
/** All tabs of one browser share one stream, so this is several browsers. */
const STREAMS_PER_USER = 5;

const event = (name: string, data: unknown, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** Keeps the open streams of this process; the oldest of a user gives way to a sixth. */
export const createStreams = (hub: Hub, onError: (error: unknown) => void) => {
  const perUser = new Map<number, Set<Viewer>>();

  const open = async (ctx: Context, options: StreamOptions): Promise<void> => {
    const body = new PassThrough();
    let closed = false;
    const write = (text: string): void => {
      if (closed) return;
      body.write(text);
      if (body.writableLength > MAX_WAITING_BYTES) viewer.close();
    };
    const viewer: Viewer = {
      organizationId: options.organizationId,
      deliver: (changes: Change[]) => {
        for (const change of changes) write(event('change', change, change.id));
      },
      signal: (name) => write(event(name, {})),
      close() {
        if (closed) return;
        closed = true;
        clearInterval(beat);
        clearInterval(recheck);
        hub.leave(viewer);
        perUser.get(options.userId)?.delete(viewer);
        body.end();
      },
    };
    const beat = setInterval(() => write(': beat\n\n'), BEAT_MS);
    const recheck = setInterval(() => {
      options.stillAllowed().then(
        (allowed) => {
          if (!allowed) viewer.close();
        },
        (error: unknown) => {
          onError(error);
          viewer.close();
        },
      );
    }, RECHECK_MS);
    ctx.req.on('close', viewer.close);

    const mine = perUser.get(options.userId) ?? new Set();
    perUser.set(options.userId, mine);
    if (mine.size >= STREAMS_PER_USER) [...mine][0].close();
    mine.add(viewer);

    ctx.req.socket.setTimeout(0);
    ctx.set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      // no-transform: a host's compression would hold events back.
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    ctx.status = 200;
    ctx.body = body;

    const { cursor, replay } = await hub.join(viewer, options.cursor);
    write(event('ready', { cursor, serverTime: options.now() }));
    if (replay === null) write(event('reload', { cursor }));
    else viewer.deliver(replay);
  };

  return { open };
};

export type Streams = ReturnType<typeof createStreams>;
