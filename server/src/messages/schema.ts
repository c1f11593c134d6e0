import { UIDS } from '../constants';
import { belongsTo, hiddenCollection, instant, scopeColumn } from '../storage/schema-parts';

/**
 * One bubble. Delivery state is the maximum of its evidence columns (`acceptedAt` … `failedAt`); `deliveryStatus` keeps
 * that maximum so that lists need not compute it.
 */
export const messageSchema = {
  ...hiddenCollection(),
  collectionName: 'whatsapp_messages',
  info: { singularName: 'message', pluralName: 'messages', displayName: 'WhatsApp message' },
  attributes: {
    organizationId: scopeColumn(),
    integrationId: scopeColumn(),
    conversation: belongsTo(UIDS.conversation),
    direction: { type: 'string', column: { notNullable: true } },
    messageType: { type: 'string', column: { notNullable: true } },
    text: { type: 'text' },
    content: { type: 'json' },
    media: { type: 'json' },
    template: { type: 'json' },
    /** The element exactly as Meta sent it, for re-rendering after an upgrade. */
    raw: { type: 'json', private: true },
    /** What `raw` was read with; older rows are read again. */
    normaliserVersion: { type: 'integer' },
    /** What we send: the element in Meta's naming, and where its file's id goes. */
    outgoing: { type: 'json', private: true },
    /** Until then a `scheduled` message waits. */
    scheduledAt: instant(),
    wamid: { type: 'string' },
    replyToWamid: { type: 'string' },
    clientKey: { type: 'string' },
    /** Travels to Meta as `biz_opaque_callback_data` and comes back in each status; new for each attempt. */
    sendKey: { type: 'string', column: { unique: true } },
    origin: { type: 'string', column: { notNullable: true } },
    /** 1: sent to try a template out, left out of every count; null for all others. */
    isTest: { type: 'integer' },
    authorId: { type: 'integer' },
    authorName: { type: 'string' },
    writtenAt: { ...instant(), column: { notNullable: true } },
    receivedAt: { ...instant(), column: { notNullable: true } },
    deliveryStatus: { type: 'string', column: { notNullable: true } },
    error: { type: 'json' },
    pricing: { type: 'json' },
    acceptedAt: instant(),
    sentAt: instant(),
    deliveredAt: instant(),
    readAt: instant(),
    playedAt: instant(),
    failedAt: instant(),
    contactReaction: { type: 'string' },
    contactReactionAt: instant(),
    businessReaction: { type: 'string' },
    businessReactionAt: instant(),
    editedAt: instant(),
    revokedAt: instant(),
  },
  indexes: [
    { name: 'wa_msg_wamid_uq', columns: ['integration_id', 'wamid'], type: 'unique' },
    { name: 'wa_msg_client_key_uq', columns: ['organization_id', 'client_key'], type: 'unique' },
    { name: 'wa_msg_thread_idx', columns: ['conversation_id', 'written_at', 'id'] },
  ],
};
