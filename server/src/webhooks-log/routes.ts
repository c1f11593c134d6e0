import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

const { readWebhookLog, replayWebhooks } = ACTIONS;

export const webhookLogRoutes = [
  adminRoute('GET', '/webhook-log', 'webhookLog.find', readWebhookLog),
  // Before `/:id`, which would take it.
  adminRoute('GET', '/webhook-log/export', 'webhookLog.export', readWebhookLog),
  adminRoute('GET', '/webhook-log/:id', 'webhookLog.findOne', readWebhookLog),
  adminRoute('POST', '/webhook-log/:id/replay', 'webhookLog.replay', replayWebhooks),
];
