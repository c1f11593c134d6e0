import { TABLES } from '../constants';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import { datetime } from '../storage/dialect';
import type { Position } from '../storage/keyset';
import type { Scope } from '../storage/scope';
import {
  momentOrNull,
  toRow,
  type ConnectionProblem,
  type IntegrationRow,
  type IntegrationWrite,
} from './row';

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
    async findFormer(phoneNumberId: string): Promise<{ id: number; documentId: string } | null> {
      const row = (await db
        .table(table)
        .where({ organization_id: scope.organizationId, former_phone_number_id: phoneNumberId })
        .whereNull('phone_number_id')
        .orderBy('id', 'desc')
        .first('id', 'document_id')) as { id: number; document_id: string } | undefined;
      return row ? { id: Number(row.id), documentId: row.document_id } : null;
    },
    /** `key`: the document id, made before, because what is sealed is bound to it. */
    async insert(key: string, values: IntegrationWrite, now: number): Promise<number> {
      const at = datetime(db.dialect, now);
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

/** Whether any tenant has this number: Meta's id of it is unique over the site. */
export const isConnected = async (db: Database, phoneNumberId: string): Promise<boolean> =>
  (await db.table(TABLES.integrations).where({ phone_number_id: phoneNumberId }).first('id')) !== undefined;

export const lastWebhookOf = async (db: Database, id: number): Promise<number | null> => {
  const row = (await db.table(TABLES.integrations).where({ id }).first('last_webhook_at')) as
    { last_webhook_at: unknown } | undefined;
  return momentOrNull(row?.last_webhook_at);
};

/** What `history=erase` would take along. */
export const countHistory = async (db: Database, { organizationId }: Scope, id: number) => {
  const own = 'organization_id = ? AND integration_id = ?';
  const count = (table: (typeof TABLES)['messages' | 'conversations'], more = ''): string =>
    `(SELECT count(*) FROM ${db.name(table)} WHERE ${own}${more})`;
  const [row] = await db.all(
    `SELECT ${count(TABLES.conversations)} AS conversations, ${count(TABLES.messages)} AS messages, ` +
      `${count(TABLES.messages, ' AND media IS NOT NULL')} AS files`,
    [organizationId, id, organizationId, id, organizationId, id],
  );
  return {
    conversations: Number(row.conversations),
    messages: Number(row.messages),
    files: Number(row.files),
  };
};

/** When numbers last heard from Meta, and from a customer; written outside the webhook's own transaction, at most every few seconds. */
export const noteWebhook = async (
  db: Database,
  heard: { webhooks: number[]; messages: number[] },
  at: number,
): Promise<void> => {
  const { webhooks, messages } = heard;
  await db.table(TABLES.integrations).whereIn('id', webhooks).update({ last_webhook_at: at });
  if (messages.length === 0) return;
  await db.table(TABLES.integrations).whereIn('id', messages).update({ last_message_at: at });
};

/**
 * A credential answer of Meta (code 190) or its end; silence never gets here. Open pages learn of a change. What Meta says
 * of the number or its account is not undone by a token that works.
 */
export const noteConnection = (
  db: Database,
  id: number,
  status: 'verified' | 'error',
  message: string | null,
  now: number,
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const table = db.name(TABLES.integrations);
    const problem: ConnectionProblem | null = status === 'error' ? 'token' : null;
    const changed = await tx.run(
      `UPDATE ${table} SET connection_status = ?, connection_message = ?, connection_problem = ? WHERE id = ? ` +
        `AND COALESCE(connection_problem, 'token') = 'token' ` +
        `AND (connection_status <> ? OR COALESCE(connection_message, '') <> ? OR COALESCE(connection_problem, '') <> ?)`,
      [status, message, problem, id, status, message ?? '', problem ?? ''],
    );
    if (changed === 0) return false;
    const [row] = await tx.all(`SELECT organization_id FROM ${table} WHERE id = ?`, [id]);
    const organizationId = Number(row.organization_id);
    const change = { organizationId, integrationId: id, conversationId: null, messageId: null };
    await appendChanges(db, tx, [{ ...change, kind: 'integration.updated' }], now);
    return true;
  });
