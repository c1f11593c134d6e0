import type { MessageEdited, MessageReceived, PhoneAppEcho } from '../cloud-api/events';
import { object } from '../cloud-api/read';
import { TABLES } from '../constants';
import type { DescribeError } from '../messages/batch';
import { ORIGINAL_UNKNOWN } from '../messages/versions';
import { classifyDbError } from '../storage/db-errors';
import type { Database } from '../storage/database';
import { quarantine } from '../webhooks-log/batch';
import { applyUnits } from './apply';
import { forgetParked, unitOf } from './parked';
import type { Unit } from './plan';
import { quarantineOf } from './quarantine';

/** An original that is on its way comes within moments; people can edit for fifteen minutes only. */
const WAIT_MS = 10 * 60 * 1000;
const PAGE = 100;

/** The bubble that an edit makes when nobody has the message that it speaks of. It opens no window. */
const bubbleOf = ({ event, ...unit }: Unit<MessageEdited>): Unit<MessageReceived | PhoneAppEcho> => {
  const { from, sender, targetWamid, groupId = null, ...edit } = event;
  const body = {
    ...edit,
    wamid: targetWamid,
    content: { ...edit.content, [ORIGINAL_UNKNOWN]: true },
    replyTo: null,
    groupId,
    raw: object(object(object(edit.raw)?.edit)?.message) ?? edit.raw,
  };
  return from === 'contact'
    ? { ...unit, event: { ...body, kind: 'message.received', sender, isUtterance: true, opensWindow: false } }
    : { ...unit, event: { ...body, kind: 'message.echoed', recipient: sender } };
};

/**
 * Shows edits of messages that never came (they are older than this installation, or got lost) as messages of their own,
 * marked as edited. What else waits for the same message joins them. Answers how many.
 */
export const showOrphanedEdits = async (
  db: Database,
  describe: DescribeError,
  now: number,
): Promise<number> => {
  const rows = await db.all(
    `SELECT id, organization_id, integration_id, wamid, event, received_at FROM ${db.name(TABLES.parkedStatuses)} ` +
      `WHERE kind = 'message.edited' AND received_at <= ? ORDER BY received_at, id LIMIT ${PAGE}`,
    [now - WAIT_MS],
  );
  const units = rows.map(
    (row) =>
      unitOf({
        id: Number(row.id),
        organizationId: Number(row.organization_id),
        integrationId: Number(row.integration_id),
        wamid: String(row.wamid),
        event: String(row.event),
        receivedAt: Number(row.received_at),
      }) as Unit<MessageEdited>,
  );
  for (const [index, unit] of units.entries()) {
    try {
      await db.transaction((tx) => applyUnits(db, tx, [bubbleOf(unit)], now, describe));
    } catch (error) {
      if (['unavailable', 'retry'].includes(classifyDbError(error))) throw error;
      await db.transaction(async (tx) => {
        await quarantine(db, tx, [quarantineOf(unit, error)]);
        await forgetParked(db, tx, [Number(rows[index].id)]);
      });
    }
  }
  return units.length;
};
