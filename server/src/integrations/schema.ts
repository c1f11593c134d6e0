import { UIDS } from '../constants';
import { belongsTo, hiddenCollection, instant } from '../storage/schema-parts';

/** A connected WhatsApp Business number. Sealed columns hold AES-256-GCM text and never leave the server. */
export const integrationSchema = {
  ...hiddenCollection(),
  collectionName: 'whatsapp_integrations',
  info: {
    singularName: 'integration',
    pluralName: 'integrations',
    displayName: 'WhatsApp number',
  },
  attributes: {
    organization: belongsTo(UIDS.organization),
    name: { type: 'string', required: true },
    phoneNumber: { type: 'string', required: true },
    /** null once the number was disconnected, so that it can be connected again (here or elsewhere). */
    phoneNumberId: { type: 'string', column: { unique: true } },
    /** The id of a disconnected number: connecting it again continues its history. */
    formerPhoneNumberId: { type: 'string' },
    businessAccountId: { type: 'string', required: true },
    endpointUrl: { type: 'string' },
    apiVersion: { type: 'string' },
    sandbox: { type: 'boolean', default: false },
    active: { type: 'boolean', default: true },
    /** `on_open`, `on_reply` or `never`; empty = `on_open`. */
    readReceipts: { type: 'string' },
    typingIndicator: { type: 'boolean' },
    copyMediaToLibrary: { type: 'boolean' },
    connectionStatus: { type: 'string', default: 'unverified' },
    connectionMessage: { type: 'text' },
    /** `token`, `number` or `account`: why nothing can be sent, and so what ends it. */
    connectionProblem: { type: 'string' },
    qualityRating: { type: 'string' },
    messagingLimit: { type: 'string' },
    throughput: { type: 'string' },
    /** Meta's own word: `CONNECTED`, `BANNED` … */
    numberStatus: { type: 'string' },
    nameStatus: { type: 'string' },
    /** Also used in the phone app: Meta then allows 20 messages a second. */
    coexistence: { type: 'boolean' },
    /** The last few things that Meta told: `[{kind, message, at}]`, newest first. */
    alerts: { type: 'json' },
    healthCheckedAt: instant(),
    healthDueAt: instant(),
    /** Meta's time of the newest event that switched sending off or on: an older one, redelivered, changes nothing. */
    accountEventAt: instant(),
    accessTokenSealed: { type: 'text', private: true, searchable: false },
    accessTokenLast4: { type: 'string' },
    appSecretSealed: { type: 'text', private: true, searchable: false },
    verifyTokenSealed: { type: 'text', private: true, searchable: false },
    /** Path segment of this number's own webhook address. */
    webhookKey: { type: 'string', column: { unique: true, notNullable: true } },
    lastWebhookAt: instant(),
    /** When a customer last wrote, to a few seconds. */
    lastMessageAt: instant(),
    disconnectedAt: instant(),
  },
};
