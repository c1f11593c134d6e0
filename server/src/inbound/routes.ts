import { z } from '@strapi/utils';
import { openRoute } from '../http/routes';

const query = {
  'hub.mode': z.string().describe('subscribe'),
  'hub.verify_token': z.string(),
  'hub.challenge': z.string(),
};
const key = { key: z.string().describe('The number’s own path segment, see webhookUrl') };
const text = z.string();

export const webhookRoutes = [
  openRoute('GET', '/webhook', 'webhook.verify', { request: { query }, response: text }),
  openRoute('GET', '/webhook/:key', 'webhook.verify', { request: { query, params: key }, response: text }),
  openRoute('POST', '/webhook', 'webhook.receive', { response: text }),
  openRoute('POST', '/webhook/:key', 'webhook.receive', { request: { params: key }, response: text }),
];
