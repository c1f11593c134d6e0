import { z } from '@strapi/utils';
import { adminRoute, openRoute } from '../http/routes';
import { idParam } from '../http/schemas';
import { ACTIONS } from '../permissions';

const customer = '/simulator/customers/:customerId';
const { useSimulator, manageIntegrations } = ACTIONS;

export const sandboxRoutes = [
  adminRoute('POST', '/sandbox', 'sandbox.ensure', manageIntegrations),
  adminRoute('GET', '/simulator', 'sandbox.state', useSimulator),
  adminRoute('POST', '/simulator/customers', 'sandbox.addCustomer', useSimulator),
  adminRoute('GET', `${customer}/messages`, 'sandbox.thread', useSimulator),
  adminRoute('POST', `${customer}/messages`, 'sandbox.play', useSimulator),
  adminRoute('POST', `${customer}/read`, 'sandbox.openChat', useSimulator),
  adminRoute('GET', '/simulator/templates', 'sandbox.templates', useSimulator),
  adminRoute('POST', '/simulator/templates/:id', 'sandbox.decideTemplate', useSimulator),
  adminRoute('GET', '/simulator/faults', 'sandbox.faults', useSimulator),
  adminRoute('PUT', '/simulator/faults', 'sandbox.setFault', useSimulator),
  adminRoute('DELETE', '/simulator/faults', 'sandbox.clearFaults', useSimulator),
];

/** What an `<img>` on the phone asks for: signed, because it cannot send the session's header. */
export const sandboxOpenRoutes = [
  openRoute('GET', '/simulator/media/:id', 'sandboxFile.media', {
    request: { params: { id: idParam }, query: { expires: z.string(), signature: z.string() } },
    response: z.string().describe('A file of the simulator'),
  }),
];
