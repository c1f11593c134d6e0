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
    connectionStatus: { type: 'string', default: 'unverified' },
    connectionMessage: { type: 'text' },
    qualityRating: { type: 'string' },
    messagingLimit: { type: 'string' },
    throughput: { type: 'string' },
    accessTokenSealed: { type: 'text', private: true, searchable: false },
    accessTokenLast4: { type: 'string' },
    appSecretSealed: { type: 'text', private: true, searchable: false },
    verifyTokenSealed: { type: 'text', private: true, searchable: false },
    /** Path segment of this number's own webhook address. */
    webhookKey: { type: 'string', column: { unique: true, notNullable: true } },
    lastWebhookAt: instant(),
    disconnectedAt: instant(),
  },
};
