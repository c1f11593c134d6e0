import { z } from '@strapi/utils';
import { fromQuery, toQuery } from '../http/moments';
import { limitQuery } from '../http/paging';

const filters = {
  state: z.enum(['applied', 'quarantined', 'ignored', 'rejected']).optional(),
  integration: z.string().max(20).optional(),
  kind: z.string().trim().max(80).optional(),
  from: fromQuery,
  to: toQuery,
};

/** GET /webhook-log/export */
export const callFilters = z.object(filters);
/** GET /webhook-log */
export const callQuery = z.object({ ...filters, limit: limitQuery, cursor: z.string().max(200).optional() });

export type CallFilters = z.infer<typeof callFilters>;
