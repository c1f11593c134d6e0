import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { manyDigits } from '../storage/dialect';
import { likeEscape, likePattern } from '../storage/like';
import type { Scope } from '../storage/scope';
import { cardOf, seenContacts, type ContactCard } from './card';
import { numberOrNull } from '../storage/cells';

/** A person with what there is between him and one of our numbers. */
export interface FoundContact extends ContactCard {
  userId: string | null;
  conversation: {
    id: number;
    lastInboundAt: number | null;
    refusedAt: number | null;
    blocked: boolean;
  } | null;
}

export interface ContactSearch {
  integrationId: number;
  /** Name or part of a number; empty: everybody. */
  q: string;
  /** Found whatever `q` says, and stands first. */
  also: number | null;
  limit: number;
}

const NAME_COLUMNS = ['c.name', 'c.profile_name', 'c.username'];
const NUMBER_COLUMNS = ['c.phone', 'c.wa_id', 'c.user_id'];

/** As people write a number: separators, a plus and leading zeros are not in the stored one. */
const digitsOf = (q: string): string => q.replace(/[\s+().\-/\u00a0]/g, '').replace(/^0+(?=\d)/, '');

/** Whoever may not see numbers cannot find people by them either, digit by digit. */
const matching = (db: Database, { masked }: Scope, q: string): { where: string; params: string[] } => {
  const blind = masked && /\p{Nd}/u.test(q);
  const escape = likeEscape(db.dialect);
  const holds = (column: string): string => `lower(coalesce(${column}, '')) LIKE ? ${escape}`;
  const names = NAME_COLUMNS.map((column) =>
    blind ? `(${holds(column)} AND NOT ${manyDigits(db.dialect, column)})` : holds(column),
  );
  const numbers = masked ? [] : NUMBER_COLUMNS.map(holds);
  return {
    where: [...names, ...numbers].join(' OR '),
    params: [...names.map(() => likePattern(q)), ...numbers.map(() => likePattern(digitsOf(q) || q))],
  };
};

const found = (row: Record<string, unknown>): FoundContact => ({
  ...cardOf(row),
  userId: typeof row.user_id === 'string' && row.user_id !== '' ? row.user_id : null,
  conversation:
    row.conversation_id === null
      ? null
      : {
          id: Number(row.conversation_id),
          lastInboundAt: numberOrNull(row.last_inbound_at),
          refusedAt: numberOrNull(row.window_refused_at),
          blocked: row.blocked_at !== null,
        },
});

/** People whom one of our numbers could write to, those talked to last on it first; groups are no people. */
export const searchContacts = async (
  db: Database,
  scope: Scope,
  { integrationId, q, also, limit }: ContactSearch,
): Promise<FoundContact[]> => {
  const [contacts, conversations] = [db.name(TABLES.contacts), db.name(TABLES.conversations)];
  const seen = seenContacts(db, scope);
  const own = scope.assignedTo === undefined ? '' : ' AND v.assignee_id = ?';
  const match = q === '' ? null : matching(db, scope, q);
  const rows = await db.all(
    `SELECT c.*, v.id AS conversation_id, v.last_inbound_at, v.window_refused_at, v.blocked_at ` +
      `FROM ${contacts} c LEFT JOIN ${conversations} v ON v.contact_id = c.id AND v.integration_id = ?${own} ` +
      `WHERE c.id IN (SELECT id FROM ${contacts} WHERE ${seen.where}) AND coalesce(c.group_id, '') = ''` +
      (match ? ` AND (c.id = ? OR ${match.where})` : '') +
      ` ORDER BY CASE WHEN c.id = ? THEN 0 ELSE 1 END, coalesce(v.last_message_at, 0) DESC, c.id DESC LIMIT ${limit}`,
    [
      integrationId,
      ...(scope.assignedTo === undefined ? [] : [scope.assignedTo]),
      ...seen.params,
      ...(match ? [also ?? 0, ...match.params] : []),
      also ?? 0,
    ],
  );
  return rows.map(found);
};
