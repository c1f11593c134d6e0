import { z } from '@strapi/utils';
import { MESSAGE_TYPES } from '../cloud-api/events';

/** What the answers look like, for OpenAPI; the TypeScript twins are the rooms' contract.ts. */

export const idParam = z.string().describe('Opaque id');
const iso = z.iso.datetime();
const nullable = z.string().nullable();
const cursor = z.object({ nextCursor: nullable });

const integration = z.object({
  id: idParam,
  name: z.string(),
  phoneNumber: z.string().describe('E.164'),
  phoneNumberId: z.string(),
  businessAccountId: z.string(),
  organization: z.string(),
  endpointUrl: z.string(),
  apiVersion: z.string(),
  sandbox: z.boolean(),
  active: z.boolean(),
  status: z.enum(['unverified', 'verified', 'error']),
  statusMessage: nullable,
  qualityRating: nullable,
  messagingLimit: nullable,
  throughput: nullable,
  hasAppSecret: z.boolean(),
  accessTokenLast4: nullable,
  webhookUrl: z.string(),
  verifyToken: z.string().optional().describe('Only in the answer of create'),
  lastWebhookAt: iso.nullable(),
  createdAt: iso,
  health: z.object({
    status: nullable.describe('Meta’s own word, e.g. CONNECTED'),
    qualityRating: nullable,
    messagingLimit: nullable,
    throughput: nullable,
    nameStatus: nullable,
    checkedAt: iso.nullable(),
    alerts: z.array(z.object({ kind: z.string(), message: z.string(), at: iso })),
  }),
  pause: z
    .object({
      scope: z.enum(['all', 'bulk']).describe('bulk: what people write still goes'),
      code: z.string().describe('Meta’s error code, or manual'),
      reason: z.string(),
      until: iso,
    })
    .nullable()
    .describe('Why nothing leaves it for now'),
  envLocked: z.array(z.string()).describe('Fields that the environment fixes'),
  apiVersionEndsAt: iso.nullable(),
  lastMessageAt: iso.nullable(),
  callbackUrlWarning: z.enum(['not_https', 'localhost']).nullable(),
  readReceipts: z.enum(['on_open', 'on_reply', 'never']),
  typingIndicator: z.boolean(),
  copyMediaToLibrary: z.boolean(),
});

export const integrationAnswer = z.object({ data: integration });
export const integrationList = z.object({ data: z.array(integration), meta: cursor });

export const checksAnswer = z.object({
  data: z.object({
    ok: z.boolean(),
    checks: z.array(
      z.object({
        name: z.enum(['token', 'number', 'account', 'subscription', 'callback', 'secret']),
        ok: z.boolean(),
        state: z.enum(['ok', 'warning', 'error', 'skipped']),
        key: z.string().describe('Names the sentence, e.g. token.expired'),
        facts: z
          .record(z.string(), z.union([z.string(), z.number()]))
          .describe('What the sentence is made of'),
        message: z.string(),
        fix: nullable.describe('What to do about it'),
        fixKey: nullable.describe('Names that sentence; null where Meta wrote it'),
        action: z.enum(['subscribe', 'reseal', 'edit-number', 'override-callback']).nullable(),
      }),
    ),
  }),
});

const messageType = z.enum(MESSAGE_TYPES);
const deliveryStatus = z.enum([
  'received',
  'scheduled',
  'queued',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'unknown',
  'cancelled',
]);
const direction = z.enum(['inbound', 'outbound']);

const conversation = z.object({
  id: idParam,
  integrationId: idParam,
  contact: z.object({
    id: idParam,
    name: nullable,
    profileName: nullable,
    phone: nullable.describe('E.164 or null'),
    waId: nullable,
    userId: nullable.describe('BSUID or null'),
    username: nullable,
    blocked: z.boolean().optional(),
    linkedEntry: z.object({ contentType: z.string(), documentId: z.string() }).nullable().optional(),
  }),
  status: z.enum(['open', 'pending', 'snoozed', 'resolved', 'archived']),
  unreadCount: z.number().int(),
  lastMessage: z
    .object({
      id: idParam,
      text: z.string(),
      type: messageType,
      direction,
      at: iso,
      status: deliveryStatus,
    })
    .nullable(),
  lastMessageAt: iso.nullable(),
  windowExpiresAt: iso.nullable(),
  windowOpen: z.boolean(),
  assignee: z.object({ id: idParam, name: z.string() }).nullable(),
  tags: z.array(z.string()),
  createdAt: iso,
});

export const conversationAnswer = z.object({ data: conversation });
export const conversationListAnswer = z.object({ data: z.array(conversation), meta: cursor });

const message = z.object({
  id: idParam,
  conversationId: idParam,
  direction,
  type: messageType,
  text: z.string(),
  status: deliveryStatus,
  statuses: z.array(z.object({ status: deliveryStatus, at: iso })),
  error: z
    .object({
      code: z.string(),
      key: nullable.optional(),
      class: z.enum(['retry', 'wait', 'stop_number', 'stop_template', 'opt_out', 'agent', 'bug']).optional(),
      title: z.string(),
      message: z.string(),
      hint: nullable,
      retryable: z.boolean(),
    })
    .nullable(),
  wamid: nullable,
  replyTo: z
    .object({
      id: nullable,
      wamid: nullable,
      text: nullable,
      direction: direction.nullable(),
      type: messageType.nullable(),
    })
    .nullable(),
  reactions: z.array(z.object({ emoji: z.string(), from: z.enum(['contact', 'business']) })),
  media: z
    .object({
      id: z.string(),
      url: nullable,
      mimeType: nullable,
      fileName: nullable,
      size: z.number().nullable(),
      state: z.enum(['pending', 'stored', 'failed', 'expired']),
      width: z.number().nullable(),
      height: z.number().nullable(),
    })
    .nullable(),
  content: z.record(z.string(), z.unknown()),
  origin: z.enum(['contact', 'agent', 'api', 'campaign', 'automation', 'phone_app']),
  author: z.object({ id: nullable, name: z.string() }).nullable(),
  template: z.object({ name: z.string(), language: z.string(), parameters: z.unknown() }).nullable(),
  edited: z.boolean(),
  revoked: z.boolean(),
  scheduledAt: iso.nullable().optional(),
  clientKey: nullable,
  timestamp: iso,
  createdAt: iso,
});

export const messageAnswer = z.object({ data: message });
export const scheduledAnswer = z.object({ data: z.array(message) });

export const uploadAnswer = z.object({
  data: z.object({
    uploadId: idParam,
    kind: z.enum(['image', 'video', 'audio', 'voice', 'document', 'sticker']),
    mimeType: z.string(),
    fileName: nullable,
    size: z.number().int(),
    width: z.number().nullable(),
    height: z.number().nullable(),
    converted: nullable.describe('Why the file was changed; null when it goes out as it came'),
    previewUrl: z.string(),
  }),
});
export const messageListAnswer = z.object({
  data: z.array(message),
  meta: cursor.extend({ hasNewer: z.boolean().optional() }),
});
