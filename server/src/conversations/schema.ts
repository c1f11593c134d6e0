import { UIDS } from '../constants';
import { belongsTo, hiddenCollection, instant } from '../storage/schema-parts';

/** One contact on one number. Counts and "last" columns are maintained with each insert, never computed on read. */
export const conversationSchema = {
  ...hiddenCollection(),
  collectionName: 'whatsapp_conversations',
  info: {
    singularName: 'conversation',
    pluralName: 'conversations',
    displayName: 'WhatsApp conversation',
  },
  attributes: {
    organization: belongsTo(UIDS.organization),
    integration: belongsTo(UIDS.integration),
    contact: belongsTo(UIDS.contact),
    assignee: belongsTo('admin::user'),
    state: { type: 'string', default: 'open', column: { notNullable: true, defaultTo: 'open' } },
    unreadCount: { type: 'integer', default: 0, column: { notNullable: true, defaultTo: 0 } },
    /** Anchor of the 24-hour window: the newest inbound message's own time; it only grows. */
    lastInboundAt: instant(),
    /** Meta said 131047: the window is closed whatever the anchor says, until the person writes again. */
    windowRefusedAt: instant(),
    /** Since when the person is on this number's block list at Meta. */
    blockedAt: instant(),
    /** The newest message of the person that was reported as read, so that each is reported once. */
    receiptWamid: { type: 'string' },
    /** document_id of the newest message: known before the row is inserted, so one statement serves. */
    lastMessageKey: { type: 'string' },
    lastMessageAt: { ...instant(), column: { notNullable: true, defaultTo: 0 } },
    tags: { type: 'json' },
  },
  indexes: [
    { name: 'wa_conv_pair_uq', columns: ['integration_id', 'contact_id'], type: 'unique' },
    { name: 'wa_conv_recent_idx', columns: ['organization_id', 'last_message_at', 'id'] },
    { name: 'wa_conv_unread_idx', columns: ['organization_id', 'unread_count'] },
  ],
};
