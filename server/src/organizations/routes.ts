import { adminRoute } from '../http/routes';
import { ACTIONS, INBOX_ACTIONS } from '../permissions';

const { manageOrganizations, manageApiAccess, assignConversations } = ACTIONS;

export const organizationRoutes = [
  adminRoute('GET', '/me', 'organization.me', Object.values(ACTIONS)),
  adminRoute('GET', '/organizations', 'organization.find', manageOrganizations),
  adminRoute('POST', '/organizations', 'organization.create', manageOrganizations),
  adminRoute('PUT', '/organizations/:id', 'organization.update', manageOrganizations),
  adminRoute('DELETE', '/organizations/:id', 'organization.delete', manageOrganizations),
  adminRoute('GET', '/organizations-people', 'organization.people', manageOrganizations),
  adminRoute('GET', '/assignees', 'organization.assignees', [...INBOX_ACTIONS, assignConversations]),
  adminRoute('GET', '/api-access', 'organization.apiAccess', manageApiAccess),
  adminRoute('PUT', '/api-access/:tokenId', 'organization.bind', manageApiAccess),
];
