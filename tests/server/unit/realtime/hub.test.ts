import type { Change } from '../../../../server/src/realtime/contract';
import { createHub, type Hub, type Viewer } from '../../../../server/src/realtime/hub';
import type { Database } from '../../../../server/src/storage/database';

interface Row {
  id: number;
  organization_id: number;
  integration_id: number;
  conversation_id: number;
  message_id: number;
  kind: string;
  at: number;
}

const row = (id: number, organization = 1, at = id): Row => ({
  id,
  organization_id: organization,
  integration_id: 1,
  conversation_id: 1,
  message_id: id,
  kind: 'message.created',
  at,
});

const tick = (ms = 5): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A feed in memory that answers the hub's four questions. */
const feedOf = (dialect: 'sqlite' | 'postgres', rows: Row[]) => {
  let failing = false;
  let delay = 0;
  const visible = () => [...rows].sort((a, b) => a.id - b.id);
  const db = {
    dialect,
    name: () => 'changes',
    async all(sql: string, params: number[] = []) {
      const answer = ((): unknown[] => {
        if (sql.includes('max(id)')) return [{ id: visible().at(-1)?.id ?? null }];
        if (sql.includes('min(id)')) return [{ id: visible()[0]?.id ?? null }];
        if (sql.includes('JOIN')) {
          const self = rows.find(({ id }) => id === params[0]);
          if (!self) return [];
          return visible().filter(({ id, at }) => id > params[1] && id < self.id && at >= self.at - 5_000);
        }
        return visible()
          .filter(({ id }) => id > params[0])
          .slice(0, Number(/LIMIT (\d+)/.exec(sql)?.[1]));
      })();
      await tick(delay);
      if (failing) throw new Error('database away');
      return answer;
    },
  } as unknown as Database;
  return { db, rows, fail: (now: boolean) => (failing = now), slow: (ms: number) => (delay = ms) };
};

const viewerOf = (organizationId = 1) => {
  const got: number[] = [];
  const signals: string[] = [];
  const viewer: Viewer = {
    organizationId,
    deliver: (changes: Change[]) => got.push(...changes.map(({ id }) => id)),
    signal: (name) => signals.push(name),
    close: jest.fn(),
  };
  return { viewer, got, signals };
};

let hub: Hub;
let errors: unknown[];
const hubOn = (db: Database, pollMs = 10_000): Hub => {
  errors = [];
  return (hub = createHub(db, { pollMs, onError: (error) => errors.push(error) }));
};
afterEach(() => hub.stop());

const ids = (replay: Change[] | null): number[] | null => replay && replay.map(({ id }) => id);
const upTo = (last: number): Row[] => Array.from({ length: last }, (_, n) => row(n + 1));

describe('joining the feed', () => {
  it('shows nothing old to somebody without a cursor', async () => {
    const { viewer, got } = viewerOf();
    const joined = await hubOn(feedOf('sqlite', upTo(5)).db).join(viewer, null);
    await tick(20);
    expect(joined).toEqual({ cursor: 5, replay: [] });
    expect(got).toEqual([]);
  });

  it('replays exactly what came after the cursor, over any number of pages', async () => {
    const { viewer } = viewerOf();
    const { replay } = await hubOn(feedOf('sqlite', upTo(4_000)).db).join(viewer, 17);
    expect(ids(replay)).toEqual(Array.from({ length: 3_983 }, (_, n) => n + 18));
  });

  it.each([
    ['is older than the oldest row', 3, [10, 11]],
    ['comes from another database', 99, [10, 11]],
    ['is of a feed that was emptied', 99, []],
  ])('answers null when the cursor %s', async (_name, cursor, present) => {
    const { db } = feedOf(
      'sqlite',
      present.map((id) => row(id)),
    );
    expect((await hubOn(db).join(viewerOf().viewer, cursor)).replay).toBeNull();
  });

  it('answers null when more was missed than is worth replaying', async () => {
    const { db } = feedOf('sqlite', upTo(10_700));
    expect((await hubOn(db).join(viewerOf().viewer, 0)).replay).toBeNull();
  });

  it('never shows another organization', async () => {
    const feed = feedOf('sqlite', [row(1, 1), row(2, 2), row(3, 1)]);
    const { viewer, got } = viewerOf(2);
    const { replay } = await hubOn(feed.db).join(viewer, 0);
    feed.rows.push(row(4, 1), row(5, 2));
    hub.wake();
    await tick(30);
    expect([ids(replay), got]).toEqual([[2], [5]]);
  });
});

describe('following the feed', () => {
  it('passes on each change once, in order, however often it is woken', async () => {
    const feed = feedOf('sqlite', upTo(3));
    const { viewer, got } = viewerOf();
    await hubOn(feed.db).join(viewer, null);
    for (let id = 4; id <= 1_300; id += 1) {
      feed.rows.push(row(id));
      if (id % 50 === 0) {
        hub.wake();
        await tick(1);
      }
    }
    hub.wake();
    await tick(60);
    expect(got).toEqual(Array.from({ length: 1_297 }, (_, n) => n + 4));
  });

  it('finds by itself what other processes wrote', async () => {
    const feed = feedOf('sqlite', []);
    const { viewer, got } = viewerOf();
    await hubOn(feed.db, 15).join(viewer, null);
    feed.rows.push(row(1));
    await tick(80);
    expect(got).toEqual([1]);
  });

  it('goes on after the database was away', async () => {
    const feed = feedOf('sqlite', []);
    const { viewer, got } = viewerOf();
    await hubOn(feed.db).join(viewer, null);
    await tick();
    feed.fail(true);
    feed.rows.push(row(1));
    hub.wake();
    await tick(20);
    expect(errors.length).toBeGreaterThan(0);
    feed.fail(false);
    hub.wake();
    await tick(20);
    expect(got).toEqual([1]);
  });

  it('gives a new viewer nothing of what happened while nobody watched', async () => {
    const feed = feedOf('sqlite', upTo(5));
    const first = viewerOf();
    await hubOn(feed.db).join(first.viewer, null);
    await tick(20);
    feed.slow(20);
    feed.rows.push(row(6));
    hub.wake();
    // Leaves while the hub is reading.
    await tick(2);
    hub.leave(first.viewer);
    await tick(40);
    feed.slow(0);
    feed.rows.push(row(7), row(8));
    const second = viewerOf();
    const joined = await hub.join(second.viewer, null);
    hub.wake();
    await tick(30);
    expect(joined.cursor).toBe(8);
    expect(second.got).toEqual([]);
  });

  it('does not repeat to a new viewer what was there when he joined, though the feed is behind', async () => {
    const feed = feedOf('sqlite', upTo(3));
    const [first, second] = [viewerOf(), viewerOf()];
    await hubOn(feed.db).join(first.viewer, null);
    await tick(20);
    feed.rows.push(row(4));
    const { cursor } = await hub.join(second.viewer, null);
    await tick(20);
    expect({ cursor, first: first.got, second: second.got }).toEqual({ cursor: 4, first: [4], second: [] });
  });

  it('tells every viewer of a signal', async () => {
    const { db } = feedOf('sqlite', []);
    const [a, b] = [viewerOf(1), viewerOf(2)];
    await hubOn(db).join(a.viewer, null);
    await hub.join(b.viewer, null);
    hub.signal('simulator');
    expect([a.signals, b.signals]).toEqual([['simulator'], ['simulator']]);
  });

  it('closes its viewers when it stops, and whoever comes later', async () => {
    const { db } = feedOf('sqlite', []);
    const [early, later] = [viewerOf(), viewerOf()];
    await hubOn(db).join(early.viewer, null);
    hub.stop();
    await hub.join(later.viewer, null);
    expect(early.viewer.close).toHaveBeenCalled();
    expect(later.viewer.close).toHaveBeenCalled();
    expect(hub.viewers()).toBe(0);
  });
});

describe('on PostgreSQL, where a smaller id may be committed later', () => {
  it('passes on the late one to those who follow', async () => {
    const feed = feedOf('postgres', [row(1)]);
    const { viewer, got } = viewerOf();
    await hubOn(feed.db).join(viewer, null);
    feed.rows.push(row(3));
    hub.wake();
    await tick(20);
    feed.rows.push(row(2));
    hub.wake();
    await tick(20);
    expect(got).toEqual([3, 2]);
  });

  it('replays the late one to somebody who had seen a larger id', async () => {
    const at = 1_000_000;
    const feed = feedOf('postgres', [
      row(1, 1, at - 60_000),
      row(2, 1, at - 20),
      row(3, 1, at),
      row(4, 1, at + 5),
    ]);
    const { replay } = await hubOn(feed.db).join(viewerOf().viewer, 3);
    expect(ids(replay)).toEqual([2, 4]);
  });
});
