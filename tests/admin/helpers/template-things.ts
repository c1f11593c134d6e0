import type { TemplateDraftRecord } from '../../../server/src/template-drafts/contract';
import type { ListTemplateAccounts, TemplateDetails } from '../../../server/src/templates/contract';
import { at } from './things';

export const aTemplate = (change: Partial<TemplateDetails> = {}): TemplateDetails => ({
  id: 't1',
  metaId: '777001',
  integrationId: 'n1',
  businessAccountId: '900800700',
  name: 'order_ready',
  language: 'en_US',
  category: 'UTILITY',
  status: 'APPROVED',
  quality: 'GREEN',
  parameterFormat: 'NAMED',
  components: [
    {
      type: 'BODY',
      text: 'Hi {{first_name}}, your order is ready for pickup.',
      example: { body_text_named_params: [{ param_name: 'first_name', example: 'Ana' }] },
    },
  ],
  parameters: [],
  rejectedReason: null,
  lastSyncedAt: at(0),
  rejectionAdvice: null,
  requestedCategory: null,
  nextCategory: null,
  previousCategory: null,
  pausedUntil: null,
  ttlSeconds: null,
  lastSentAt: null,
  sent30Days: 0,
  draftId: null,
  editing: { allowed: true, reason: null, nextAt: null, used30Days: 0 },
  ...change,
});

export const aDraft = (change: Partial<TemplateDraftRecord> = {}): TemplateDraftRecord => ({
  id: 'd1',
  businessAccountId: '900800700',
  templateId: null,
  name: 'spring_sale',
  language: 'en_US',
  category: 'MARKETING',
  parameterFormat: 'NAMED',
  components: [{ type: 'BODY', text: 'Hello from our shop in town.' }],
  ttlSeconds: null,
  state: 'draft',
  version: 1,
  author: { id: '7', name: 'Kim' },
  reviewer: null,
  reviewNote: null,
  submitError: null,
  problems: [],
  updatedAt: at(0),
  ...change,
});

export const accounts = (review: 'off' | 'two-person' = 'off'): ListTemplateAccounts => ({
  data: [
    {
      businessAccountId: '900800700',
      integrations: [{ id: 'n1', name: 'Sales' }],
      count: 3,
      limit: 250,
      lastSyncedAt: at(0),
    },
  ],
  meta: { review },
});
