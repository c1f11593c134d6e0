import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

export const debugRoutes = [
  adminRoute('GET', '/debug', 'debug.find', ACTIONS.manageDebug),
  adminRoute('PUT', '/debug', 'debug.update', ACTIONS.manageDebug),
];
