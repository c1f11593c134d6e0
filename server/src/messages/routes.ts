import { adminRoute, contentRoute } from '../http/routes';
import { idParam, messageAnswer, messageListAnswer } from '../http/schemas';
import { ACTIONS, INBOX_ACTIONS, SEND_ACTIONS } from '../permissions';
import { messageQuery } from './controller';
import { sendInput } from './send-input';

export const messageContentRoutes = [
  contentRoute('GET', '/conversations/:id/messages', 'message.find', {
    request: { params: { id: idParam }, query: messageQuery.shape },
    response: messageListAnswer,
  }),
  contentRoute('POST', '/messages/send', 'message.send', {
    request: { body: { 'application/json': sendInput } },
    response: messageAnswer,
  }),
  contentRoute('GET', '/messages/:id', 'message.findOne', {
    request: { params: { id: idParam } },
    response: messageAnswer,
  }),
];

export const messageAdminRoutes = [
  adminRoute('GET', '/conversations/:id/messages', 'adminMessage.find', INBOX_ACTIONS),
  adminRoute('POST', '/messages/send', 'adminMessage.send', SEND_ACTIONS),
  adminRoute('GET', '/messages/:id', 'adminMessage.findOne', INBOX_ACTIONS),
  adminRoute('POST', '/messages/:id/retry', 'adminMessage.retry', ACTIONS.sendMessages),
];
