import type { Core } from '@strapi/strapi';
import { adminRoute } from '../http/routes';
import { ACTIONS } from '../permissions';

/** Who may read it and may export: one right alone is not enough. */
const exportRoute: Core.RouteInput = {
  ...adminRoute('GET', '/audit/export', 'audit.export', ACTIONS.readAudit),
  config: {
    policies: [
      'admin::isAuthenticatedAdmin',
      { name: 'admin::hasPermissions', config: { actions: [ACTIONS.readAudit, ACTIONS.exportData] } },
    ],
  },
};

/** Reading only: nobody changes or deletes an entry, its time alone ends it. */
export const auditRoutes = [adminRoute('GET', '/audit', 'audit.find', ACTIONS.readAudit), exportRoute];
