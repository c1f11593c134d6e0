import type { Context } from 'koa';
import { controller } from '../http/answer';
import { allPages, sendCsv, type CsvColumn } from '../http/csv';
import { seesInstallation, type Door } from '../http/door';
import { checkCursor } from '../http/paging';
import { idOf, parseQuery } from '../http/validate';
import type { WebhookCall } from './contract';
import { callFilters, callQuery } from './schema-input';
import type { LogView } from './service';

const EXPORT_PAGE = 500;

const COLUMNS: CsvColumn<WebhookCall>[] = [
  { title: 'id', value: (call) => call.id },
  { title: 'at', value: (call) => call.at },
  { title: 'path', value: (call) => call.path },
  { title: 'signature', value: (call) => call.signature },
  { title: 'state', value: (call) => call.state },
  { title: 'number', value: (call) => call.integration?.name ?? null },
  { title: 'kinds', value: (call) => call.kinds.join(' ') },
  { title: 'events', value: (call) => call.events },
  { title: 'bytes', value: (call) => call.bytes },
  { title: 'durationMs', value: (call) => call.durationMs },
  { title: 'error', value: (call) => call.error },
];

export const createWebhookLogController = ({ house, scopeOf }: Door) => {
  const viewOf = async (ctx: Context): Promise<LogView> => ({
    scope: await scopeOf(ctx),
    wide: await seesInstallation(house(), ctx),
  });
  const target = (id: number) => ({ type: 'webhook', id });

  return controller({
    async find(ctx: Context) {
      const { limit, cursor, ...filters } = parseQuery(ctx, callQuery);
      checkCursor(cursor);
      ctx.body = await house().webhookLog.list(await viewOf(ctx), filters, { limit, cursor });
    },
    async findOne(ctx: Context) {
      const data = await house().webhookLog.findOne(await viewOf(ctx), idOf(ctx.params.id));
      ctx.set('Cache-Control', 'no-store');
      ctx.body = { data };
    },
    async replay(ctx: Context) {
      const scope = await scopeOf(ctx);
      const id = idOf(ctx.params.id);
      const { webhookLog, replay, audit } = house();
      const before = await webhookLog.findOne({ scope, wide: false }, id);
      await replay(scope, id);
      const data = await webhookLog.findOne({ scope, wide: false }, id);
      await audit.record(null, {
        organizationId: scope.organizationId,
        action: 'webhook.replay',
        target: target(Number(id)),
        before: { state: before.state, error: before.error },
        after: { state: data.state, error: data.error },
      });
      ctx.body = { data };
    },
    async export(ctx: Context) {
      const filters = parseQuery(ctx, callFilters);
      const view = await viewOf(ctx);
      const { webhookLog, audit } = house();
      await audit.record(null, {
        organizationId: view.scope.organizationId,
        action: 'webhook-log.export',
        target: { type: 'webhook-log', id: null },
        after: filters,
      });
      const pages = allPages((cursor) => webhookLog.list(view, filters, { limit: EXPORT_PAGE, cursor }));
      await sendCsv(ctx, 'whatsapp-webhook-log.csv', COLUMNS, pages);
    },
  });
};
