import { ACTIONS, type Action } from '../../server/src/permissions';

interface Permission {
  action: Action;
  /** `Page.Protect` compares subjects strictly: an absent subject locks everyone out, so it is always spelled `null`. */
  subject: null;
}

const permission = (action: Action): Permission[] => [{ action, subject: null }];

/** Each action as the list that Strapi's pages, links and hooks take. */
export const PERMISSIONS = Object.fromEntries(
  Object.entries(ACTIONS).map(([name, action]) => [name, permission(action)]),
) as Record<keyof typeof ACTIONS, Permission[]>;

/** Any of these opens the inbox. */
export const INBOX_PERMISSIONS = [...PERMISSIONS.readInbox, ...PERMISSIONS.readAssigned];

/** Any of these opens the plugin's pages. */
export const ENTRY_PERMISSIONS = [
  ...INBOX_PERMISSIONS,
  ...PERMISSIONS.manageTemplates,
  ...PERMISSIONS.approveTemplates,
  ...PERMISSIONS.useSimulator,
];

/** Any of these opens Settings → WhatsApp → Maintenance. */
export const MAINTENANCE_PERMISSIONS = [...PERMISSIONS.manageEncryption, ...PERMISSIONS.manageDebug];

/** Every action at once, for one `useRBAC` call; a stable array, because the hook re-checks when it changes. */
export const ALL_PERMISSIONS = Object.values(PERMISSIONS).flat();
