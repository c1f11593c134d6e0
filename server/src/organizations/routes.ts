import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

export const organizationRoutes = [adminRoute('GET', '/me', 'organization.me', Object.values(ACTIONS))];
