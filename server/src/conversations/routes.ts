import { adminRoute, contentRoute } from '../http/routes';
import { conversationAnswer, conversationListAnswer, idParam } from '../http/schemas';
import { ACTIONS, INBOX_ACTIONS } from '../permissions';
import { conversationQuery, readInput } from './controller';

export const conversationContentRoutes = [
  contentRoute('GET', '/conversations', 'conversation.find', {
    request: { query: conversationQuery.shape },
    response: conversationListAnswer,
  }),
  contentRoute('GET', '/conversations/:id', 'conversation.findOne', {
    request: { params: { id: idParam } },
    response: conversationAnswer,
  }),
  contentRoute('POST', '/conversations/:id/read', 'conversation.read', {
    request: { params: { id: idParam }, body: { 'application/json': readInput } },
    response: conversationAnswer,
  }),
];

export const conversationAdminRoutes = [
  adminRoute('GET', '/overview', 'adminConversation.overview', INBOX_ACTIONS),
  adminRoute('GET', '/conversations', 'adminConversation.find', INBOX_ACTIONS),
  adminRoute('GET', '/conversations/:id', 'adminConversation.findOne', INBOX_ACTIONS),
  adminRoute('POST', '/conversations/:id/typing', 'adminConversation.typing', ACTIONS.sendMessages),
  adminRoute('POST', '/conversations/:id/read', 'adminConversation.read', INBOX_ACTIONS),
  adminRoute('POST', '/conversations/:id/assign', 'adminConversation.assign', ACTIONS.assignConversations),
];
