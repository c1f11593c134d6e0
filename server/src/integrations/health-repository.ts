import { TABLES } from '../constants';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';
import type { NumberReading } from './health-rule';
import { textOrNull } from './row';

interface Connection {
  status: string;
  message: string | null;
  problem: string | null;
}

/**
 * What a reading makes of the connection. It proves the token; it stops or resumes the number; what Meta said of the whole
 * account stays until Meta takes it back.
 */
const connectionAfter = (before: Connection, { stopped, numberStatus }: NumberReading): Connection => {
  if (before.problem === 'account') return before;
  if (stopped !== null) return { status: 'error', message: stopped, problem: 'number' };
  // An answer without a status does not end what an answer with one began.
  if (before.problem === 'number' && numberStatus === null) return before;
  return { status: 'verified', message: null, problem: null };
};

const visible = (row: Record<string, unknown>): string =>
  JSON.stringify(
    ['number_status', 'quality_rating', 'messaging_limit', 'throughput', 'name_status'].map((column) =>
      textOrNull(row[column]),
    ),
  );

export const createHealthRows = (db: Database) => {
  const table = db.name(TABLES.integrations);

  const announce = (tx: Tx, row: Record<string, unknown>, now: number): Promise<unknown> =>
    appendChanges(
      db,
      tx,
      [
        {
          kind: 'integration.updated',
          organizationId: Number(row.organization_id),
          integrationId: Number(row.id),
          conversationId: null,
          messageId: null,
        },
      ],
      now,
    );

  return {
    /** Numbers whose reading is due: never read ones first. */
    async due(now: number, limit: number): Promise<{ id: number; dueAt: number }[]> {
      const rows = await db.all(
        `SELECT id, COALESCE(health_due_at, 0) AS due FROM ${table} WHERE phone_number_id IS NOT NULL AND COALESCE(health_due_at, 0) <= ? ORDER BY due, id LIMIT ${limit}`,
        [now],
      );
      return rows.map((row) => ({ id: Number(row.id), dueAt: Number(row.due) }));
    },
    /** True for the one process that gets to read it. */
    claim(id: number, dueAt: number, next: number): Promise<boolean> {
      return db.transaction(
        async (tx) =>
          (await tx.run(
            `UPDATE ${table} SET health_due_at = ? WHERE id = ? AND COALESCE(health_due_at, 0) = ?`,
            [next, id, dueAt],
          )) > 0,
      );
    },
    /** Answers whether anything that people or lanes look at changed. */
    store(id: number, reading: NumberReading, now: number, nextAt: number): Promise<boolean> {
      return db.transaction(async (tx) => {
        const lock = db.dialect === 'sqlite' ? '' : ' FOR UPDATE';
        const [row] = await tx.all(`SELECT * FROM ${table} WHERE id = ?${lock}`, [id]);
        if (!row) return false;
        const before: Connection = {
          status: String(row.connection_status),
          message: textOrNull(row.connection_message),
          problem: textOrNull(row.connection_problem),
        };
        const after = connectionAfter(before, reading);
        await tx.run(
          `UPDATE ${table} SET number_status = COALESCE(?, number_status), quality_rating = COALESCE(?, quality_rating), ` +
            `messaging_limit = COALESCE(?, messaging_limit), throughput = COALESCE(?, throughput), name_status = COALESCE(?, name_status), ` +
            `health_checked_at = ?, health_due_at = ?, connection_status = ?, connection_message = ?, connection_problem = ? WHERE id = ?`,
          [
            reading.numberStatus,
            reading.qualityRating,
            reading.messagingLimit,
            reading.throughput,
            reading.nameStatus,
            now,
            nextAt,
            after.status,
            after.message,
            after.problem,
            id,
          ],
        );
        if (reading.coexistence !== null) {
          await tx.run(
            `UPDATE ${table} SET coexistence = ${reading.coexistence ? 'TRUE' : 'FALSE'} WHERE id = ?`,
            [id],
          );
        }
        const [fresh] = await tx.all(`SELECT * FROM ${table} WHERE id = ?`, [id]);
        const same = visible(fresh) === visible(row) && JSON.stringify(before) === JSON.stringify(after);
        if (!same) await announce(tx, row, now);
        return !same;
      });
    },
  };
};
