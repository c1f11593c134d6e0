import type { Knex } from 'knex';
import type { FilePath, MessageElement } from '../cloud-api/element';
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { datetime } from '../storage/dialect';
import type { Position } from '../storage/keyset';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import type { MessageType } from './contract';

export type MessageRow = Record<string, unknown>;

/** The element to send, and where in it the file's id goes. */
export interface Outgoing {
  element: MessageElement;
  fileAt: FilePath | null;
}

export interface OutboundMessage {
  integrationId: number;
  conversationId: number;
  /** Known beforehand, so that the conversation can point at it. */
  key: string;
  type: MessageType;
  text: string;
  content: Record<string, unknown>;
  media: Record<string, unknown> | null;
  template: Record<string, unknown> | null;
  /** What is sent, in Meta's own naming. */
  outgoing: Outgoing;
  state: 'queued' | 'scheduled';
  /** ms; only of what waits for a time. */
  scheduledAt: number | null;
  replyToWamid: string | null;
  clientKey: string | null;
  sendKey: string;
  origin: 'agent' | 'api';
  /** Sent to try a template out. */
  isTest: boolean;
  authorId: number | null;
  authorName: string | null;
  /** Whole seconds, ms: see `wholeSecond`. */
  writtenAt: number;
}

export const createMessageRepository = (db: Database, scope: Scope) => {
  const ofTenant = (): Knex.QueryBuilder =>
    db.table(TABLES.messages).where({ organization_id: scope.organizationId });

  const scoped = (): Knex.QueryBuilder => {
    if (scope.assignedTo === undefined) return ofTenant();
    const own = { organization_id: scope.organizationId, assignee_id: scope.assignedTo };
    return ofTenant().whereIn('conversation_id', db.table(TABLES.conversations).where(own).select('id'));
  };
  /** What waits for its time, or was taken back before it, is no part of the thread. */
  const spoken = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
    query.whereRaw(
      `delivery_status <> 'scheduled' and not (delivery_status = 'cancelled' and error is null)`,
    );

  const newestFirst = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
    query.orderBy([
      { column: 'written_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ]);

  const older = (query: Knex.QueryBuilder, { at, id }: Position): Knex.QueryBuilder =>
    query.whereRaw('(written_at < ? or (written_at = ? and id < ?))', [at, at, id]);

  return {
    async findOne(id: number): Promise<MessageRow | null> {
      return ((await scoped().where({ id }).first()) as MessageRow | undefined) ?? null;
    },
    /** Keys are unique in the tenant, whoever may see the message. */
    async findByClientKey(clientKey: string): Promise<MessageRow | null> {
      return ((await ofTenant().where({ client_key: clientKey }).first()) as MessageRow | undefined) ?? null;
    },
    /** Newest first; `before` pages towards older ones. */
    async older(conversationId: number, before: Position | null, limit: number): Promise<MessageRow[]> {
      const query = newestFirst(spoken(scoped().where({ conversation_id: conversationId }))).limit(limit);
      return (await (before ? older(query, before) : query)) as MessageRow[];
    },
    /** The next newer ones after a position, oldest of them first. */
    async newer(conversationId: number, after: Position, limit: number): Promise<MessageRow[]> {
      return (await spoken(scoped().where({ conversation_id: conversationId }))
        .whereRaw('(written_at > ? or (written_at = ? and id > ?))', [after.at, after.at, after.id])
        .orderBy([{ column: 'written_at' }, { column: 'id' }])
        .limit(limit)) as MessageRow[];
    },
    /** Messages behind quotes. */
    async byWamids(integrationId: number, wamids: string[]): Promise<MessageRow[]> {
      if (wamids.length === 0) return [];
      return (await scoped()
        .where({ integration_id: integrationId })
        .whereIn('wamid', wamids)
        .select('id', 'wamid', 'text', 'direction', 'message_type', 'revoked_at')) as MessageRow[];
    },
    /** Contents of the number's own template messages, by wamid. */
    async templateContents(integrationId: number, wamids: string[]): Promise<Map<string, unknown>> {
      if (wamids.length === 0) return new Map();
      const rows = (await scoped()
        .where({ integration_id: integrationId, message_type: 'template' })
        .whereIn('wamid', wamids)
        .select('wamid', 'content')) as Pick<MessageRow, 'wamid' | 'content'>[];
      return new Map(rows.map(({ wamid, content }) => [String(wamid), content]));
    },
    async position(conversationId: number, id: number): Promise<Position | null> {
      const row = (await scoped().where({ id, conversation_id: conversationId }).first('written_at')) as
        { written_at: unknown } | undefined;
      return row ? { at: Number(row.written_at), id } : null;
    },
    /** Frees a client key that is older than its promise. */
    async forgetClientKey(clientKey: string, before: number): Promise<void> {
      await ofTenant()
        .where({ client_key: clientKey })
        .where('received_at', '<', before)
        .update({ client_key: null });
    },
    /** A queued bubble; part of the transaction that also writes its outbox row. */
    async insertOutbound(tx: Tx, message: OutboundMessage, now: number): Promise<number> {
      const { key } = message;
      const at = datetime(db.dialect, now);
      const values: Record<string, string | number | Date | null> = {
        document_id: key,
        organization_id: scope.organizationId,
        integration_id: message.integrationId,
        conversation_id: message.conversationId,
        direction: 'outbound',
        message_type: message.type,
        text: message.text,
        content: JSON.stringify(message.content),
        media: message.media && JSON.stringify(message.media),
        template: message.template && JSON.stringify(message.template),
        outgoing: JSON.stringify(message.outgoing),
        scheduled_at: message.scheduledAt,
        reply_to_wamid: message.replyToWamid,
        client_key: message.clientKey,
        send_key: message.sendKey,
        origin: message.origin,
        is_test: message.isTest ? 1 : null,
        author_id: message.authorId,
        author_name: message.authorName,
        written_at: message.writtenAt,
        received_at: now,
        delivery_status: message.state,
        created_at: at,
        updated_at: at,
        published_at: at,
      };
      const columns = Object.keys(values);
      await tx.run(
        `INSERT INTO ${db.name(TABLES.messages)} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        Object.values(values),
      );
      const [row] = await tx.all(`SELECT id FROM ${db.name(TABLES.messages)} WHERE send_key = ?`, [
        message.sendKey,
      ]);
      return Number(row.id);
    },
    /** An editor's "Retry": the same bubble is queued again under a new send key, so that late news of the first
     * attempt cannot be taken for news of the second. */
    async requeue(tx: Tx, id: number, sendKey: string): Promise<boolean> {
      const sql =
        `UPDATE ${db.name(TABLES.messages)} SET delivery_status = 'queued', send_key = ?, wamid = NULL, error = NULL, ` +
        `accepted_at = NULL, sent_at = NULL, failed_at = NULL WHERE id = ? AND organization_id = ? AND delivery_status = 'failed'`;
      return (await tx.run(sql, [sendKey, id, scope.organizationId])) > 0;
    },
  };
};
