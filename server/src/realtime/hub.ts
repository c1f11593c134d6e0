import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Change, ChangeKind } from './contract';
import { numberOrNull } from '../storage/cells';

/** A connected viewer. `deliver` must not block: who is too slow closes itself and resumes by cursor. */
export interface Viewer {
  organizationId: number;
  /** Hears of conversations assigned to this user only, and of what belongs to none; absent: of all. */
  assignedTo?: number;
  /** Hears of templates alone. */
  templatesOnly?: boolean;
  deliver(changes: Change[]): void;
  /** Something that is not part of the feed, like the simulator's phones. */
  signal(event: string): void;
  close(): void;
}

interface FeedRow extends Change {
  organizationId: number;
  /** Whose the conversation is and was; unknown (undefined) as long as everybody here sees all. */
  assigneeId?: number | null;
  formerAssigneeId?: number | null;
}

const BATCH = 500;

/** Text of the REST ids, null for none. */
const id = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

const toChange = (row: Record<string, unknown>): FeedRow => ({
  id: Number(row.id),
  organizationId: Number(row.organization_id),
  kind: row.kind as ChangeKind,
  integrationId: id(row.integration_id),
  conversationId: id(row.conversation_id),
  messageId: id(row.message_id),
  assigneeId: row.assignee_id === undefined ? undefined : numberOrNull(row.assignee_id),
  formerAssigneeId: numberOrNull(row.former_assignee_id),
});

const toChangeOnly = ({ id: cursor, kind, integrationId, conversationId, messageId }: FeedRow): Change => ({
  id: cursor,
  kind,
  integrationId,
  conversationId,
  messageId,
});

const concerns = (
  row: FeedRow,
  {
    organizationId,
    assignedTo,
    templatesOnly,
  }: Pick<Viewer, 'organizationId' | 'assignedTo' | 'templatesOnly'>,
): boolean => {
  if (row.organizationId !== organizationId) return false;
  if (templatesOnly) return row.kind === 'template.updated';
  if (assignedTo === undefined || row.conversationId === null) return true;
  return row.assigneeId === assignedTo || row.formerAssigneeId === assignedTo;
};

/**
 * PostgreSQL and MySQL hand out ids before the commit, so smaller ones may become visible after larger ones: a drain of a
 * thousand events holds as many. Ids that are missing below the newest one are looked for again for this long; no
 * transaction of ours takes longer, and what is still missing then was rolled back.
 */
const LATE_MS = 5_000;
/** How far back a browser that resumes is told of such late ones. */
const LATE_IDS = 5_000;
/** Changes that are replayed; a browser that missed more is quicker with a full refetch. */
const MAX_REPLAY = 10_000;

/** One turn of the event loop: sockets get to write what they were given. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface HubOptions {
  /** How often other processes' changes are looked for while somebody watches, ms. */
  pollMs: number;
  onError(error: unknown): void;
}

/** Tails the change feed once per process and passes each change to the viewers whose tenant it belongs to. */
export const createHub = (db: Database, options: HubOptions) => {
  /** With the id up to which each had nothing to hear when it joined; where ids may be late a smaller one may still come. */
  const viewers = new Map<Viewer, number>();
  const table = db.name(TABLES.changes);
  const mayBeLate = db.dialect !== 'sqlite';
  let cursor: number | null = null;
  /** Ids below the cursor that were not there, with the time until which they may still come. */
  const gaps = new Map<number, number>();
  let timer: NodeJS.Timeout | null = null;
  let reading = false;
  let again = false;
  let stopped = false;

  const latest = async (): Promise<number> => {
    const [row] = await db.all(`SELECT max(id) AS id FROM ${table}`);
    return Number(row?.id ?? 0);
  };

  /** Whose each conversation is, is asked only when somebody here does not see them all. */
  const source = (whose: boolean): string =>
    whose
      ? `SELECT c.*, v.assignee_id FROM ${table} c LEFT JOIN ${db.name(TABLES.conversations)} v ON v.id = c.conversation_id`
      : `SELECT c.* FROM ${table} c`;

  const read = async (after: number, whose: boolean): Promise<FeedRow[]> =>
    (await db.all(`${source(whose)} WHERE c.id > ? ORDER BY c.id LIMIT ${BATCH}`, [after])).map(toChange);

  const someSeeOnlyTheirs = (): boolean =>
    [...viewers.keys()].some(({ assignedTo }) => assignedTo !== undefined);

  const fanOut = (rows: FeedRow[]): void => {
    for (const [viewer, floor] of viewers) {
      const mine = rows.filter((row) => row.id > floor && concerns(row, viewer));
      if (mine.length > 0) viewer.deliver(mine.map(toChangeOnly));
    }
  };

  /** Notes the ids between two neighbours that are not there (yet). */
  const noteGap = (below: number, above: number): void => {
    if (!mayBeLate) return;
    const until = Date.now() + LATE_MS;
    for (let missing = Math.max(below + 1, above - LATE_IDS); missing < above; missing += 1)
      gaps.set(missing, until);
  };

  const forgetGaps = (): void => {
    for (const [missing, until] of gaps) if (until < Date.now()) gaps.delete(missing);
  };

  /** One page from a position on; answers where the next one starts, null at the end. */
  const passPage = async (position: number): Promise<number | null> => {
    const at = cursor;
    const whose = someSeeOnlyTheirs();
    let rows = await read(position, whose);
    // Somebody came meanwhile who does not see all.
    if (!whose && someSeeOnlyTheirs()) rows = await read(position, true);
    // The last viewer left meanwhile; the next one starts anew, not from here.
    if (at === null || cursor !== at) return null;
    const news = rows.filter((row) => row.id > at || gaps.has(row.id));
    for (const { id: present } of rows) {
      gaps.delete(present);
      if (present <= cursor) continue;
      noteGap(cursor, present);
      cursor = present;
    }
    fanOut(news);
    return rows.length < BATCH ? null : rows[rows.length - 1].id;
  };

  const pass = async (): Promise<void> => {
    forgetGaps();
    if (cursor === null) return;
    let position: number | null = gaps.size === 0 ? cursor : Math.min(cursor, ...gaps.keys()) - 1;
    while (position !== null) {
      position = await passPage(position);
      if (position !== null) await turn();
    }
  };

  const look = async (): Promise<void> => {
    if (viewers.size === 0 || stopped) return;
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      do {
        again = false;
        await pass();
      } while (again && !stopped);
    } catch (error) {
      options.onError(error);
    } finally {
      reading = false;
    }
  };

  const poll = (): void => {
    if (timer !== null || viewers.size === 0 || stopped) return;
    timer = setTimeout(() => {
      timer = null;
      void look().then(poll);
    }, options.pollMs);
    timer.unref();
  };

  /** What may have been committed with a smaller id after the viewer had seen a larger one. */
  const late = async (after: number, whose: boolean): Promise<FeedRow[]> => {
    if (!mayBeLate) return [];
    const sql = `${source(whose)} JOIN ${table} s ON s.id = ? WHERE c.id > ? AND c.id < s.id AND c.at >= s.at - ${LATE_MS} ORDER BY c.id`;
    return (await db.all(sql, [after, after - LATE_IDS])).map(toChange);
  };

  /** Changes of a tenant since a cursor, oldest first; null when they are not all there any more, or too many. */
  const missed = async (viewer: Viewer, after: number, top: number): Promise<Change[] | null> => {
    const whose = viewer.assignedTo !== undefined;
    const [oldest] = await db.all(`SELECT min(id) AS id FROM ${table}`);
    if (after !== top && (after > top || Number(oldest?.id ?? 0) > after + 1)) return null;
    const replay: Change[] = [];
    let rows = await late(after, whose);
    for (let position = after; ; position = rows[rows.length - 1].id) {
      replay.push(...rows.filter((row) => concerns(row, viewer)).map(toChangeOnly));
      if (replay.length > MAX_REPLAY) return null;
      rows = await read(position, whose);
      if (rows.length === 0) return replay;
    }
  };

  return {
    latest,
    /**
     * Adds a viewer and replays what changed after its cursor. Answers null when that is too long ago: the viewer has
     * to fetch anew. Nothing between the replay and the live feed is lost: the viewer listens before the replay reads.
     */
    async join(viewer: Viewer, after: number | null): Promise<{ cursor: number; replay: Change[] | null }> {
      const top = await latest();
      const recent = cursor === null && mayBeLate ? await read(Math.max(0, top - BATCH), false) : [];
      if (stopped) {
        viewer.close();
        return { cursor: top, replay: [] };
      }
      if (cursor === null) {
        // What is there already is no news; only ids that become visible later are.
        gaps.clear();
        for (let index = 1; index < recent.length; index += 1)
          noteGap(recent[index - 1].id, recent[index].id);
        cursor = top;
      }
      viewers.set(viewer, mayBeLate ? 0 : top);
      poll();
      void look();
      return { cursor: top, replay: after === null ? [] : await missed(viewer, after, top) };
    },
    leave(viewer: Viewer): void {
      viewers.delete(viewer);
      if (viewers.size === 0) cursor = null;
    },
    /** A commit of this process wrote changes. */
    wake(): void {
      void look();
    },
    /** To every viewer, beside the feed; says nothing about anybody's data. */
    signal(event: string): void {
      for (const viewer of viewers.keys()) viewer.signal(event);
    },
    viewers: (): number => viewers.size,
    stop(): void {
      stopped = true;
      if (timer) clearTimeout(timer);
      for (const viewer of [...viewers.keys()]) viewer.close();
      viewers.clear();
    },
  };
};

export type Hub = ReturnType<typeof createHub>;
