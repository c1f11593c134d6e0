import type { Conversation } from '../../../server/src/conversations/contract';
import type { Integration } from '../../../server/src/integrations/contract';
import type { Message } from '../../../server/src/messages/contract';

const T0 = Date.parse('2026-11-22T09:00:00.000Z');

/** Seconds after 09:00 UTC of the tests' day, as ISO. */
export const at = (seconds: number): string => new Date(T0 + seconds * 1000).toISOString();

export const aMessage = (change: Partial<Message> = {}): Message => ({
  id: '1',
  conversationId: 'c1',
  direction: 'inbound',
  type: 'text',
  text: 'hello',
  status: change.direction === 'outbound' ? 'sent' : 'received',
  statuses: [],
  error: null,
  wamid: 'wamid.1',
  replyTo: null,
  reactions: [],
  media: null,
  content: {},
  origin: change.direction === 'outbound' ? 'agent' : 'contact',
  author: null,
  template: null,
  edited: false,
  revoked: false,
  clientKey: null,
  timestamp: at(0),
  createdAt: change.timestamp ?? at(0),
  ...change,
});

export const aConversation = (change: Partial<Conversation> = {}): Conversation => ({
  id: 'c1',
  integrationId: 'n1',
  contact: {
    id: 'p1',
    name: 'Ana Ruiz',
    profileName: 'ana',
    phone: '+34600555101',
    waId: '34600555101',
    userId: 'US.abc',
    username: null,
  },
  status: 'open',
  unreadCount: 0,
  lastMessage: { id: '1', text: 'hello', type: 'text', direction: 'inbound', at: at(0), status: 'received' },
  lastMessageAt: at(0),
  windowExpiresAt: at(24 * 3600),
  windowOpen: true,
  assignee: null,
  tags: [],
  createdAt: at(-1000),
  ...change,
});

export const anIntegration = (change: Partial<Integration> = {}): Integration => ({
  id: 'n1',
  name: 'Sales',
  phoneNumber: '+14155550100',
  phoneNumberId: '100200300',
  businessAccountId: '900800700',
  organization: 'default',
  endpointUrl: 'https://graph.facebook.com',
  apiVersion: 'v25.0',
  sandbox: false,
  active: true,
  status: 'verified',
  statusMessage: null,
  qualityRating: null,
  messagingLimit: null,
  throughput: null,
  hasAppSecret: true,
  accessTokenLast4: 'WXYZ',
  webhookUrl: 'https://cms.example.com/api/whatsapp/webhook/k1',
  lastWebhookAt: null,
  createdAt: at(-5000),
  ...change,
});
