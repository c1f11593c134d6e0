import { z } from '@strapi/utils';
import { fromQuery, toQuery } from '../http/moments';
import { limitQuery } from '../http/paging';

const words = z.string().trim().max(120).optional();
const filters = { actor: words, action: words, target: words, from: fromQuery, to: toQuery };

/** GET /audit/export */
export const auditFilters = z.object(filters);
/** GET /audit */
export const auditQuery = z.object({ ...filters, limit: limitQuery, cursor: z.string().max(200).optional() });

export type AuditFilters = z.infer<typeof auditFilters>;
