import { adminRoute } from '../http/routes';
import { STREAM_ACTIONS } from '../permissions';

export const streamRoutes = [adminRoute('GET', '/stream', 'stream.open', STREAM_ACTIONS)];
