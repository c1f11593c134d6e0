import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

export const contactAdminRoutes = [
  adminRoute('GET', '/contacts/:id/phone', 'adminContact.phone', ACTIONS.revealPhones),
];
