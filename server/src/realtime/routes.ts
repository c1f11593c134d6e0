import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

export const streamRoutes = [adminRoute('GET', '/stream', 'stream.open', ACTIONS.readInbox)];
