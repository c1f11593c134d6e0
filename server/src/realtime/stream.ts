import { PassThrough } from 'node:stream';
import type { Context } from 'koa';
import type { Change } from './contract';
import type { Hub, Viewer } from './hub';

export interface StreamOptions {
  organizationId: number;
  userId: number;
  /** Where the browser was; null for "from now on". */
  cursor: number | null;
  /** Asked every `recheckMs`: the session must be alive and the permission must not have been taken away. */
  stillAllowed(): Promise<boolean>;
  now(): number;
}

export interface StreamTimes {
  beatMs: number;
  recheckMs: number;
}

const TIMES: StreamTimes = { beatMs: 20_000, recheckMs: 45_000 };
/** A browser that reads slower than this many waiting bytes is cut off and resumes by cursor. */
const MAX_WAITING_BYTES = 64 * 1024;
/** Changes that may come in while the missed ones are still being written. */
const MAX_HELD = 2_000;
/** Missed changes per write: each waits for the one before it to leave. */
const REPLAY_CHUNK = 200;
/** All tabs of one browser share one stream, so this is several browsers. */
const STREAMS_PER_USER = 5;
/** How long a reader may take for what was written before a regular end. */
const LINGER_MS = 5_000;

const event = (name: string, data: unknown, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

const eventsOf = (changes: Change[]): string => changes.map((change) => event('change', change, change.id)).join('');

/** The bytes of one answer: written with back pressure, cut when nobody reads. */
const createPipe = (ctx: Context) => {
  const body = new PassThrough();
  const waiting = (): number => body.writableLength + body.readableLength + ctx.res.writableLength;
  return {
    body,
    write: (text: string): boolean => body.write(text),
    isStuck: (): boolean => waiting() > MAX_WAITING_BYTES,
    /** Resolves true once there is room again, false when nobody read for `ms`. */
    drained: (ms: number): Promise<boolean> =>
      new Promise((resolve) => {
        const end = (drained: boolean) => (): void => {
          clearTimeout(timer);
          body.off('drain', onDrain);
          resolve(drained);
        };
        const onDrain = end(true);
        const timer = setTimeout(end(false), ms);
        timer.unref();
        body.once('drain', onDrain);
      }),
    end(): void {
      body.end();
      setTimeout(() => ctx.res.destroy(), LINGER_MS).unref();
    },
    cut: (): unknown => ctx.res.destroy(),
  };
};

/** Keeps the open streams of this process; the oldest of a user gives way to a sixth. */
export const createStreams = (hub: Hub, onError: (error: unknown) => void, times: StreamTimes = TIMES) => {
  const perUser = new Map<number, Set<Viewer>>();

  const enlist = (userId: number, viewer: Viewer): (() => void) => {
    const mine = perUser.get(userId) ?? new Set();
    perUser.set(userId, mine);
    if (mine.size >= STREAMS_PER_USER) [...mine][0].close();
    mine.add(viewer);
    return () => {
      mine.delete(viewer);
      if (mine.size === 0 && perUser.get(userId) === mine) perUser.delete(userId);
    };
  };

  const open = async (ctx: Context, options: StreamOptions): Promise<void> => {
    const pipe = createPipe(ctx);
    let closed = false;
    /** What happens before `ready` and the missed changes are out waits here, so that ids grow. */
    let held: Change[] | null = [];

    const close = (cut: boolean): void => {
      if (closed) return;
      closed = true;
      clearInterval(beat);
      clearInterval(recheck);
      hub.leave(viewer);
      leave();
      if (cut) pipe.cut();
      else pipe.end();
    };
    const live = (text: string): void => {
      if (closed) return;
      // Judged before writing: one large batch is nobody's fault, not having read the last one is.
      if (pipe.isStuck()) close(true);
      else pipe.write(text);
    };
    const viewer: Viewer = {
      organizationId: options.organizationId,
      deliver(changes) {
        if (held === null) live(eventsOf(changes));
        else if (held.push(...changes) > MAX_HELD) close(true);
      },
      signal: (name) => {
        if (held === null) live(event(name, {}));
      },
      close: () => close(false),
    };
    const beat = setInterval(() => live(': beat\n\n'), times.beatMs);
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
    }, times.recheckMs);
    const leave = enlist(options.userId, viewer);
    ctx.res.once('close', viewer.close);

    const catchUp = async (replay: Change[]): Promise<void> => {
      for (let at = 0; at < replay.length && !closed; at += REPLAY_CHUNK) {
        const room = pipe.write(eventsOf(replay.slice(at, at + REPLAY_CHUNK)));
        if (!room && !(await pipe.drained(times.beatMs))) close(true);
      }
      const sent = new Set(replay.map((change) => change.id));
      const news = (held ?? []).filter((change) => !sent.has(change.id));
      held = null;
      if (news.length > 0) live(eventsOf(news));
    };

    ctx.req.socket.setTimeout(0);
    ctx.set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      // no-transform: a host's compression would hold events back.
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    ctx.status = 200;
    ctx.body = pipe.body;
    try {
      const { cursor, replay } = await hub.join(viewer, options.cursor);
      pipe.write(event('ready', { cursor, serverTime: options.now() }));
      if (replay === null) pipe.write(event('reload', { cursor }));
      // Not awaited: nothing leaves before this handler has returned.
      catchUp(replay ?? []).catch((error: unknown) => {
        onError(error);
        close(true);
      });
    } catch (error) {
      close(false);
      throw error;
    }
  };

  return { open };
};

export type Streams = ReturnType<typeof createStreams>;
