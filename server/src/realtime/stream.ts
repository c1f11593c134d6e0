import type { Context } from 'koa';
import type { Change } from './contract';
import type { Hub, Viewer } from './hub';
import { createPipe, quietOnHangUp } from './pipe';

export interface StreamOptions {
  organizationId: number;
  /** Only the conversations of this user; absent: all. */
  assignedTo?: number;
  /** Changes of templates and nothing else. */
  templatesOnly?: boolean;
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
/** Changes that may come in while the missed ones are still being written. */
const MAX_HELD = 2_000;
/** Missed changes per write: each waits for the one before it to leave. */
const REPLAY_CHUNK = 200;
/** All tabs of one browser share one stream, so this is several browsers. */
const STREAMS_PER_USER = 5;

const event = (name: string, data: unknown, id?: number): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

const eventsOf = (changes: Change[]): string =>
  changes.map((change) => event('change', change, change.id)).join('');

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
    /** Replayed ones that the feed may bring once more. */
    let replayed = new Set<number>();
    const isNew = ({ id }: Change): boolean => !replayed.has(id);

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
      if (closed || text === '') return;
      // Judged before writing: one large batch is nobody's fault, not having read the last one is.
      if (pipe.isStuck()) close(true);
      else pipe.write(text);
    };
    const viewer: Viewer = {
      organizationId: options.organizationId,
      assignedTo: options.assignedTo,
      templatesOnly: options.templatesOnly,
      deliver(changes) {
        if (held === null) live(eventsOf(changes.filter(isNew)));
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

    const catchUp = async (replay: Change[], cursor: number): Promise<void> => {
      const ids = replay.map((change) => change.id);
      replayed = new Set(ids);
      for (let at = 0; at < replay.length && !closed; at += REPLAY_CHUNK) {
        const room = pipe.write(eventsOf(replay.slice(at, at + REPLAY_CHUNK)));
        if (!room && !(await pipe.drained(times.beatMs))) close(true);
      }
      const news = (held ?? []).filter(isNew);
      held = null;
      live(eventsOf(news));
      // Only what was committed while the missed ones were read is still to come by the feed.
      replayed = new Set(ids.filter((id) => id > cursor));
    };

    quietOnHangUp(ctx);
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
      catchUp(replay ?? [], cursor).catch((error: unknown) => {
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
