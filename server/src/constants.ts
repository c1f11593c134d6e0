/** Every uid, table, event and header name, once. */
export const PLUGIN_ID = 'whatsapp';

/** Meta's version that calls use unless a number says otherwise; v25.0 stops working on 29 Jul 2028 (Graph changelog). */
export const DEFAULT_GRAPH_VERSION = 'v25.0';
export const DEFAULT_GRAPH_URL = 'https://graph.facebook.com';

/** Header with which the panel, or an unbound full-access API token, names its tenant (REST contract §1). */
export const ORGANIZATION_HEADER = 'x-whatsapp-organization';

/** Fixed by the document, whatever prefix the site's own REST API has. */
export const COMPAT_PREFIX = '/api/v1';
export const COMPAT_WEBHOOK = `${COMPAT_PREFIX}/crm/whatsapp/webhook`;

export const TABLES = {
  organizations: 'whatsapp_organizations',
  members: 'whatsapp_organization_members',
  apiAccess: 'whatsapp_api_access',
  integrations: 'whatsapp_integrations',
  contacts: 'whatsapp_contacts',
  aliases: 'whatsapp_contact_aliases',
  conversations: 'whatsapp_conversations',
  messages: 'whatsapp_messages',
  templates: 'whatsapp_templates',
  templateSettings: 'whatsapp_template_settings',
  templateMarks: 'whatsapp_template_marks',
  templateAccounts: 'whatsapp_template_accounts',
  templateAlerts: 'whatsapp_template_alerts',
  templateAlertMarks: 'whatsapp_template_alert_marks',
  templateAlertsSeen: 'whatsapp_template_alerts_seen',
  templateDrafts: 'whatsapp_template_drafts',
  templateEdits: 'whatsapp_template_edits',
  templateSends: 'whatsapp_template_sends',
  deliveryLog: 'whatsapp_delivery_log',
  quarantine: 'whatsapp_quarantine',
  outbox: 'whatsapp_outbox',
  scheduled: 'whatsapp_scheduled',
  lanePauses: 'whatsapp_lane_pauses',
  openings: 'whatsapp_openings',
  uploads: 'whatsapp_uploads',
  metaFiles: 'whatsapp_meta_files',
  parkedStatuses: 'whatsapp_parked_statuses',
  changes: 'whatsapp_changes',
  jobs: 'whatsapp_jobs',
  processes: 'whatsapp_processes',
  once: 'whatsapp_once',
  auditEntries: 'whatsapp_audit_entries',
  userActions: 'whatsapp_user_actions',
} as const;

export const UIDS = {
  organization: 'plugin::whatsapp.organization',
  integration: 'plugin::whatsapp.integration',
  contact: 'plugin::whatsapp.contact',
  contactAlias: 'plugin::whatsapp.contact-alias',
  conversation: 'plugin::whatsapp.conversation',
  message: 'plugin::whatsapp.message',
} as const;

/** The customer service window: 24 h from the person's last message (Meta, send-messages). */
export const SERVICE_WINDOW_MS = 24 * 60 * 60 * 1000;
