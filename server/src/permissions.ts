/**
 * RBAC actions: the one list both sides read. Last segments are unique over the plugin, because Strapi's `useRBAC` builds
 * `canReadInbox` from them and two equal ones would collide.
 */
export const ACTIONS = {
  readInbox: 'plugin::whatsapp.inbox.read-inbox',
  readAssigned: 'plugin::whatsapp.inbox.read-assigned',
  sendMessages: 'plugin::whatsapp.inbox.send-messages',
  startConversations: 'plugin::whatsapp.inbox.start-conversations',
  sendTemplates: 'plugin::whatsapp.inbox.send-templates',
  assignConversations: 'plugin::whatsapp.inbox.assign-conversations',
  editContacts: 'plugin::whatsapp.contacts.edit-contacts',
  editConsent: 'plugin::whatsapp.contacts.edit-consent',
  revealPhones: 'plugin::whatsapp.contacts.reveal-phones',
  exportData: 'plugin::whatsapp.contacts.export-data',
  manageTemplates: 'plugin::whatsapp.templates.manage-templates',
  approveTemplates: 'plugin::whatsapp.templates.approve-templates',
  readIntegrations: 'plugin::whatsapp.settings.read-integrations',
  manageIntegrations: 'plugin::whatsapp.settings.manage-integrations',
  runDoctor: 'plugin::whatsapp.settings.run-doctor',
  manageOrganizations: 'plugin::whatsapp.settings.manage-organizations',
  manageApiAccess: 'plugin::whatsapp.settings.manage-api-access',
  manageEncryption: 'plugin::whatsapp.settings.manage-encryption',
  readAudit: 'plugin::whatsapp.settings.read-audit',
  readWebhookLog: 'plugin::whatsapp.settings.read-webhook-log',
  replayWebhooks: 'plugin::whatsapp.settings.replay-webhooks',
  manageDebug: 'plugin::whatsapp.settings.manage-debug',
  useSimulator: 'plugin::whatsapp.simulator.use-simulator',
} as const;

export type Action = (typeof ACTIONS)[keyof typeof ACTIONS];

/** Either of them opens the inbox; with the second alone only what is assigned to the person is there. */
export const INBOX_ACTIONS = [ACTIONS.readInbox, ACTIONS.readAssigned] as const;

/** Whoever has none of the inbox hears of templates alone. */
export const STREAM_ACTIONS = [...INBOX_ACTIONS, ACTIONS.manageTemplates, ACTIONS.approveTemplates] as const;

/** Either of them opens the send door; which one a message needs is decided once its addressee is known. */
export const SEND_ACTIONS = [
  ACTIONS.sendMessages,
  ACTIONS.startConversations,
  ACTIONS.sendTemplates,
] as const;
