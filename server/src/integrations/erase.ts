import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import { classifyDbError } from '../storage/db-errors';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';
import { forgetOwnerless } from '../templates/leftovers';

interface Erasable {
  id: number;
  phoneNumberId: string;
}

const ATTEMPTS = 3;

/** Once more when the database broke a deadlock by ending this one. */
const again = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || classifyDbError(error) !== 'retry') throw error;
    }
  }
};

const erase = async (
  db: Database,
  tx: Tx,
  { organizationId }: Scope,
  { id, phoneNumberId }: Erasable,
): Promise<number[]> => {
  // A drain under way holds one of these rows until it ends; a later one finds the number gone.
  const lock = db.dialect === 'sqlite' ? '' : ' FOR UPDATE';
  const own = 'organization_id = ? AND integration_id = ?';
  const number = `${db.name(TABLES.integrations)} WHERE organization_id = ? AND id = ?`;
  await tx.all(`SELECT id FROM ${number}${lock}`, [organizationId, id]);
  await tx.all(`SELECT id FROM ${db.name(TABLES.conversations)} WHERE ${own}${lock}`, [organizationId, id]);
  const withFile = `${db.name(TABLES.messages)} WHERE ${own} AND media IS NOT NULL`;
  const files = await tx.all(`SELECT id FROM ${withFile}${lock}`, [organizationId, id]);
  const {
    outbox,
    scheduled,
    lanePauses,
    metaFiles,
    parkedStatuses,
    userActions,
    changes,
    messages,
    conversations,
  } = TABLES;
  for (const table of [
    outbox,
    scheduled,
    lanePauses,
    metaFiles,
    parkedStatuses,
    userActions,
    changes,
    messages,
    conversations,
  ]) {
    await tx.run(`DELETE FROM ${db.name(table)} WHERE ${own}`, [organizationId, id]);
  }
  const kept = `${db.name(TABLES.quarantine)} WHERE organization_id = ? AND phone_number_id = ?`;
  await tx.run(`DELETE FROM ${kept}`, [organizationId, phoneNumberId]);
  // Calls about several numbers name none: what they said about this one goes with the rest of their bytes.
  const logged = `${db.name(TABLES.deliveryLog)} SET body = NULL WHERE organization_id = ?`;
  await tx.run(`UPDATE ${logged} AND (integration_id = ? OR integration_id IS NULL)`, [organizationId, id]);
  await tx.run(`DELETE FROM ${number}`, [organizationId, id]);
  await forgetOwnerless(db, tx, organizationId);
  return files.map((row) => Number(row.id));
};

/**
 * Erases a number with all that was said on it, and answers the messages whose files are to be removed. Contacts stay:
 * they may be known through another number.
 */
export const eraseNumber = (db: Database, scope: Scope, number: Erasable): Promise<number[]> =>
  again(() => db.transaction((tx) => erase(db, tx, scope, number)));
