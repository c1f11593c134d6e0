import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import type { Tx } from '../storage/transaction';

export interface NewJob {
  kind:
    | 'media.fetch'
    | 'media.copy'
    | 'messages.reread'
    | 'reaction.send'
    | 'receipt.send'
    | 'template.news'
    | 'template.settle';
  /** null for work that is nobody's in particular. */
  organizationId: number | null;
  payload: Record<string, string | number>;
}

const SHAPE: RowShape = {
  kind: 'text',
  organization_id: 'int',
  payload: 'json',
  run_at: 'int',
  attempts: 'int',
};

/** Follow-up work, committed together with what it follows. */
export const addJobs = (db: Database, tx: Tx, jobs: NewJob[], runAt: number): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.jobs,
    shape: SHAPE,
    rows: jobs.map((job) => [job.kind, job.organizationId, JSON.stringify(job.payload), runAt, 0]),
  });
