import { notFound } from '../errors';
import { idOf } from '../http/validate';
import type { Database } from '../storage/database';
import { decodeCursor, pageOf } from '../storage/keyset';
import type { Scope } from '../storage/scope';
import type { ListWebhookCalls, WebhookCall } from './contract';
import { describeOutcome, type DeliveryOutcome } from './outcome';
import type { PayloadBox } from './payload';
import { redactPayload } from './redact-payload';
import { createCallRepository, type CallFilter, type CallRow, type QuarantinedEvent } from './repository';
import type { CallFilters } from './schema-input';

interface Deps {
  db: Database;
  payloads: PayloadBox;
  /** Start of this process: since when rejected calls are counted at least. */
  startedAt: number;
}

/** Whose rows somebody sees: a tenant's, and with `wide` also those of calls that belong to no tenant. */
export interface LogView {
  scope: Scope;
  wide: boolean;
}

/** What a replay needs of a call. */
export interface StoredCall {
  row: CallRow;
  /** The exact bytes; null when they are not kept any more. */
  body: Buffer | null;
  quarantined: QuarantinedEvent[];
}

const present = (row: CallRow): WebhookCall => {
  const { state, error } = describeOutcome(row.outcome, row.error);
  return {
    id: String(row.id),
    at: new Date(row.at).toISOString(),
    path: row.path ?? '',
    signature: row.signature ?? 'valid',
    bytes: row.bytes,
    kinds: state === 'rejected' ? [] : Object.keys(row.summary),
    integration: row.integration && { id: String(row.integration.id), name: row.integration.name },
    state,
    events: row.events,
    durationMs: row.durationMs,
    error,
  };
};

/** An integration that is no id at all narrows to nothing rather than to everything. */
const filterOf = ({ integration, ...filters }: CallFilters): CallFilter => ({
  ...filters,
  ...(integration === undefined ? {} : { integrationId: idOf(integration) ?? 0 }),
});

export const createWebhookLog = ({ db, payloads, startedAt }: Deps) => {
  const load = async ({ scope, wide }: LogView, id: number | null): Promise<CallRow> => {
    const row = id === null ? null : await createCallRepository(db, scope, wide).findOne(id);
    if (!row) throw notFound('Webhook call');
    return row;
  };

  const payloadOf = async (row: CallRow): Promise<string | null> => {
    // Who the rejected calls came from, in place of bodies that nobody vouched for.
    if (row.outcome === 'rejected') return JSON.stringify({ callsByAddress: row.summary }, null, 2);
    const bytes = row.body === null ? null : await payloads.open(row.body);
    return bytes && redactPayload(bytes);
  };

  return {
    async list(
      { scope, wide }: LogView,
      filters: CallFilters,
      page: { limit: number; cursor?: string },
    ): Promise<ListWebhookCalls.Response> {
      const repository = createCallRepository(db, scope, wide);
      const after = page.cursor ? decodeCursor(page.cursor) : null;
      const found = await repository.list(filterOf(filters), after, page.limit + 1);
      const { rows, nextCursor } = pageOf(found, page.limit);
      const { count, since } = await repository.rejected();
      return {
        data: rows.map(present),
        meta: { nextCursor, rejected: { count, since: new Date(since ?? startedAt).toISOString() } },
      };
    },
    /** With the payload, redacted; null when it is not kept any more. */
    async findOne(view: LogView, id: number | null): Promise<WebhookCall & { payload: string | null }> {
      const row = await load(view, id);
      return { ...present(row), payload: await payloadOf(row) };
    },
    /** For a replay. */
    async open(scope: Scope, id: number | null): Promise<StoredCall> {
      const row = await load({ scope, wide: false }, id);
      const repository = createCallRepository(db, scope, false);
      return {
        row,
        body: row.body === null ? null : await payloads.open(row.body),
        quarantined: row.ref === null ? [] : await repository.quarantinedOf(row.ref),
      };
    },
    /** What a replay made of it. `done`: quarantined events that are applied now, or in quarantine anew. */
    async settle(
      scope: Scope,
      call: StoredCall,
      result: { outcome: DeliveryOutcome; error: string | null; ref: string | null },
    ): Promise<void> {
      const repository = createCallRepository(db, scope, false);
      await repository.settle(call.row.id, result);
      await repository.forgetQuarantined(call.quarantined.map(({ id }) => id));
    },
  };
};

export type WebhookLog = ReturnType<typeof createWebhookLog>;
