import type { Knex } from 'knex';
import { SERVICE_WINDOW_MS, TABLES } from '../constants';
import type { Database } from '../storage/database';
import { manyDigits } from '../storage/dialect';
import type { Position } from '../storage/keyset';
import { likeEscape, likePattern } from '../storage/like';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import { LAST_MESSAGE } from './last-message';

export interface ConversationFilter {
  integrationId?: number;
  state?: string;
  unread?: boolean;
  window?: 'open' | 'closed';
  assigneeId?: number;
  tag?: string;
  q?: string;
}

export type ConversationRow = Record<string, unknown>;

const COLUMNS = [
  'v.id',
  'v.integration_id',
  'v.state',
  'v.unread_count',
  'v.last_inbound_at',
  'v.window_refused_at',
  'v.blocked_at',
  'v.last_message_at',
  'v.tags',
  'v.created_at',
  'c.id as contact_id',
  'c.name as contact_name',
  'c.profile_name',
  'c.phone',
  'c.wa_id',
  'c.user_id',
  'c.username',
  'c.linked_type',
  'c.linked_document_id',
  'm.id as message_id',
  'm.text as message_text',
  'm.message_type',
  'm.direction as message_direction',
  'm.written_at as message_at',
  'm.delivery_status as message_status',
  'm.revoked_at as message_revoked_at',
  'u.id as assignee_id',
  'u.firstname as assignee_firstname',
  'u.lastname as assignee_lastname',
];

const NAME_COLUMNS = ['c.name', 'c.profile_name', 'c.username'];
/** A user id is all there is of some people; it may hold digits, so it goes with the numbers. */
const NUMBER_COLUMNS = ['c.phone', 'c.wa_id', 'c.user_id'];

export const createConversationRepository = (db: Database, scope: Scope) => {
  /** Whose conversations: the tenant's, or only those of the person in it. */
  const own = (alias: string): Record<string, number> => ({
    [`${alias}organization_id`]: scope.organizationId,
    ...(scope.assignedTo === undefined ? {} : { [`${alias}assignee_id`]: scope.assignedTo }),
  });

  const base = (): Knex.QueryBuilder =>
    (db.knex.queryBuilder() as Knex.QueryBuilder)
      .from(db.knex.raw(`${db.name(TABLES.conversations)} as v`) as unknown as string)
      .joinRaw(`join ${db.name(TABLES.contacts)} c on c.id = v.contact_id`)
      .joinRaw(`left join ${db.name(TABLES.messages)} m on ${LAST_MESSAGE}`)
      .leftJoin('admin_users as u', 'u.id', 'v.assignee_id')
      .where(own('v.'))
      .select(COLUMNS);

  /** Whoever may not see numbers cannot find people by them either, digit by digit. */
  const search = (query: Knex.QueryBuilder, q: string): void => {
    const blind = scope.masked && /\p{Nd}/u.test(q);
    const columns = [...NAME_COLUMNS, ...(scope.masked ? [] : NUMBER_COLUMNS)];
    const escape = likeEscape(db.dialect);
    const terms = columns.map((column) => {
      const holds = `lower(coalesce(${column}, '')) like ? ${escape}`;
      return blind ? `(${holds} and not ${manyDigits(db.dialect, column)})` : holds;
    });
    query.whereRaw(
      `(${terms.join(' or ')})`,
      columns.map(() => likePattern(q)),
    );
  };

  const narrow = (query: Knex.QueryBuilder, filter: ConversationFilter, now: number): void => {
    if (filter.integrationId !== undefined) query.where('v.integration_id', filter.integrationId);
    if (filter.state !== undefined) query.where('v.state', filter.state);
    if (filter.unread) query.where('v.unread_count', '>', 0);
    if (filter.assigneeId !== undefined) query.where('v.assignee_id', filter.assigneeId);
    if (filter.tag !== undefined) {
      query.whereRaw(
        `lower(cast(v.tags as ${db.dialect === 'mysql' ? 'char' : 'text'})) like ? ${likeEscape(db.dialect)}`,
        [likePattern(JSON.stringify(filter.tag))],
      );
    }
    const open = `v.last_inbound_at > ? and (v.window_refused_at is null or v.window_refused_at < v.last_inbound_at)`;
    if (filter.window === 'open') query.whereRaw(`(${open})`, [now - SERVICE_WINDOW_MS]);
    if (filter.window === 'closed') {
      query.whereRaw(`(v.last_inbound_at is null or not (${open}))`, [now - SERVICE_WINDOW_MS]);
    }
    if (filter.q) search(query, filter.q);
  };

  return {
    async list(
      filter: ConversationFilter,
      limit: number,
      after: Position | null,
      now: number,
    ): Promise<ConversationRow[]> {
      const query = base().orderBy([
        { column: 'v.last_message_at', order: 'desc' },
        { column: 'v.id', order: 'desc' },
      ]);
      narrow(query, filter, now);
      if (after) {
        query.whereRaw('(v.last_message_at < ? or (v.last_message_at = ? and v.id < ?))', [
          after.at,
          after.at,
          after.id,
        ]);
      }
      return (await query.limit(limit)) as ConversationRow[];
    },
    async findOne(id: number): Promise<ConversationRow | null> {
      return ((await base().where('v.id', id).first()) as ConversationRow | undefined) ?? null;
    },
    /**
     * Everything up to a message was seen (null = everything): what arrived after it stays unread. Counted by id, the
     * order of arrival, so that a late message with an old time is not taken for seen.
     */
    async markRead(tx: Tx, id: number, seenUpToId: number | null): Promise<boolean> {
      const conversations = db.name(TABLES.conversations);
      // A statement of its own: the count below has to see what the drain that held this row has committed.
      if (db.dialect !== 'sqlite')
        await tx.all(`SELECT id FROM ${conversations} WHERE id = ? FOR UPDATE`, [id]);
      const scoped = 'WHERE id = ? AND organization_id = ? AND unread_count > 0';
      if (seenUpToId === null) {
        const sql = `UPDATE ${conversations} SET unread_count = 0 ${scoped}`;
        return (await tx.run(sql, [id, scope.organizationId])) > 0;
      }
      const later = `SELECT count(*) FROM ${db.name(TABLES.messages)} m WHERE m.conversation_id = ? AND m.direction = 'inbound' AND m.id > ?`;
      const sql = `UPDATE ${conversations} SET unread_count = CASE WHEN (${later}) < unread_count THEN (${later}) ELSE unread_count END ${scoped}`;
      return (await tx.run(sql, [id, seenUpToId, id, seenUpToId, id, scope.organizationId])) > 0;
    },
    /** Answers who had it before (null: nobody); undefined when it is not there. */
    async assign(tx: Tx, id: number, assigneeId: number | null): Promise<number | null | undefined> {
      const conversations = db.name(TABLES.conversations);
      const { organizationId, assignedTo } = scope;
      const mine = assignedTo === undefined ? '' : ' AND assignee_id = ?';
      const params = [id, organizationId, ...(assignedTo === undefined ? [] : [assignedTo])];
      const lock = db.dialect === 'sqlite' ? '' : ' FOR UPDATE';
      const where = `WHERE id = ? AND organization_id = ?${mine}`;
      const [row] = await tx.all(`SELECT assignee_id FROM ${conversations} ${where}${lock}`, params);
      if (!row) return undefined;
      await tx.run(`UPDATE ${conversations} SET assignee_id = ? WHERE id = ?`, [assigneeId, id]);
      return row.assignee_id === null ? null : Number(row.assignee_id);
    },
    async unreadCount(): Promise<number> {
      const [row] = (await db
        .table(TABLES.conversations)
        .where(own(''))
        .where('unread_count', '>', 0)
        .count({ n: '*' })) as { n: unknown }[];
      return Number(row.n);
    },
    async any(): Promise<boolean> {
      return (await db.table(TABLES.conversations).where(own('')).first('id')) !== undefined;
    },
  };
};
