import { z } from '@strapi/utils';
import { adminRoute, contentRoute } from '../http/routes';
import { ACTIONS, INBOX_ACTIONS } from '../permissions';
import { checksAnswer, integrationAnswer, integrationList, idParam } from '../http/schemas';
import { integrationInput, integrationPatch, toggleInput } from './schema-input';
import { limitQuery } from '../http/paging';

const params = { id: idParam };
const body = (schema: z.ZodType) => ({ 'application/json': schema });

export const integrationContentRoutes = [
  contentRoute('GET', '/integrations', 'integration.find', {
    request: { query: { limit: limitQuery, cursor: z.string().optional() } },
    response: integrationList,
  }),
  contentRoute('GET', '/integrations/:id', 'integration.findOne', {
    request: { params },
    response: integrationAnswer,
  }),
  contentRoute('POST', '/integrations', 'integration.create', {
    request: { body: body(integrationInput) },
    response: integrationAnswer,
  }),
  contentRoute('PUT', '/integrations/:id', 'integration.update', {
    request: { params, body: body(integrationPatch) },
    response: integrationAnswer,
  }),
  contentRoute('DELETE', '/integrations/:id', 'integration.delete', {
    request: { params, query: { history: z.enum(['keep', 'erase']).default('keep') } },
    response: z.null(),
  }),
  contentRoute('POST', '/integrations/:id/toggle', 'integration.toggle', {
    request: { params, body: body(toggleInput) },
    response: integrationAnswer,
  }),
  contentRoute('POST', '/integrations/:id/test', 'integration.test', {
    request: { params },
    response: checksAnswer,
  }),
];

const { readIntegrations, manageIntegrations } = ACTIONS;

export const integrationAdminRoutes = [
  // The inbox needs the names of the numbers and whether they are on.
  adminRoute('GET', '/integrations', 'adminIntegration.find', [...INBOX_ACTIONS, ACTIONS.readIntegrations]),
  adminRoute('GET', '/integrations/:id', 'adminIntegration.findOne', readIntegrations),
  adminRoute('POST', '/integrations', 'adminIntegration.create', manageIntegrations),
  adminRoute('PUT', '/integrations/:id', 'adminIntegration.update', manageIntegrations),
  adminRoute('DELETE', '/integrations/:id', 'adminIntegration.delete', manageIntegrations),
  adminRoute('GET', '/integrations/:id/history-counts', 'adminIntegration.historyCounts', manageIntegrations),
  adminRoute('POST', '/integrations/:id/verify-token', 'adminIntegration.verifyToken', manageIntegrations),
  adminRoute('POST', '/integrations/:id/test', 'adminIntegration.test', manageIntegrations),
  adminRoute('POST', '/integrations/:id/subscribe', 'adminIntegration.subscribe', manageIntegrations),
  adminRoute(
    'POST',
    '/integrations/:id/override-callback',
    'adminIntegration.overrideCallback',
    manageIntegrations,
  ),
  adminRoute('POST', '/integrations/:id/health', 'adminIntegration.readHealth', manageIntegrations),
  adminRoute('POST', '/integrations/:id/pause', 'adminIntegration.pause', manageIntegrations),
  adminRoute('POST', '/integrations/:id/resume', 'adminIntegration.resume', manageIntegrations),
  adminRoute('POST', '/integrations/:id/toggle', 'adminIntegration.toggle', manageIntegrations),
  adminRoute(
    'POST',
    '/integrations/:id/reveal-verify-token',
    'adminIntegration.revealVerifyToken',
    manageIntegrations,
  ),
];
