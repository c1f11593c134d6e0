import { isBsuid, metaDigits } from '../cloud-api/identity-format';
import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { documentId } from '../storage/ids';
import { datetime } from '../storage/dialect';
import { isUniqueViolation } from '../storage/db-errors';

/**
 * Meta answers a send with its own spelling of the number and the BSUID. Kept as names of the contact, so that an answer
 * which arrives under either finds the thread; a name that belongs to somebody else stays with him.
 */
export const learnPair = async (
  db: Database,
  at: { organizationId: number; contactId: number },
  pair: { waId: string | null; userId: string | null },
  now: number,
): Promise<void> => {
  const waId = pair.waId === null ? null : metaDigits(pair.waId);
  const userId = isBsuid(pair.userId) ? pair.userId : null;
  const names = [
    { kind: 'wa', value: waId, column: 'wa_id' },
    { kind: 'bsuid', value: userId, column: 'user_id' },
  ].filter((name): name is { kind: string; value: string; column: string } => name.value !== null);
  const aliases = db.name(TABLES.aliases);
  for (const { kind, value, column } of names) {
    const [owner] = await db.all(
      `SELECT contact_id FROM ${aliases} WHERE organization_id = ? AND kind = ? AND value = ?`,
      [at.organizationId, kind, value],
    );
    if (owner && Number(owner.contact_id) !== at.contactId) continue;
    const write = () =>
      db.transaction(async (tx) => {
        if (!owner) {
          const stamp = datetime(db.dialect, now);
          await tx.run(
            `INSERT INTO ${aliases} (document_id, organization_id, contact_id, kind, value, created_at, updated_at, published_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
            [documentId(), at.organizationId, at.contactId, kind, value, stamp, stamp, stamp],
          );
        }
        await tx.run(
          `UPDATE ${db.name(TABLES.contacts)} SET ${column} = ? WHERE id = ? AND ${column} IS NULL`,
          [value, at.contactId],
        );
      });
    await write().catch((error: unknown) => {
      // The person wrote in this moment, and ingest was faster.
      if (!isUniqueViolation(error)) throw error;
    });
  }
};
