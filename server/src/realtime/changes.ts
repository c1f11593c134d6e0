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
export const appendChanges = (db: Database, tx: Tx, changes: NewChange[], now: number): Promise<unknown> =>
  insertRows(db, tx, {
    table: TABLES.changes,
    shape: SHAPE,
    rows: changes.map((c) => [c.organizationId, c.integrationId, c.conversationId, c.messageId, c.kind, now]),
  });
