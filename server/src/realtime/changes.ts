import { TABLES } from '../constants';
import type { Database } from '../storage/database';
import type { RowShape } from '../storage/dialect';
import { insertRows } from '../storage/insert';
import type { Tx } from '../storage/transaction';
import type { ChangeKind } from './contract';

export interface NewChange {
  organizationId: number;
  integrationId: number | null;
  conversationId: number | null;
  messageId: number | null;
  kind: ChangeKind;
  /** Who had the conversation until this change: a person who sees only his own hears of it one last time. */
  formerAssigneeId?: number | null;
}

const SHAPE: RowShape = {
  organization_id: 'int',
  integration_id: 'int',
  conversation_id: 'int',
  message_id: 'int',
  kind: 'text',
  at: 'int',
};

/** Appends to the change feed, in the transaction of the change itself: what is seen on screen is what is stored. */
export const appendChanges = (db: Database, tx: Tx, changes: NewChange[], now: number): Promise<unknown> => {
  const rows = changes.map((c) => [
    c.organizationId,
    c.integrationId,
    c.conversationId,
    c.messageId,
    c.kind,
    now,
  ]);
  // The webhook's changes are many and never have one.
  if (changes.every((c) => !c.formerAssigneeId)) {
    return insertRows(db, tx, { table: TABLES.changes, shape: SHAPE, rows });
  }
  return insertRows(db, tx, {
    table: TABLES.changes,
    shape: { ...SHAPE, former_assignee_id: 'int' },
    rows: rows.map((row, index) => [...row, changes[index].formerAssigneeId ?? null]),
  });
};
