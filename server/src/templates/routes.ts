import { z } from '@strapi/utils';
import { adminRoute, contentRoute } from '../http/routes';
import { idParam } from '../http/schemas';
import { ACTIONS, INBOX_ACTIONS } from '../permissions';
import { previewInput, syncInput, templateQuery } from './controller';

const params = { id: idParam };
const body = (schema: z.ZodType) => ({ 'application/json': schema });
const nullable = z.string().nullable();

const parameter = z.object({
  component: z.enum(['header', 'body', 'buttons', 'cards', 'limitedTimeOffer']),
  name: z.string(),
  kind: z.string(),
  required: z.boolean(),
  example: nullable,
  label: z.string().optional(),
  card: z.number().optional(),
});

const template = z.object({
  id: idParam,
  metaId: z.string(),
  integrationId: nullable,
  businessAccountId: z.string(),
  name: z.string(),
  language: z.string(),
  category: z.string(),
  status: z.string().describe('Meta’s word, or REMOVED; only APPROVED may be sent'),
  quality: nullable,
  parameterFormat: z.enum(['POSITIONAL', 'NAMED']),
  components: z.array(z.record(z.string(), z.unknown())),
  parameters: z.array(parameter),
  rejectedReason: nullable,
  lastSyncedAt: z.iso.datetime().nullable(),
});

const syncResult = z.object({
  created: z.number(),
  updated: z.number(),
  removed: z.number(),
  unchanged: z.number(),
  failed: z.array(z.object({ integrationId: z.string(), error: z.string() })),
});

const preview = z.object({
  header: z.record(z.string(), z.unknown()).nullable(),
  body: z.string(),
  footer: nullable,
  buttons: z.array(z.object({ type: z.string(), text: z.string(), target: nullable })),
  cards: z.array(z.record(z.string(), z.unknown())),
  offer: z.record(z.string(), z.unknown()).nullable(),
  text: z.string(),
});

export const templateContentRoutes = [
  contentRoute('GET', '/templates', 'template.find', {
    request: { query: templateQuery.shape },
    response: z.object({ data: z.array(template), meta: z.object({ nextCursor: nullable }) }),
  }),
  contentRoute('GET', '/templates/:id', 'template.findOne', {
    request: { params },
    response: z.object({ data: template }),
  }),
  contentRoute('POST', '/templates/sync', 'template.sync', {
    request: { body: body(syncInput) },
    response: z.object({ data: syncResult }),
  }),
  contentRoute('POST', '/templates/:id/preview', 'template.preview', {
    request: { params, body: body(previewInput) },
    response: z.object({ data: preview }),
  }),
];

const readers = [...INBOX_ACTIONS, ACTIONS.manageTemplates, ACTIONS.approveTemplates];

export const templateAdminRoutes = [
  adminRoute('GET', '/templates', 'adminTemplate.find', readers),
  adminRoute('GET', '/template-accounts', 'adminTemplate.accounts', readers),
  adminRoute('GET', '/templates/:id/usage', 'adminTemplate.usage', ACTIONS.manageTemplates),
  adminRoute('GET', '/templates/:id/analytics', 'adminTemplate.analytics', readers),
  adminRoute('DELETE', '/templates/:id', 'adminTemplate.remove', ACTIONS.manageTemplates),
  adminRoute('POST', '/templates/:id/unpause', 'adminTemplate.unpause', ACTIONS.manageTemplates),
  adminRoute('GET', '/template-alerts', 'adminTemplate.alerts', ACTIONS.manageTemplates),
  adminRoute('POST', '/template-alerts/read', 'adminTemplate.readAlerts', ACTIONS.manageTemplates),
  adminRoute('GET', '/templates/:id', 'adminTemplate.findOne', readers),
  adminRoute('POST', '/templates/sync', 'adminTemplate.sync', ACTIONS.manageTemplates),
  adminRoute('POST', '/templates/:id/preview', 'adminTemplate.preview', readers),
];
