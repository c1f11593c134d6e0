/**
 * RBAC actions: the one list both sides read. Last segments are unique over the plugin, because Strapi's `useRBAC` builds
 * `canReadInbox` from them and two equal ones would collide.
 */
export const ACTIONS = {
  readInbox: 'plugin::whatsapp.inbox.read-inbox',
  sendMessages: 'plugin::whatsapp.inbox.send-messages',
  readIntegrations: 'plugin::whatsapp.settings.read-integrations',
  manageIntegrations: 'plugin::whatsapp.settings.manage-integrations',
  useSimulator: 'plugin::whatsapp.simulator.use-simulator',
} as const;

export type Action = (typeof ACTIONS)[keyof typeof ACTIONS];
