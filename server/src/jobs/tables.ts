import { TABLES } from '../constants';
import {
  word,
  requiredWord,
  number,
  instant,
  requiredInstant,
  json,
  type RawTable,
} from '../storage/table-parts';

export const jobsTables: RawTable[] = [
  {
    name: 'job',
    tableName: TABLES.jobs,
    attributes: {
      kind: requiredWord,
      organizationId: number,
      payload: json,
      runAt: requiredInstant,
      attempts: { ...number, column: { notNullable: true } },
      /** Attempts that took their process along: counted when another one finds the lock of a dead one. */
      crashes: number,
      lockedBy: word,
      lockedAt: instant,
    },
    indexes: [{ name: 'wa_job_due_idx', columns: ['run_at', 'locked_at'] }],
  },
];
