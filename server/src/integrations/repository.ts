import { TABLES } from '../constants';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import { datetime } from '../storage/dialect';
import { documentId } from '../storage/ids';
import type { Position } from '../storage/keyset';
import type { Scope } from '../storage/scope';

/** A row as it is stored; sealed columns stay sealed. */
export interface IntegrationRow {
  id: number;
  name: string;
  phoneNumber: string;
  phoneNumberId: string;
  businessAccountId: string;
  endpointUrl: string | null;
  apiVersion: string | null;
  sandbox: boolean;
  active: boolean;
  connectionStatus: string;
  connectionMessage: string | null;
  qualityRating: string | null;
  messagingLimit: string | null;
  throughput: string | null;
  accessTokenLast4: string | null;
  hasAppSecret: boolean;
  verifyTokenSealed: string | null;
  webhookKey: string;
  lastWebhookAt: number | null;
  createdAt: number;
  organizationSlug: string;
}

/** Columns that a caller may write. */
export interface IntegrationWrite {
  name?: string;
  phone_number?: string;
  phone_number_id?: string | null;
  former_phone_number_id?: string | null;
  business_account_id?: string;
  endpoint_url?: string | null;
  api_version?: string | null;
  sandbox?: boolean;
  active?: boolean;
  connection_status?: string;
  connection_message?: string | null;
  access_token_sealed?: string | null;
  access_token_last_4?: string | null;
  app_secret_sealed?: string | null;
  verify_token_sealed?: string | null;
  webhook_key?: string;
  disconnected_at?: number | null;
}

const text = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);
const flag = (value: unknown): boolean => value === true || value === 1;

const toRow = (row: Record<string, unknown>): IntegrationRow => ({
  id: Number(row.id),
  name: String(row.name),
  phoneNumber: String(row.phone_number),
  phoneNumberId: String(row.phone_number_id),
  businessAccountId: String(row.business_account_id),
  endpointUrl: text(row.endpoint_url),
  apiVersion: text(row.api_version),
  sandbox: flag(row.sandbox),
  active: flag(row.active),
  connectionStatus: String(row.connection_status ?? 'unverified'),
  connectionMessage: text(row.connection_message),
  qualityRating: text(row.quality_rating),
  messagingLimit: text(row.messaging_limit),
  throughput: text(row.throughput),
  accessTokenLast4: text(row.access_token_last_4),
  hasAppSecret: Boolean(row.app_secret_sealed),
  verifyTokenSealed: text(row.verify_token_sealed),
  webhookKey: String(row.webhook_key),
  lastWebhookAt: row.last_webhook_at === null ? null : Number(row.last_webhook_at),
  createdAt: new Date(row.created_at as string | number | Date).getTime(),
  organizationSlug: String(row.organization_slug),
});

export const createIntegrationRepository = (db: Database, scope: Scope) => {
  const table = TABLES.integrations;
  const base = () =>
    db
      .table(table)
      .join(`${TABLES.organizations} as o`, 'o.id', `${table}.organization_id`)
      .where(`${table}.organization_id`, scope.organizationId)
      .select(`${table}.*`, 'o.slug as organization_slug');

  return {
    async list(limit: number, after: Position | null): Promise<IntegrationRow[]> {
      const query = base().whereNotNull(`${table}.phone_number_id`).orderBy(`${table}.id`).limit(limit);
      if (after) query.where(`${table}.id`, '>', after.id);
      return ((await query) as Record<string, unknown>[]).map(toRow);
    },
    async findOne(id: number): Promise<IntegrationRow | null> {
      const row = (await base().where(`${table}.id`, id).whereNotNull(`${table}.phone_number_id`).first()) as
        Record<string, unknown> | undefined;
      return row ? toRow(row) : null;
    },
    /** A number that was disconnected with its history kept, to be continued. */
    async findFormer(phoneNumberId: string): Promise<number | null> {
      const row = (await db
        .table(table)
        .where({ organization_id: scope.organizationId, former_phone_number_id: phoneNumberId })
        .whereNull('phone_number_id')
        .orderBy('id', 'desc')
        .first('id')) as { id: number } | undefined;
      return row ? Number(row.id) : null;
    },
    async insert(values: IntegrationWrite, now: number): Promise<number> {
      const at = datetime(db.dialect, now);
      const key = documentId();
      await db.table(table).insert({
        ...values,
        document_id: key,
        organization_id: scope.organizationId,
        created_at: at,
        updated_at: at,
        published_at: at,
      });
      const row = (await db.table(table).where({ document_id: key }).first('id')) as { id: number };
      return Number(row.id);
    },
    async update(id: number, values: IntegrationWrite, now: number): Promise<void> {
      await db
        .table(table)
        .where({ id, organization_id: scope.organizationId })
        .update({ ...values, updated_at: datetime(db.dialect, now) });
    },
  };
};

/** When the number last heard from Meta; written outside the webhook's own transaction, at most every few seconds. */
export const noteWebhook = async (db: Database, ids: number[], at: number): Promise<void> => {
  await db.table(TABLES.integrations).whereIn('id', ids).update({ last_webhook_at: at });
};

/** A credential answer of Meta (code 190) or its end; silence never gets here. Open pages learn of a change. */
export const noteConnection = (
  db: Database,
  id: number,
  status: 'verified' | 'error',
  message: string | null,
  now: number,
): Promise<void> =>
  db.transaction(async (tx) => {
    const table = db.name(TABLES.integrations);
    const changed = await tx.run(
      `UPDATE ${table} SET connection_status = ?, connection_message = ? WHERE id = ? AND (connection_status <> ? OR COALESCE(connection_message, '') <> ?)`,
      [status, message, id, status, message ?? ''],
    );
    if (changed === 0) return;
    const [row] = await tx.all(`SELECT organization_id FROM ${table} WHERE id = ?`, [id]);
    const organizationId = Number(row.organization_id);
    const change = { organizationId, integrationId: id, conversationId: null, messageId: null };
    await appendChanges(db, tx, [{ ...change, kind: 'integration.updated' }], now);
  });
