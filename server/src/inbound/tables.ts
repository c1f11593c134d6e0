import { TABLES } from '../constants';
import {
  text,
  word,
  requiredWord,
  number,
  requiredInstant,
  json,
  type RawTable,
} from '../storage/table-parts';

export const inboundTables: RawTable[] = [
  {
    name: 'parked-status',
    tableName: TABLES.parkedStatuses,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      wamid: requiredWord,
      kind: word,
      /** The event as JSON; applied when its message turns up, dropped after a week. */
      event: text,
      receivedAt: requiredInstant,
    },
    indexes: [
      { name: 'wa_parked_wamid_idx', columns: ['integration_id', 'wamid'] },
      { name: 'wa_parked_recent_idx', columns: ['received_at', 'id'] },
      { name: 'wa_parked_kind_idx', columns: ['kind', 'received_at'] },
    ],
  },
  {
    name: 'user-action',
    tableName: TABLES.userActions,
    attributes: {
      organizationId: { ...number, column: { notNullable: true } },
      integrationId: { ...number, column: { notNullable: true } },
      /** Meta's own word, e.g. `marketing_messages_link_click`. */
      action: requiredWord,
      trackingToken: word,
      clickId: word,
      at: requiredInstant,
      /** Digest of the element: told twice, it is stored once. */
      digest: requiredWord,
      raw: json,
    },
    indexes: [
      { name: 'wa_user_action_uq', columns: ['integration_id', 'digest'], type: 'unique' },
      { name: 'wa_user_action_token_idx', columns: ['organization_id', 'tracking_token'] },
    ],
  },
];
