import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { createMessageRepository } from './repository';

export type { MessageRow, Outgoing, OutboundMessage } from './repository';

/** What sending may do with messages of a tenant; the rest of the repository stays in this room. */
export const createOutgoing = (db: Database, scope: Scope) => {
  const { findOne, findByClientKey, byWamids, forgetClientKey, insertOutbound, requeue } =
    createMessageRepository(db, scope);
  return { findOne, findByClientKey, byWamids, forgetClientKey, insertOutbound, requeue };
};
