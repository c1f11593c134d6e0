import { adminRoute } from '../http/routes';
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
  adminRoute('PUT', '/simulator/faults', 'sandbox.setFault', useSimulator),
];
