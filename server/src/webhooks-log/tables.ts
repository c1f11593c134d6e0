import { TABLES } from '../constants';
import {
  text,
  word,
  requiredWord,
  number,
  instant,
  requiredInstant,
  json,
  type RawTable,
} from '../storage/table-parts';

export const webhooksLogTables: RawTable[] = [
  {
    name: 'delivery-log',
    tableName: TABLES.deliveryLog,
    attributes: {
      organizationId: number,
      receivedAt: requiredInstant,
      /** `applied`, `partly` (something was quarantined), `ignored` (understood, nothing to do), `not_understood`. */
      outcome: requiredWord,
      webhookKey: word,
      bytes: number,
      events: number,
      /** Counts per kind; never text, numbers or tokens. */
      summary: json,
      /** The exact bytes, sealed; emptied after `webhook.keepPayloadDays`. */
      body: text,
      path: word,
      /** The number that it is about; null for none or several. */
      integrationId: number,
      /** Why something of it is in quarantine. */
      error: word,
      /** Ties quarantined events to their call. */
      ref: word,
      /** `,message.received,status.changed,` for the filter. */
      kinds: word,
      durationMs: number,
      /** `missing` or `invalid` on the rows that count rejected calls; null when it was valid. */
      signature: word,
    },
    indexes: [{ name: 'wa_log_recent_idx', columns: ['organization_id', 'received_at', 'id'] }],
  },
  {
    name: 'quarantine',
    tableName: TABLES.quarantine,
    attributes: {
      organizationId: number,
      receivedAt: requiredInstant,
      phoneNumberId: word,
      reason: requiredWord,
      event: text,
      resolvedAt: instant,
      ref: word,
    },
    indexes: [
      { name: 'wa_quarantine_recent_idx', columns: ['organization_id', 'received_at'] },
      { name: 'wa_quarantine_ref_idx', columns: ['ref'] },
    ],
  },
];
