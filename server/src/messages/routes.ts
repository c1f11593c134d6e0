import { adminRoute, contentRoute } from '../http/routes';
import { idParam, messageAnswer, messageListAnswer, scheduledAnswer } from '../http/schemas';
import { ACTIONS, INBOX_ACTIONS, SEND_ACTIONS } from '../permissions';
import { messageQuery } from './controller';
import { againInput } from './controller';
import { editInput, sendInput } from './send-input';

export const messageContentRoutes = [
  contentRoute('GET', '/conversations/:id/messages', 'message.find', {
    request: { params: { id: idParam }, query: messageQuery.shape },
    response: messageListAnswer,
  }),
  contentRoute('POST', '/messages/send', 'message.send', {
    request: { body: { 'application/json': sendInput } },
    response: messageAnswer,
  }),
  contentRoute('GET', '/conversations/:id/scheduled', 'message.scheduled', {
    request: { params: { id: idParam } },
    response: scheduledAnswer,
  }),
  contentRoute('PUT', '/messages/:id', 'message.edit', {
    request: { params: { id: idParam }, body: { 'application/json': editInput } },
    response: messageAnswer,
  }),
  contentRoute('POST', '/messages/:id/cancel', 'message.cancel', {
    request: { params: { id: idParam } },
    response: messageAnswer,
  }),
  contentRoute('POST', '/messages/:id/send-again', 'message.sendAgain', {
    request: { params: { id: idParam }, body: { 'application/json': againInput } },
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
  adminRoute('POST', '/messages/:id/send-again', 'adminMessage.sendAgain', ACTIONS.sendMessages),
  adminRoute('POST', '/messages/:id/cancel', 'adminMessage.cancel', ACTIONS.sendMessages),
  adminRoute('PUT', '/messages/:id', 'adminMessage.edit', ACTIONS.sendMessages),
  adminRoute('GET', '/conversations/:id/scheduled', 'adminMessage.scheduled', INBOX_ACTIONS),
];
