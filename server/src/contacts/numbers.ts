import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { ownNumbers } from './mask';

/** Digits of the numbers that the people of these conversations go by, by conversation. */
export const numbersInConversations = async (
  db: Database,
  { organizationId }: Scope,
  conversationIds: number[],
): Promise<Map<number, string[]>> => {
  if (conversationIds.length === 0) return new Map();
  const rows = await db.all(
    `SELECT v.id, c.phone, c.wa_id FROM ${db.name(TABLES.conversations)} v ` +
      `JOIN ${db.name(TABLES.contacts)} c ON c.id = v.contact_id ` +
      `WHERE v.organization_id = ? AND v.id IN (${conversationIds.map(() => '?').join(', ')})`,
    [organizationId, ...conversationIds],
  );
  return new Map(
    rows.map((row) => [Number(row.id), ownNumbers(row.phone as string | null, row.wa_id as string | null)]),
  );
};
