import type { Knex } from 'knex';
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import { mergeNewest, type Position } from '../storage/keyset';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import type { AuditAction } from './contract';

/** One row as it is stored. JSON columns are text already. */
export interface AuditRecord {
  organizationId: number | null;
  at: number;
  actorType: string;
  actorId: string | null;
  actorName: string | null;
  action: AuditAction;
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

export interface AuditRow extends AuditRecord, Position {}

export interface AuditFilter {
  actor?: string;
  action?: string;
  target?: string;
  from?: number;
  to?: number;
}

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value));

const toRow = (row: Record<string, unknown>): AuditRow => ({
  id: Number(row.id),
  at: Number(row.at),
  organizationId: row.organization_id === null ? null : Number(row.organization_id),
  actorType: String(row.actor_type),
  actorId: textOrNull(row.actor_id),
  actorName: textOrNull(row.actor_name),
  action: String(row.action) as AuditAction,
  targetType: String(row.target_type),
  targetId: textOrNull(row.target_id),
  targetLabel: textOrNull(row.target_label),
  before: textOrNull(row.fields_before),
  after: textOrNull(row.fields_after),
  ip: textOrNull(row.ip),
});

/** Somebody looks for a part of a word; what would be a wildcard is none. */
const contains = (text: string): string => `%${text.toLowerCase().replace(/[%\\]/g, '')}%`;
const holds = (column: string): string => `lower(${column}) LIKE ?`;

const narrow = (query: Knex.QueryBuilder, { actor, action, target, from, to }: AuditFilter): void => {
  if (actor) {
    query.where(
      (q) =>
        void q
          .where('actor_type', actor)
          .orWhere('actor_id', actor)
          .orWhereRaw(holds('actor_name'), contains(actor)),
    );
  }
  if (action) query.whereRaw(holds('action'), contains(action));
  const [type, id] = target?.split(':') ?? [];
  if (target && id) query.where({ target_type: type, target_id: id });
  else if (target) {
    query.where(
      (q) =>
        void q
          .where('target_id', target)
          .orWhereRaw(holds('target_type'), contains(target))
          .orWhereRaw(holds('target_label'), contains(target)),
    );
  }
  if (from !== undefined) query.where('at', '>=', from);
  if (to !== undefined) query.where('at', '<=', to);
};

/**
 * Entries within a tenant, newest first. `wide`: those of the whole installation as well. One query per tenant, so that
 * each walks its index.
 */
export const listAudit = async (
  db: Database,
  { scope, wide }: { scope: Scope; wide: boolean },
  filter: AuditFilter,
  after: Position | null,
  limit: number,
): Promise<AuditRow[]> => {
  const tenants = wide ? [scope.organizationId, null] : [scope.organizationId];
  const lists = await Promise.all(
    tenants.map(async (organizationId) => {
      const query = db
        .table(TABLES.auditEntries)
        .orderBy([
          { column: 'at', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit);
      if (organizationId === null) query.whereNull('organization_id');
      else query.where('organization_id', organizationId);
      narrow(query, filter);
      if (after) {
        query.where(
          (q) =>
            void q
              .where('at', '<', after.at)
              .orWhere((same) => same.where('at', after.at).where('id', '<', after.id)),
        );
      }
      return ((await query) as Record<string, unknown>[]).map(toRow);
    }),
  );
  return mergeNewest(lists, limit);
};
