import type { Knex } from 'knex';
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { mergeNewest, type Position } from '../storage/keyset';
import type { Scope } from '../storage/scope';
import type { WebhookState } from './contract';
import type { DeliveryOutcome } from './outcome';

/** A row of the log as it is stored. */
export interface CallRow extends Position {
  outcome: DeliveryOutcome;
  path: string | null;
  webhookKey: string | null;
  signature: 'missing' | 'invalid' | null;
  bytes: number;
  events: number;
  durationMs: number | null;
  summary: Record<string, number>;
  integration: { id: number; name: string } | null;
  error: string | null;
  ref: string | null;
  /** Sealed. */
  body: string | null;
}

export interface CallFilter {
  state?: WebhookState;
  integrationId?: number;
  kind?: string;
  from?: number;
  to?: number;
}

export interface QuarantinedEvent {
  id: number;
  event: string;
  receivedAt: number;
}

const textOrNull = (value: unknown): string | null => (value === null ? null : String(value));
const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));

const toRow = (row: Record<string, unknown>): CallRow => ({
  id: Number(row.id),
  at: Number(row.received_at),
  outcome: String(row.outcome) as DeliveryOutcome,
  path: textOrNull(row.path),
  webhookKey: textOrNull(row.webhook_key),
  signature: textOrNull(row.signature) as CallRow['signature'],
  bytes: Number(row.bytes ?? 0),
  events: Number(row.events ?? 0),
  durationMs: numberOrNull(row.duration_ms),
  summary: (typeof row.summary === 'string' ? JSON.parse(row.summary) : (row.summary ?? {})) as Record<
    string,
    number
  >,
  integration:
    row.integration_name === null || row.integration_name === undefined
      ? null
      : { id: Number(row.integration_id), name: String(row.integration_name) },
  error: textOrNull(row.error),
  ref: textOrNull(row.ref),
  body: textOrNull(row.body ?? null),
});

const LOG = TABLES.deliveryLog;
const COLUMNS =
  'id received_at outcome path webhook_key signature bytes events duration_ms summary integration_id error ref'
    .split(' ')
    .map((column) => `${LOG}.${column}`);

/** How each state is stored (see `describeOutcome`). */
const inState = (query: Knex.QueryBuilder, state: WebhookState): void => {
  const partly = (q: Knex.QueryBuilder, held: boolean) =>
    void q.where(`${LOG}.outcome`, 'partly')[held ? 'whereNotNull' : 'whereNull'](`${LOG}.error`);
  if (state === 'applied')
    query.where((q) => void q.where(`${LOG}.outcome`, 'applied').orWhere((o) => partly(o, false)));
  else if (state === 'quarantined')
    query.where((q) => void q.where(`${LOG}.outcome`, 'not_understood').orWhere((o) => partly(o, true)));
  else query.where(`${LOG}.outcome`, state);
};

/** `%` and `_` in what somebody looks for are not wildcards; kinds hold none, so they match nothing. */
const exactly = (text: string): string => text.replace(/[%_\\]/g, '');

const narrow = (query: Knex.QueryBuilder, filter: CallFilter): void => {
  if (filter.state) inState(query, filter.state);
  if (filter.integrationId !== undefined) query.where(`${LOG}.integration_id`, filter.integrationId);
  if (filter.kind) query.where(`${LOG}.kinds`, 'like', `%,${exactly(filter.kind)},%`);
  if (filter.from !== undefined) query.where(`${LOG}.received_at`, '>=', filter.from);
  if (filter.to !== undefined) query.where(`${LOG}.received_at`, '<=', filter.to);
};

/**
 * The log within a tenant. `wide`: rows of no tenant as well (calls that nobody signed), for who looks after the whole
 * installation.
 */
export const createCallRepository = (db: Database, scope: Scope, wide: boolean) => {
  const tenants: (number | null)[] = wide ? [scope.organizationId, null] : [scope.organizationId];

  const of = (organizationId: number | null) => {
    const query = db
      .table(LOG)
      .leftJoin(`${TABLES.integrations} as i`, function join() {
        this.on('i.id', `${LOG}.integration_id`).andOn('i.organization_id', `${LOG}.organization_id`);
      })
      .select([...COLUMNS, 'i.name as integration_name']);
    return organizationId === null
      ? query.whereNull(`${LOG}.organization_id`)
      : query.where(`${LOG}.organization_id`, organizationId);
  };

  return {
    /** Newest first. One query per tenant, so that each walks its index. */
    async list(filter: CallFilter, after: Position | null, limit: number): Promise<CallRow[]> {
      const lists = await Promise.all(
        tenants.map(async (organizationId) => {
          const query = of(organizationId)
            .orderBy([
              { column: `${LOG}.received_at`, order: 'desc' },
              { column: `${LOG}.id`, order: 'desc' },
            ])
            .limit(limit);
          narrow(query, filter);
          if (after) {
            query.where(
              (q) =>
                void q
                  .where(`${LOG}.received_at`, '<', after.at)
                  .orWhere((same) =>
                    same.where(`${LOG}.received_at`, after.at).where(`${LOG}.id`, '<', after.id),
                  ),
            );
          }
          return ((await query) as Record<string, unknown>[]).map(toRow);
        }),
      );
      return mergeNewest(lists, limit);
    },
    /** With its sealed body. */
    async findOne(id: number): Promise<CallRow | null> {
      for (const organizationId of tenants) {
        const row = (await of(organizationId).select(`${LOG}.body`).where(`${LOG}.id`, id).first()) as
          Record<string, unknown> | undefined;
        if (row) return toRow(row);
      }
      return null;
    },
    /** What a replay made of it. */
    async settle(id: number, change: { outcome: DeliveryOutcome; error: string | null; ref: string | null }) {
      await db.table(LOG).where({ id, organization_id: scope.organizationId }).update(change);
    },
    /** Events of one call that could not be applied. */
    async quarantinedOf(ref: string): Promise<QuarantinedEvent[]> {
      const rows = (await db
        .table(TABLES.quarantine)
        .where({ ref, organization_id: scope.organizationId })
        .orderBy('id')) as Record<string, unknown>[];
      return rows.map((row) => ({
        id: Number(row.id),
        event: String(row.event),
        receivedAt: Number(row.received_at),
      }));
    },
    /** They were applied, or put into quarantine anew. */
    async forgetQuarantined(ids: number[]): Promise<void> {
      if (ids.length === 0) return;
      await db
        .table(TABLES.quarantine)
        .whereIn('id', ids)
        .where('organization_id', scope.organizationId)
        .delete();
    },
    /** Calls that nobody signed, over all that the log still holds. */
    async rejected(): Promise<{ count: number; since: number | null }> {
      if (!wide) return { count: 0, since: null };
      const [row] = (await db
        .table(LOG)
        .whereNull('organization_id')
        .where('outcome', 'rejected')
        .sum({ n: 'events' })
        .min({ since: 'received_at' })) as { n: unknown; since: unknown }[];
      return { count: Number(row.n ?? 0), since: row.since === null ? null : Number(row.since) };
    },
  };
};
