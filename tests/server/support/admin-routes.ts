/** The doors of the panel as the running Strapi has them, and what each is meant to ask for. */
import { ACTIONS, INBOX_ACTIONS, SEND_ACTIONS, type Action } from '../../../server/src/permissions';
import type { Stage } from './stage';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Route {
  method: Method;
  path: string;
  handler: string;
  config?: {
    auth?: false;
    policies?: (string | { name: string; config: { actions: Action[] } })[];
  };
}

export const label = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** Our routes of one door, as they are registered. */
export const routesOf = ({ strapi }: Stage, type: 'admin' | 'content-api'): Route[] => {
  const routers = Object.values(strapi.plugin('whatsapp').routes) as unknown as {
    type: string;
    routes: Route[];
  }[];
  return routers.filter((router) => router.type === type).flatMap(({ routes }) => routes);
};

const {
  assignConversations,
  editContacts,
  manageApiAccess,
  manageEncryption,
  manageIntegrations,
  manageOrganizations,
  manageTemplates,
  approveTemplates,
  readIntegrations,
  readWebhookLog,
  replayWebhooks,
  revealPhones,
  runDoctor,
  sendMessages,
  sendTemplates,
  startConversations,
  useSimulator,
} = ACTIONS;

/** What each route asks for, any one of several; a new route has to be added here on purpose. */
export const NEEDS: Record<string, readonly Action[]> = {
  'GET /me': Object.values(ACTIONS),
  'GET /organizations': [manageOrganizations],
  'POST /organizations': [manageOrganizations],
  'PUT /organizations/:id': [manageOrganizations],
  'DELETE /organizations/:id': [manageOrganizations],
  'GET /organizations-people': [manageOrganizations],
  'GET /assignees': [...INBOX_ACTIONS, assignConversations],
  'GET /api-access': [manageApiAccess],
  'PUT /api-access/:tokenId': [manageApiAccess],
  'GET /contacts/:id/phone': [revealPhones],
  'GET /integrations': [...INBOX_ACTIONS, readIntegrations],
  'GET /integrations/:id': [readIntegrations],
  'POST /integrations': [manageIntegrations],
  'PUT /integrations/:id': [manageIntegrations],
  'DELETE /integrations/:id': [manageIntegrations],
  'GET /integrations/:id/history-counts': [manageIntegrations],
  'POST /integrations/:id/verify-token': [manageIntegrations],
  'POST /integrations/:id/toggle': [manageIntegrations],
  'POST /integrations/:id/reveal-verify-token': [manageIntegrations],
  'POST /integrations/:id/test': [manageIntegrations],
  'POST /integrations/:id/subscribe': [manageIntegrations],
  'POST /integrations/:id/override-callback': [manageIntegrations],
  'POST /integrations/:id/pause': [manageIntegrations],
  'POST /integrations/:id/resume': [manageIntegrations],
  'POST /integrations/:id/health': [manageIntegrations],
  'GET /doctor': [runDoctor],
  'GET /templates': [...INBOX_ACTIONS, manageTemplates, approveTemplates],
  'GET /templates/:id': [...INBOX_ACTIONS, manageTemplates, approveTemplates],
  'GET /template-accounts': [...INBOX_ACTIONS, manageTemplates, approveTemplates],
  'GET /templates/:id/usage': [manageTemplates],
  'GET /templates/:id/analytics': [...INBOX_ACTIONS, manageTemplates, approveTemplates],
  'DELETE /templates/:id': [manageTemplates],
  'POST /templates/:id/unpause': [manageTemplates],
  'GET /template-alerts': [manageTemplates],
  'POST /template-alerts/read': [manageTemplates],
  'GET /template-drafts': [manageTemplates, approveTemplates],
  'POST /template-drafts': [manageTemplates],
  'GET /template-drafts/:id': [manageTemplates, approveTemplates],
  'PUT /template-drafts/:id': [manageTemplates],
  'DELETE /template-drafts/:id': [manageTemplates],
  'POST /template-drafts/:id/submit': [manageTemplates],
  'POST /template-drafts/:id/request-review': [manageTemplates],
  'POST /template-drafts/:id/approve': [approveTemplates],
  'POST /template-drafts/:id/return': [approveTemplates],
  'POST /template-drafts/:id/sample': [manageTemplates],
  'GET /template-library': [manageTemplates],
  'POST /templates/sync': [manageTemplates],
  'POST /templates/:id/preview': [...INBOX_ACTIONS, manageTemplates, approveTemplates],
  'GET /template-picker': [sendTemplates, manageTemplates],
  'PUT /templates/:id/favourite': [sendTemplates, manageTemplates],
  'DELETE /templates/:id/favourite': [sendTemplates, manageTemplates],
  'GET /templates/:id/bindings': [...INBOX_ACTIONS, manageTemplates],
  'PUT /templates/:id/bindings': [manageTemplates],
  'POST /templates/:id/values': [sendTemplates, manageTemplates],
  'GET /templates/:id/access': [manageTemplates],
  'PUT /templates/:id/access': [manageTemplates],
  'POST /templates/:id/test': [sendTemplates],
  'GET /test-contacts': [sendTemplates, manageTemplates],
  'PUT /test-contacts/:contactId': [sendTemplates],
  'DELETE /test-contacts/:contactId': [sendTemplates],
  'GET /template-fields': [sendTemplates, manageTemplates, editContacts],
  'GET /template-entries': [sendTemplates, manageTemplates, editContacts],
  'GET /contacts/:id/link': INBOX_ACTIONS,
  'PUT /contacts/:id/link': [editContacts],
  'DELETE /contacts/:id/link': [editContacts],
  'POST /start/people': [startConversations],
  'GET /encryption': [manageEncryption],
  'POST /encryption/reseal': [manageEncryption],
  'GET /webhook-log': [readWebhookLog],
  'GET /webhook-log/export': [readWebhookLog],
  'GET /webhook-log/:id': [readWebhookLog],
  'POST /webhook-log/:id/replay': [replayWebhooks],
  'GET /audit': [ACTIONS.readAudit],
  'GET /audit/export': [ACTIONS.readAudit, ACTIONS.exportData],
  'GET /debug': [ACTIONS.manageDebug],
  'PUT /debug': [ACTIONS.manageDebug],
  'GET /overview': INBOX_ACTIONS,
  'GET /conversations': INBOX_ACTIONS,
  'GET /conversations/:id': INBOX_ACTIONS,
  'POST /conversations/:id/read': INBOX_ACTIONS,
  'POST /conversations/:id/assign': [assignConversations],
  'GET /conversations/:id/messages': INBOX_ACTIONS,
  'POST /messages/send': SEND_ACTIONS,
  'GET /messages/:id': INBOX_ACTIONS,
  'POST /messages/:id/retry': [sendMessages],
  'POST /messages/:id/media/retry': INBOX_ACTIONS,
  'POST /messages/:id/send-again': [sendMessages],
  'POST /messages/:id/cancel': [sendMessages],
  'PUT /messages/:id': [sendMessages],
  'GET /conversations/:id/scheduled': INBOX_ACTIONS,
  'POST /conversations/:id/typing': [sendMessages],
  'POST /contacts/:id/block': [editContacts],
  'POST /contacts/:id/unblock': [editContacts],
  'POST /uploads': [sendMessages],
  'POST /uploads/from-library': [sendMessages],
  'GET /stream': [...INBOX_ACTIONS, manageTemplates, approveTemplates],
  'POST /sandbox': [manageIntegrations],
  'GET /simulator': [useSimulator],
  'POST /simulator/customers': [useSimulator],
  'GET /simulator/customers/:customerId/messages': [useSimulator],
  'POST /simulator/customers/:customerId/messages': [useSimulator],
  'POST /simulator/customers/:customerId/read': [useSimulator],
  'GET /simulator/templates': [useSimulator],
  'POST /simulator/templates/:id': [useSimulator],
  'GET /simulator/faults': [useSimulator],
  'PUT /simulator/faults': [useSimulator],
  'DELETE /simulator/faults': [useSimulator],
};

/** Where every one of the rights is needed, not any. */
export const NEEDS_ALL: readonly string[] = ['GET /audit/export'];
