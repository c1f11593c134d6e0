import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { Tx } from '../storage/transaction';

/**
 * A status proved that an unanswered send had arrived: its outbox row has nothing left to do and the bubble nothing to
 * warn of. Called after the status itself was merged, so that Meta's own reason for a failure stays.
 */
export const settleUnknown = async (db: Database, tx: Tx, messageIds: number[]): Promise<void> => {
  if (messageIds.length === 0) return;
  const marks = messageIds.map(() => '?').join(', ');
  await tx.run(
    `UPDATE ${db.name(TABLES.messages)} SET error = NULL WHERE failed_at IS NULL AND id IN (${marks})`,
    messageIds,
  );
  await tx.run(
    `DELETE FROM ${db.name(TABLES.outbox)} WHERE state = 'unknown' AND message_id IN (${marks})`,
    messageIds,
  );
};
