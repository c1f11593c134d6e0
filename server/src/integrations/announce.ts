import { appendChanges } from '../realtime/changes';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';

/** Tells open pages that a number changed. */
export const announceNumber = async (db: Database, scope: Scope, id: number, now: number): Promise<void> => {
  const change = {
    organizationId: scope.organizationId,
    integrationId: id,
    conversationId: null,
    messageId: null,
  };
  await db.transaction((tx) => appendChanges(db, tx, [{ ...change, kind: 'integration.updated' }], now));
};
