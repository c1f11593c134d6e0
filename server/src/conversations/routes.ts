import { adminRoute, contentRoute } from '../http/routes';
import { conversationAnswer, conversationListAnswer, idParam } from '../http/schemas';
import { ACTIONS } from '../permissions';
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
  adminRoute('GET', '/overview', 'adminConversation.overview', ACTIONS.readInbox),
  adminRoute('GET', '/conversations', 'adminConversation.find', ACTIONS.readInbox),
  adminRoute('GET', '/conversations/:id', 'adminConversation.findOne', ACTIONS.readInbox),
  adminRoute('POST', '/conversations/:id/read', 'adminConversation.read', ACTIONS.readInbox),
];
