import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';

const count = (value: unknown): number => Number(value ?? 0);
const moment = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

/** Tries after which a job counts as one that fails again and again. */
const FAILED_OFTEN = 5;
/** Meta redelivers and sends for days: what is looked at is the tenant's own. */
export const createDoctorFacts = (db: Database, { organizationId }: Scope) => ({
  async queue(now: number): Promise<{ oldestQueuedAt: number | null; queued: number }> {
    const [row] = await db.all(
      `SELECT min(CASE WHEN o.not_before > 0 THEN o.not_before ELSE m.written_at END) AS oldest, count(*) AS n ` +
        `FROM ${db.name(TABLES.outbox)} o JOIN ${db.name(TABLES.messages)} m ON m.id = o.message_id ` +
        `WHERE o.organization_id = ? AND o.state = 'queued' AND o.not_before <= ?`,
      [organizationId, now],
    );
    return { oldestQueuedAt: moment(row.oldest), queued: count(row.n) };
  },
  async unresolvedQuarantine(): Promise<number> {
    const [row] = await db.all(
      `SELECT count(*) AS n FROM ${db.name(TABLES.quarantine)} WHERE organization_id = ? AND resolved_at IS NULL`,
      [organizationId],
    );
    return count(row.n);
  },
  async failingJobs(): Promise<number> {
    const [row] = await db.all(
      `SELECT count(*) AS n FROM ${db.name(TABLES.jobs)} WHERE organization_id = ? AND attempts >= ${FAILED_OFTEN}`,
      [organizationId],
    );
    return count(row.n);
  },
});
