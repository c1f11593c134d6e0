import { TABLES } from '../constants';
import type { Database } from '../storage/database';

export interface Job {
  id: number;
  kind: string;
  payload: Record<string, unknown>;
  attempts: number;
  crashes: number;
}

export interface Attempt {
  /** This one included. */
  attempts: number;
  /** There will be no later one. */
  lastTry: boolean;
}

export interface JobHandler {
  /** Answers true to be asked again later. */
  work(payload: Record<string, unknown>, attempt: Attempt): Promise<boolean>;
  /** The job has taken its process along too often and is dropped. */
  giveUp?(payload: Record<string, unknown>): Promise<void>;
}

const CONCURRENCY = 4;
/** With the hour between late tries about a week: as long as Meta keeps a received file. */
const ATTEMPTS = 170;
/** A job of a process that died is taken over after this long. */
const LOCK_MS = 5 * 60 * 1000;
/** One that ends every process that tries it must not do so for ever. */
const CRASHES = 3;

/** Seconds, then minutes: 5 s, 25 s, 2 min, 10 min, then every 52 min. */
const backoff = (attempts: number): number => 5 ** Math.min(attempts, 5) * 1000;

/** Follow-up work that was committed together with what it follows; claimed row by row. */
export const createJobQueue = (
  db: Database,
  handlers: Record<string, JobHandler>,
  options: { owner: string; now(): number; onError(error: unknown): void },
) => {
  const table = db.name(TABLES.jobs);
  const { owner, now } = options;
  let active = 0;

  /** Counts the attempt, and the death of who tried before, ahead of the work: no crash can undo that. */
  const claim = (id: number): Promise<boolean> =>
    db.transaction(async (tx) => {
      const won = await tx.run(
        `UPDATE ${table} SET crashes = COALESCE(crashes, 0) + CASE WHEN locked_at IS NULL THEN 0 ELSE 1 END, ` +
          `locked_by = ?, locked_at = ?, attempts = attempts + 1 WHERE id = ? AND (locked_at IS NULL OR locked_at < ?)`,
        [owner, now(), id, now() - LOCK_MS],
      );
      return won > 0;
    });

  const finish = (job: Job, again: boolean): Promise<number> =>
    db.transaction((tx) =>
      again
        ? tx.run(`UPDATE ${table} SET locked_by = NULL, locked_at = NULL, run_at = ? WHERE id = ?`, [
            now() + backoff(job.attempts),
            job.id,
          ])
        : tx.run(`DELETE FROM ${table} WHERE id = ?`, [job.id]),
    );

  const attempt = async (job: Job, lastTry: boolean): Promise<boolean> => {
    const handler = handlers[job.kind];
    if (job.crashes < CRASHES) {
      return (await handler?.work(job.payload, { attempts: job.attempts, lastTry })) ?? false;
    }
    await handler?.giveUp?.(job.payload);
    return false;
  };

  const work = async (job: Job): Promise<void> => {
    active += 1;
    try {
      const lastTry = job.attempts >= ATTEMPTS;
      const again = await attempt(job, lastTry);
      await finish(job, again && !lastTry);
    } catch (error) {
      options.onError(error);
      await finish(job, job.attempts < ATTEMPTS);
    } finally {
      active -= 1;
    }
  };

  return {
    async run(started: (work: Promise<void>) => void): Promise<number | null> {
      const room = CONCURRENCY - active;
      if (room <= 0) return null;
      const rows = await db.all(
        `SELECT * FROM ${table} WHERE run_at <= ? AND (locked_at IS NULL OR locked_at < ?) ORDER BY run_at LIMIT ${room}`,
        [now(), now() - LOCK_MS],
      );
      for (const row of rows) {
        const id = Number(row.id);
        if (!(await claim(id))) continue;
        const payload = (
          typeof row.payload === 'string' ? JSON.parse(row.payload) : row.payload
        ) as Job['payload'];
        started(
          work({
            id,
            kind: String(row.kind),
            payload,
            attempts: Number(row.attempts) + 1,
            crashes: Number(row.crashes ?? 0) + (row.locked_at === null ? 0 : 1),
          }),
        );
      }
      if (rows.length === room) return null;
      const [next] = await db.all(`SELECT min(run_at) AS at FROM ${table} WHERE run_at > ?`, [now()]);
      return next?.at === null || next?.at === undefined ? null : Number(next.at) - now();
    },
    async isDue(): Promise<boolean> {
      const [row] = await db.all(
        `SELECT id FROM ${table} WHERE run_at <= ? AND (locked_at IS NULL OR locked_at < ?) LIMIT 1`,
        [now(), now() - LOCK_MS],
      );
      return row !== undefined;
    },
  };
};
