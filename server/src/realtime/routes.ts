import { adminRoute } from '../http/routes';
import { INBOX_ACTIONS } from '../permissions';

export const streamRoutes = [adminRoute('GET', '/stream', 'stream.open', INBOX_ACTIONS)];
