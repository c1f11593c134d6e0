import { adminRoute } from '../http/routes';
import { ACTIONS, INBOX_ACTIONS } from '../permissions';

const { sendTemplates, manageTemplates, editContacts } = ACTIONS;
const readers = [...INBOX_ACTIONS, manageTemplates];
const users = [sendTemplates, manageTemplates];

export const templateUseRoutes = [
  adminRoute('GET', '/template-picker', 'templateUse.picker', users),
  adminRoute('PUT', '/templates/:id/favourite', 'templateUse.addFavourite', users),
  adminRoute('DELETE', '/templates/:id/favourite', 'templateUse.removeFavourite', users),
  adminRoute('GET', '/templates/:id/bindings', 'templateUse.getBindings', readers),
  adminRoute('PUT', '/templates/:id/bindings', 'templateUse.saveBindings', manageTemplates),
  adminRoute('POST', '/templates/:id/values', 'templateUse.values', users),
  adminRoute('GET', '/templates/:id/access', 'templateUse.getAccess', manageTemplates),
  adminRoute('PUT', '/templates/:id/access', 'templateUse.saveAccess', manageTemplates),
  adminRoute('POST', '/templates/:id/test', 'templateUse.test', sendTemplates),
  adminRoute('GET', '/test-contacts', 'templateUse.testContacts', users),
  adminRoute('PUT', '/test-contacts/:contactId', 'templateUse.addTestContact', sendTemplates),
  adminRoute('DELETE', '/test-contacts/:contactId', 'templateUse.removeTestContact', sendTemplates),
  adminRoute('GET', '/template-fields', 'templateUse.fields', [...users, editContacts]),
  adminRoute('GET', '/template-entries', 'templateUse.entries', [...users, editContacts]),
  adminRoute('GET', '/contacts/:id/link', 'templateUse.linked', INBOX_ACTIONS),
  adminRoute('PUT', '/contacts/:id/link', 'templateUse.link', editContacts),
  adminRoute('DELETE', '/contacts/:id/link', 'templateUse.unlink', editContacts),
];
