import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import type { Tx } from '../storage/transaction';

/** One row as it is stored. JSON columns are text already. */
export interface AuditRecord {
  organizationId: number | null;
  at: number;
  actorType: string;
  actorId: string | null;
  actorName: string | null;
  action: string;
  targetType: string;
  targetId: string | null;
  targetLabel: string | null;
  before: string | null;
  after: string | null;
  ip: string | null;
}

const SHAPE: RowShape = {
  organization_id: 'int',
  at: 'int',
  actor_type: 'text',
  actor_id: 'text',
  actor_name: 'text',
  action: 'text',
  target_type: 'text',
  target_id: 'text',
  target_label: 'text',
  fields_before: 'text',
  fields_after: 'text',
  ip: 'text',
};

/** The only way into the table; there is none to change a row or to take one out before its time. */
export const appendAudit = (db: Database, tx: Tx, records: AuditRecord[]): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.auditEntries,
    shape: SHAPE,
    rows: records.map((r) => [
      r.organizationId,
      r.at,
      r.actorType,
      r.actorId,
      r.actorName,
      r.action,
      r.targetType,
      r.targetId,
      r.targetLabel,
      r.before,
      r.after,
      r.ip,
    ]),
  });
