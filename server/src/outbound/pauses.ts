import { TABLES } from '../constants';
import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';
import type { Stop } from './stops';

export interface Pause {
  integrationId: number;
  scope: 'all' | 'bulk';
  /** Meta's code as text, or `manual`. */
  code: string;
  reason: string;
  /** ms */
  since: number;
  until: number;
}

const toPause = (row: Record<string, unknown>): Pause => ({
  integrationId: Number(row.integration_id),
  scope: row.scope as Pause['scope'],
  code: String(row.code),
  reason: String(row.reason),
  since: Number(row.since),
  until: Number(row.until),
});

/** Why a number's lane rests: in the database, so that every process knows it and a restart forgets nothing. */
export const createPauses = (db: Database, now: () => number) => {
  const table = db.name(TABLES.lanePauses);

  const told = (organizationId: number, integrationId: number) =>
    ({
      kind: 'integration.updated',
      organizationId,
      integrationId,
      conversationId: null,
      messageId: null,
    }) as const;

  return {
    async of(integrationId: number): Promise<Pause[]> {
      const rows = await db.all(`SELECT * FROM ${table} WHERE integration_id = ? AND until > ?`, [
        integrationId,
        now(),
      ]);
      return rows.map(toPause);
    },
    async within(organizationId: number): Promise<Pause[]> {
      const rows = await db.all(`SELECT * FROM ${table} WHERE organization_id = ? AND until > ?`, [
        organizationId,
        now(),
      ]);
      return rows.map(toPause);
    },
    async pause(at: { organizationId: number; integrationId: number }, stop: Stop): Promise<void> {
      const { organizationId, integrationId } = at;
      const write = () =>
        db.transaction(async (tx) => {
          // What an admin paused stays so when a send that was under way meets a shorter wall.
          const replaced = stop.code === 'manual' ? '' : ` AND (code <> 'manual' OR until <= ?)`;
          await tx.run(`DELETE FROM ${table} WHERE integration_id = ? AND scope = ?${replaced}`, [
            integrationId,
            stop.scope,
            ...(replaced ? [now() + stop.forMs] : []),
          ]);
          await tx.run(
            `INSERT INTO ${table} (organization_id, integration_id, scope, code, reason, since, until) VALUES (?, ?, ?, ?, ?, ?, ?)`,
            [organizationId, integrationId, stop.scope, stop.code, stop.reason, now(), now() + stop.forMs],
          );
          await appendChanges(db, tx, [told(organizationId, integrationId)], now());
        });
      await write().catch((error: unknown) => {
        // Forty sends meet the same wall at once; one of them has written it down.
        if (!isUniqueViolation(error)) throw error;
      });
    },
    async resume(at: { organizationId: number; integrationId: number }): Promise<boolean> {
      return db.transaction(async (tx) => {
        const gone = await tx.run(`DELETE FROM ${table} WHERE integration_id = ?`, [at.integrationId]);
        if (gone > 0) await appendChanges(db, tx, [told(at.organizationId, at.integrationId)], now());
        return gone > 0;
      });
    },
  };
};

export type Pauses = ReturnType<typeof createPauses>;
