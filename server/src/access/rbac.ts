import { PLUGIN_ID } from '../constants';
import { ACTIONS, type Action } from '../permissions';

interface Group {
  /** Tab of the role editor. */
  section: 'plugins' | 'settings';
  subCategory: string;
  /** What each action is called there. */
  actions: [Action, string][];
}

/** What an admin can grant in the role editor. Super admins have all of it from the start. */
const GROUPS: Group[] = [
  {
    section: 'plugins',
    subCategory: 'Inbox',
    actions: [
      [ACTIONS.readInbox, 'Read all conversations'],
      [ACTIONS.readAssigned, 'Read conversations assigned to oneself'],
      [ACTIONS.sendMessages, 'Reply'],
      [ACTIONS.startConversations, 'Start conversations'],
      [ACTIONS.sendTemplates, 'Send templates'],
      [ACTIONS.assignConversations, 'Assign conversations'],
    ],
  },
  {
    section: 'plugins',
    subCategory: 'Contacts',
    actions: [
      [ACTIONS.editContacts, 'Edit contacts'],
      [ACTIONS.editConsent, 'Record consent and objection'],
      [ACTIONS.revealPhones, 'See full phone numbers'],
      [ACTIONS.exportData, 'Export'],
    ],
  },
  {
    section: 'plugins',
    subCategory: 'Templates',
    actions: [
      [ACTIONS.manageTemplates, 'Manage templates'],
      [ACTIONS.approveTemplates, 'Approve drafts of templates'],
    ],
  },
  { section: 'plugins', subCategory: 'Simulator', actions: [[ACTIONS.useSimulator, 'Play the customer']] },
  {
    section: 'settings',
    subCategory: 'Numbers',
    actions: [
      [ACTIONS.readIntegrations, 'See numbers'],
      [ACTIONS.manageIntegrations, 'Connect, edit, switch off and delete numbers'],
      [ACTIONS.runDoctor, 'Run the Doctor'],
    ],
  },
  {
    section: 'settings',
    subCategory: 'Access',
    actions: [
      [ACTIONS.manageOrganizations, 'Manage organizations and their members'],
      [ACTIONS.manageApiAccess, 'Bind API tokens to organizations'],
      [ACTIONS.manageEncryption, 'Seal secrets with a new key'],
    ],
  },
  {
    section: 'settings',
    subCategory: 'Logs',
    actions: [
      [ACTIONS.readAudit, 'Read the audit trail'],
      [ACTIONS.readWebhookLog, 'Read the webhook log'],
      [ACTIONS.replayWebhooks, 'Replay webhooks'],
      [ACTIONS.manageDebug, 'Switch debug mode on and off'],
    ],
  },
];

const PREFIX = `plugin::${PLUGIN_ID}.`;

/** As Strapi's action provider takes them. */
export const rbacActions = () =>
  GROUPS.flatMap(({ section, subCategory, actions }) =>
    actions.map(([action, displayName]) => ({
      section,
      ...(section === 'settings' ? { category: PLUGIN_ID } : {}),
      subCategory,
      pluginName: PLUGIN_ID,
      uid: action.slice(PREFIX.length),
      displayName,
    })),
  );
