import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { isUniqueViolation } from '../storage/db-errors';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whom an account wrote to outside a window within the last 24 hours. Meta's messaging limit counts these people, each
 * once, in a window that rolls (not a calendar day), for all numbers of the portfolio; the account is the nearest to it
 * that we know.
 */
export const createOpenings = (db: Database, now: () => number) => {
  const table = db.name(TABLES.openings);

  return {
    /** When there is room for one more person, ms; null = now. Somebody who was counted already takes no room. */
    async freesAt(account: string, contactId: number | null, limit: number): Promise<number | null> {
      const since = now() - DAY_MS;
      if (contactId !== null) {
        const [mine] = await db.all(
          `SELECT id FROM ${table} WHERE account = ? AND contact_id = ? AND at > ?`,
          [account, contactId, since],
        );
        if (mine) return null;
      }
      const [row] = await db.all(`SELECT count(*) AS n FROM ${table} WHERE account = ? AND at > ?`, [
        account,
        since,
      ]);
      const over = Number(row?.n ?? 0) - limit;
      if (over < 0) return null;
      const [oldest] = await db.all(
        `SELECT at FROM ${table} WHERE account = ? AND at > ? ORDER BY at LIMIT 1 OFFSET ${over}`,
        [account, since],
      );
      return oldest ? Number(oldest.at) + DAY_MS : null;
    },
    /** Meta took a message that opens a conversation. Within a day the first one counts. */
    async note(organizationId: number, account: string, contactId: number): Promise<void> {
      const since = now() - DAY_MS;
      const write = () =>
        db.transaction(async (tx) => {
          const [known] = await tx.all(`SELECT at FROM ${table} WHERE account = ? AND contact_id = ?`, [
            account,
            contactId,
          ]);
          if (known && Number(known.at) > since) return;
          await tx.run(`DELETE FROM ${table} WHERE account = ? AND contact_id = ?`, [account, contactId]);
          await tx.run(
            `INSERT INTO ${table} (organization_id, account, contact_id, at) VALUES (?, ?, ?, ?)`,
            [organizationId, account, contactId, now()],
          );
        });
      await write().catch((error: unknown) => {
        // Another process counted the same person in this moment.
        if (!isUniqueViolation(error)) throw error;
      });
    },
    async dropOld(): Promise<void> {
      await db.all(`DELETE FROM ${table} WHERE at < ?`, [now() - DAY_MS]);
    },
  };
};
