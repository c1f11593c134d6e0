import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

export const startRoutes = [adminRoute('POST', '/start/people', 'start.people', ACTIONS.startConversations)];
