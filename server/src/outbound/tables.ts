import { TABLES } from '../constants';
import {
  text,
  word,
  requiredWord,
  number,
  instant,
  requiredInstant,
  type RawTable,
} from '../storage/table-parts';

export const outboundTables: RawTable[] = [
  {
    name: 'outbox',
    tableName: TABLES.outbox,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      conversationId: { ...number, column: { notNullable: true } },
      messageId: { ...number, column: { notNullable: true, unique: true } },
      /** 1 people, 2 automation, 3 campaigns. */
      priority: { ...number, column: { notNullable: true } },
      /** `queued`, `in_flight` (committed before the first byte leaves), `unknown`. Settled rows are deleted. */
      state: requiredWord,
      notBefore: requiredInstant,
      attempts: { ...number, column: { notNullable: true } },
      /** 1: waits for its template; what was written after it does not wait along. */
      held: number,
      lockedBy: word,
      lockedAt: instant,
    },
    indexes: [
      { name: 'wa_outbox_due_idx', columns: ['integration_id', 'state', 'priority', 'id'] },
      { name: 'wa_outbox_conv_idx', columns: ['conversation_id', 'id'] },
    ],
  },
  {
    name: 'scheduled',
    tableName: TABLES.scheduled,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      conversationId: { ...number, column: { notNullable: true } },
      messageId: { ...number, column: { notNullable: true, unique: true } },
      dueAt: requiredInstant,
      /** Newest message of the person at the time of scheduling; null: goes whatever the person writes. */
      cancelAfterId: number,
    },
    indexes: [
      { name: 'wa_scheduled_due_idx', columns: ['due_at'] },
      { name: 'wa_scheduled_cancel_idx', columns: ['cancel_after_id'] },
    ],
  },
  {
    name: 'lane-pause',
    tableName: TABLES.lanePauses,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      /** `all`, or `bulk`: people's own answers still go. */
      scope: requiredWord,
      /** Meta's code as text, or `manual`. */
      code: requiredWord,
      reason: text,
      since: requiredInstant,
      until: requiredInstant,
    },
    indexes: [{ name: 'wa_lane_pause_uq', columns: ['integration_id', 'scope'], type: 'unique' }],
  },
  {
    /** Whom we wrote to outside a window within the last day: Meta's messaging limit counts these people. */
    name: 'opening',
    tableName: TABLES.openings,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      account: requiredWord,
      contactId: { ...number, column: { notNullable: true } },
      at: requiredInstant,
    },
    indexes: [
      { name: 'wa_opening_uq', columns: ['account', 'contact_id'], type: 'unique' },
      { name: 'wa_opening_recent_idx', columns: ['account', 'at'] },
    ],
  },
];
