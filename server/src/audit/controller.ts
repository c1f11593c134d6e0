import type { Context } from 'koa';
import { controller } from '../http/answer';
import { allPages, sendCsv, type CsvColumn } from '../http/csv';
import { seesInstallation, type Door } from '../http/door';
import { checkCursor } from '../http/paging';
import { parseQuery } from '../http/validate';
import type { AuditEntry } from './contract';
import { auditFilters, auditQuery } from './schema-input';
import type { AuditView } from './service';

const EXPORT_PAGE = 500;

const json = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

const COLUMNS: CsvColumn<AuditEntry>[] = [
  { title: 'id', value: (entry) => entry.id },
  { title: 'at', value: (entry) => entry.at },
  { title: 'actorType', value: (entry) => entry.actor.type },
  { title: 'actorId', value: (entry) => entry.actor.id },
  { title: 'actorName', value: (entry) => entry.actor.name },
  { title: 'action', value: (entry) => entry.action },
  { title: 'targetType', value: (entry) => entry.target.type },
  { title: 'targetId', value: (entry) => entry.target.id },
  { title: 'targetLabel', value: (entry) => entry.target.label },
  { title: 'before', value: (entry) => json(entry.before) },
  { title: 'after', value: (entry) => json(entry.after) },
  { title: 'ip', value: (entry) => entry.ip },
];

export const createAuditController = ({ house, scopeOf }: Door) => {
  const viewOf = async (ctx: Context): Promise<AuditView> => ({
    scope: await scopeOf(ctx),
    wide: await seesInstallation(house(), ctx),
  });

  return controller({
    async find(ctx: Context) {
      const { limit, cursor, ...filters } = parseQuery(ctx, auditQuery);
      checkCursor(cursor);
      ctx.body = await house().audit.list(await viewOf(ctx), filters, { limit, cursor });
    },
    async export(ctx: Context) {
      const filters = parseQuery(ctx, auditFilters);
      const view = await viewOf(ctx);
      const { audit } = house();
      await audit.record(null, {
        organizationId: view.scope.organizationId,
        action: 'audit.export',
        target: { type: 'audit', id: null },
        after: filters,
      });
      const pages = allPages((cursor) => audit.list(view, filters, { limit: EXPORT_PAGE, cursor }));
      await sendCsv(ctx, 'whatsapp-audit.csv', COLUMNS, pages);
    },
  });
};
