import { isDeepStrictEqual } from 'node:util';
import { elementBody, NORMALISER_VERSION } from '../cloud-api/normalise';
import { RECEIVED_MEDIA_ID_TTL_MS } from '../cloud-api/limits';
import type { JsonObject } from '../cloud-api/read';
import { TABLES } from '../constants';
import { addJobs } from '../jobs/batch';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Row } from '../storage/transaction';
import { rewriteMessages, type Rewrite } from './rewrite';

interface Deps {
  db: Database;
  now(): number;
  notify(): void;
  wake(): void;
}

const PAGE = 200;
/** Then the next job goes on: a job that runs for long would be taken over by another process. */
const PAGES_PER_JOB = 25;

/** Not told by the element itself but by the delivery it came in. */
const KEPT = ['history', 'standby', 'originalUnknown'];

const parsed = (value: unknown): JsonObject | null =>
  (typeof value === 'string' ? JSON.parse(value) : value) as JsonObject | null;

interface Read {
  rewrite: Rewrite;
  /** The thread shows something else than before. */
  changed: boolean;
  fetches: boolean;
}

/** What today's normaliser makes of a stored row. Pure but for the time at which a file is too old to fetch. */
export const rereadRow = (row: Row, now: number): Read => {
  const raw = parsed(row.raw) ?? {};
  const before = parsed(row.content) ?? {};
  const body = elementBody(raw);
  const kept = Object.fromEntries(KEPT.filter((key) => key in before).map((key) => [key, before[key]]));
  const content = { ...body.content, ...kept };
  const isNewFile = row.media === null && body.media !== null;
  const fetches = isNewFile && Number(row.received_at) > now - RECEIVED_MEDIA_ID_TTL_MS;
  const media = isNewFile
    ? JSON.stringify({ ...body.media, url: null, state: fetches ? 'pending' : 'expired' })
    : null;
  const changed =
    isNewFile ||
    body.type !== row.message_type ||
    body.text !== String(row.text ?? '') ||
    !isDeepStrictEqual(JSON.parse(JSON.stringify(content)), before);
  return {
    rewrite: {
      messageId: Number(row.id),
      type: body.type,
      text: body.text,
      content: JSON.stringify(content),
      media,
      raw: JSON.stringify(raw),
      replyTo: null,
    },
    changed,
    fetches,
  };
};

/**
 * After an upgrade that understands more: messages that an older version stored are read again from what Meta sent.
 * State, time and place stay; what an edit made of a message stays as well.
 */
export const createReread = ({ db, now, notify, wake }: Deps) => {
  const columns =
    'id, organization_id, integration_id, conversation_id, message_type, text, content, media, raw, received_at';
  const older = 'raw IS NOT NULL AND edited_at IS NULL AND COALESCE(normaliser_version, 0) < ?';

  const page = async (after: number): Promise<Row[]> =>
    db.all(
      `SELECT ${columns} FROM ${db.name(TABLES.messages)} WHERE id > ? AND ${older} ORDER BY id LIMIT ${PAGE}`,
      [after, NORMALISER_VERSION],
    );

  const write = async (rows: Row[]): Promise<void> => {
    const read = rows.map((row) => ({ row, ...rereadRow(row, now()) }));
    const changed = read.filter((one) => one.changed);
    await db.transaction(async (tx) => {
      await rewriteMessages(
        db,
        tx,
        read.map(({ rewrite }) => rewrite),
        'older',
      );
      const fetched = read.filter(({ fetches }) => fetches);
      await addJobs(
        db,
        tx,
        fetched.map(({ row }) => ({
          kind: 'media.fetch',
          organizationId: Number(row.organization_id),
          payload: { messageId: Number(row.id) },
        })),
        now(),
      );
      await appendChanges(
        db,
        tx,
        changed.map(({ row }) => ({
          kind: 'message.updated',
          organizationId: Number(row.organization_id),
          integrationId: Number(row.integration_id),
          conversationId: Number(row.conversation_id),
          messageId: Number(row.id),
        })),
        now(),
      );
    });
    if (changed.length > 0) notify();
  };

  return {
    /** Leaves a job that does it. Call once for each version. */
    async schedule(after = 0): Promise<void> {
      const job = { kind: 'messages.reread' as const, organizationId: null, payload: { after } };
      await db.transaction((tx) => addJobs(db, tx, [job], now()));
      wake();
    },
    /** One run of the job. */
    async run(after: number): Promise<void> {
      let last = after;
      for (let round = 0; round < PAGES_PER_JOB; round += 1) {
        const rows = await page(last);
        if (rows.length > 0) await write(rows);
        if (rows.length < PAGE) return;
        last = Number(rows[rows.length - 1].id);
      }
      await this.schedule(last);
    },
  };
};
