import { TABLES } from '../constants';
import { notFound, WhatsAppError } from '../errors';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';
import { moveOwnerless } from '../templates/leftovers';

export interface NumberOf {
  organizationId: number;
  id: number;
  name: string;
}

/** Connected numbers of these organizations. */
export const numbersOf = async (db: Database, organizationIds: number[]): Promise<NumberOf[]> => {
  const rows = (await db
    .table(TABLES.integrations)
    .whereIn('organization_id', organizationIds)
    .whereNotNull('phone_number_id')
    .orderBy('id')
    .select('id', 'name', 'organization_id')) as Record<string, unknown>[];
  return rows.map((row) => ({
    id: Number(row.id),
    name: String(row.name),
    organizationId: Number(row.organization_id),
  }));
};

export interface Move {
  ids: number[];
  to: number;
  /** Organizations that the caller may take numbers from; a number elsewhere is not found. */
  from: number[];
}

const marks = (list: unknown[]): string => list.map(() => '?').join(', ');

const hasHistory = async (db: Database, tx: Tx, id: number): Promise<boolean> => {
  for (const table of [TABLES.conversations, TABLES.messages]) {
    const sql = `SELECT id FROM ${db.name(table)} WHERE integration_id = ? LIMIT 1`;
    if ((await tx.all(sql, [id])).length > 0) return true;
  }
  return false;
};

/**
 * Brings numbers to another organization, as part of a transaction. What people wrote to a number was written to its
 * organization, so one with conversations stays where it is.
 */
export const moveNumbers = async (
  db: Database,
  tx: Tx,
  { ids, to, from }: Move,
  now: number,
): Promise<void> => {
  if (ids.length === 0) return;
  const table = db.name(TABLES.integrations);
  const lock = db.dialect === 'sqlite' ? '' : ' FOR UPDATE';
  const rows = await tx.all(
    `SELECT id, name, organization_id FROM ${table} WHERE phone_number_id IS NOT NULL AND id IN (${marks(ids)})${lock}`,
    ids,
  );
  const known = rows.filter((row) => from.includes(Number(row.organization_id)));
  if (known.length < new Set(ids).size) throw notFound('Number');
  const moving = known.filter((row) => Number(row.organization_id) !== to);
  for (const row of moving) {
    if (!(await hasHistory(db, tx, Number(row.id)))) continue;
    throw new WhatsAppError(
      'number_has_history',
      `"${String(row.name)}" has conversations and stays in its organization. Disconnect it there and connect it here anew.`,
      { numberId: String(row.id) },
    );
  }
  for (const row of moving) {
    await tx.run(`UPDATE ${table} SET organization_id = ? WHERE id = ?`, [to, Number(row.id)]);
  }
  for (const organizationId of new Set(moving.map((row) => Number(row.organization_id))))
    await moveOwnerless(db, tx, organizationId, to);
  // Both sides look again: one has lost a number, the other has got one.
  const change = { conversationId: null, messageId: null, kind: 'integration.updated' as const };
  const changes = moving.flatMap((row) =>
    [Number(row.organization_id), to].map((organizationId) => ({
      ...change,
      organizationId,
      integrationId: Number(row.id),
    })),
  );
  if (changes.length > 0) await appendChanges(db, tx, changes, now);
};
