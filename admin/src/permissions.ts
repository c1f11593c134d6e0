import { ACTIONS, type Action } from '../../server/src/permissions';

/** `Page.Protect` compares subjects strictly: an absent subject locks everyone out, so it is always spelled `null`. */
const permission = (action: Action) => [{ action, subject: null }];

export const PERMISSIONS = {
  readInbox: permission(ACTIONS.readInbox),
  sendMessages: permission(ACTIONS.sendMessages),
  readIntegrations: permission(ACTIONS.readIntegrations),
  manageIntegrations: permission(ACTIONS.manageIntegrations),
  useSimulator: permission(ACTIONS.useSimulator),
};

/** Any of these opens the plugin's pages. */
export const ENTRY_PERMISSIONS = [...PERMISSIONS.readInbox, ...PERMISSIONS.useSimulator];

/** Every action at once, for one `useRBAC` call; a stable array, because the hook re-checks when it changes. */
export const ALL_PERMISSIONS = Object.values(PERMISSIONS).flat();
