import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import type { Tx } from '../storage/transaction';

/** Tells open pages that a number changed; `along` is written in the same transaction. */
export const announceNumber = async (
  db: Database,
  scope: Scope,
  id: number,
  now: number,
  along: (tx: Tx) => Promise<unknown> = async () => undefined,
): Promise<void> => {
  const change = {
    organizationId: scope.organizationId,
    integrationId: id,
    conversationId: null,
    messageId: null,
  };
  await db.transaction(async (tx) => {
    await appendChanges(db, tx, [{ ...change, kind: 'integration.updated' }], now);
    await along(tx);
  });
};
