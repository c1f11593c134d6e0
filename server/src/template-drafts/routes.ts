import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

const { manageTemplates, approveTemplates } = ACTIONS;
const readers = [manageTemplates, approveTemplates];
const one = '/template-drafts/:id';

export const templateDraftRoutes = [
  adminRoute('GET', '/template-drafts', 'templateDraft.find', readers),
  adminRoute('POST', '/template-drafts', 'templateDraft.create', manageTemplates),
  adminRoute('GET', one, 'templateDraft.findOne', readers),
  adminRoute('PUT', one, 'templateDraft.save', manageTemplates),
  adminRoute('DELETE', one, 'templateDraft.remove', manageTemplates),
  adminRoute('POST', `${one}/submit`, 'templateDraft.submit', manageTemplates),
  adminRoute('POST', `${one}/request-review`, 'templateDraft.requestReview', manageTemplates),
  adminRoute('POST', `${one}/approve`, 'templateDraft.approve', approveTemplates),
  adminRoute('POST', `${one}/return`, 'templateDraft.giveBack', approveTemplates),
  adminRoute('POST', `${one}/sample`, 'templateDraft.sample', manageTemplates),
  adminRoute('GET', '/template-library', 'templateDraft.library', manageTemplates),
];
