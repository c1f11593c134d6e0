import { z } from '@strapi/utils';
import type { Context } from 'koa';
import { invalid } from '../errors';
import { controller } from '../http/answer';
import { adminCallerOf, type Door } from '../http/door';
import { limitQuery } from '../http/paging';
import { idOf, parseBody, parseQuery } from '../http/validate';
import { templateParameters } from '../messages/send-template';
import { TEMPLATE_LIMITS } from './limits';
import { isLongForm } from './values';

export const templateQuery = z.object({
  integration: z.string().optional(),
  status: z.string().max(50).optional(),
  category: z.string().max(50).optional(),
  language: z.string().max(20).optional(),
  q: z.string().trim().max(200).optional(),
  limit: limitQuery,
  cursor: z.string().max(20).optional(),
});

export const syncInput = z.object({ integrationId: z.string().optional() });
const removeQuery = z.object({
  allLanguages: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
});
const removeInput = z.object({ allLanguages: z.boolean().default(false) });
const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
/** Days, both inclusive; default the last 30. */
const analyticsQuery = z.object({
  from: z
    .string()
    .max(40)
    .default(() => daysAgo(29)),
  to: z
    .string()
    .max(40)
    .default(() => daysAgo(0)),
});
const readAlertsInput = z.union([
  z.object({ upTo: z.string().max(20) }),
  z.object({ ids: z.array(z.string().max(20)).min(1).max(100) }),
]);
const record = z.record(z.string(), z.unknown());
const part = {
  header: record.optional(),
  body: record.optional(),
  buttons: templateParameters.shape.buttons,
};
/** The shape alone: which values are missing or malformed is told by name. */
const longForm = z.object({
  ...part,
  limitedTimeOffer: record.optional(),
  cards: z.array(z.object(part)).max(TEMPLATE_LIMITS.cards.most).optional(),
});

/** Values by component as a send takes them, or flat: `{first_name: "Ana"}`. */
export const previewInput = z.object({
  parameters: record.default({}).superRefine((given, context) => {
    const { error } = isLongForm(given) ? longForm.safeParse(given) : { error: undefined };
    error?.issues.forEach(({ path, message }) => context.addIssue({ code: 'custom', path, message }));
  }),
});

const upper = (text: string | undefined): string | undefined => text?.toUpperCase();

/** Rows only ever get larger ids, so the last one seen is the place in the list. */
const afterOf = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const id = idOf(cursor);
  if (id === null) throw invalid([{ path: 'cursor', message: 'Is no cursor of this list' }]);
  return id;
};

export const createTemplateController = ({ house, scopeOf, origin }: Door) =>
  controller({
    async find(ctx: Context) {
      const { integration, status, category, language, q, limit, cursor } = parseQuery(ctx, templateQuery);
      const { templates } = house();
      const list = origin === 'agent' ? templates.listDetails : templates.list;
      ctx.body = await list(
        await scopeOf(ctx),
        {
          // An id that cannot exist matches nothing: 0 is never a row.
          integrationId: integration === undefined ? undefined : (idOf(integration) ?? 0),
          status: upper(status),
          category: upper(category),
          language,
          q,
        },
        { limit, after: afterOf(cursor) },
      );
    },
    async findOne(ctx: Context) {
      const { templates } = house();
      const find = origin === 'agent' ? templates.details : templates.findOne;
      ctx.body = { data: await find(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async accounts(ctx: Context) {
      ctx.body = await house().templates.accounts(await scopeOf(ctx));
    },
    async alerts(ctx: Context) {
      ctx.body = await house().templateAlerts.list(await scopeOf(ctx), adminCallerOf(ctx).userId);
    },
    async readAlerts(ctx: Context) {
      const seen = parseBody(ctx, readAlertsInput);
      const [scope, { userId }] = [await scopeOf(ctx), adminCallerOf(ctx)];
      const { templateAlerts } = house();
      if ('upTo' in seen) await templateAlerts.read(scope, userId, idOf(seen.upTo) ?? 0);
      else
        await templateAlerts.readThese(
          scope,
          userId,
          [...new Set(seen.ids)].map((id) => idOf(id) ?? 0),
        );
      ctx.status = 204;
    },
    async usage(ctx: Context) {
      ctx.body = { data: await house().templateLife.usage(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async remove(ctx: Context) {
      const { allLanguages } = parseQuery(ctx, removeQuery);
      const asked = allLanguages ?? parseBody(ctx, removeInput).allLanguages;
      await house().templateLife.remove(await scopeOf(ctx), idOf(ctx.params.id), asked);
      ctx.status = 204;
    },
    async unpause(ctx: Context) {
      const scope = await scopeOf(ctx);
      const id = idOf(ctx.params.id);
      await house().templateLife.unpause(scope, id);
      ctx.body = { data: await house().templates.details(scope, id) };
    },
    async analytics(ctx: Context) {
      const { from, to } = parseQuery(ctx, analyticsQuery);
      ctx.body = {
        data: await house().templateAnalytics(await scopeOf(ctx), idOf(ctx.params.id), from, to),
      };
    },
    async sync(ctx: Context) {
      const { integrationId } = parseBody(ctx, syncInput);
      const id = integrationId === undefined ? null : (idOf(integrationId) ?? 0);
      ctx.body = { data: await house().templateSync.now(await scopeOf(ctx), id) };
    },
    async preview(ctx: Context) {
      const { parameters } = parseBody(ctx, previewInput);
      ctx.body = {
        data: await house().templates.preview(await scopeOf(ctx), idOf(ctx.params.id), parameters),
      };
    },
  });
