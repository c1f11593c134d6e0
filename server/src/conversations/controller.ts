import { z } from '@strapi/utils';
import type { Context } from 'koa';
import { notFound } from '../errors';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { checkCursor, limitQuery } from '../http/paging';
import { idOf, parseBody, parseQuery } from '../http/validate';
import type { ConversationFilter } from './repository';

export const conversationQuery = z.object({
  integration: z.string().optional(),
  status: z.enum(['open', 'pending', 'snoozed', 'resolved', 'archived']).optional(),
  assignee: z.string().optional(),
  tag: z.string().max(100).optional(),
  unread: z.enum(['true', 'false']).optional(),
  window: z.enum(['open', 'closed']).optional(),
  q: z.string().trim().max(200).optional(),
  limit: limitQuery,
  cursor: z.string().max(200).optional(),
});

export const readInput = z.object({ upTo: z.string().optional() });

export const assignInput = z.object({ assigneeId: z.string().nullable() });

/** An id that cannot exist matches nothing: 0 is never a row. */
const filterId = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : (idOf(text) ?? 0);

const filterOf = (query: z.infer<typeof conversationQuery>): ConversationFilter => ({
  integrationId: filterId(query.integration),
  state: query.status,
  assigneeId: filterId(query.assignee),
  tag: query.tag,
  unread: query.unread === 'true',
  window: query.window,
  q: query.q,
});

export const createConversationController = ({ house, scopeOf }: Door) =>
  controller({
    async find(ctx: Context) {
      const query = parseQuery(ctx, conversationQuery);
      checkCursor(query.cursor);
      ctx.body = await house().conversations.list(await scopeOf(ctx), filterOf(query), query);
    },
    async findOne(ctx: Context) {
      ctx.body = { data: await house().conversations.findOne(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async read(ctx: Context) {
      const { upTo } = parseBody(ctx, readInput);
      const upToId = upTo === undefined ? null : idOf(upTo);
      // What names no message must not be taken for "all of them".
      if (upTo !== undefined && upToId === null) throw notFound('Message');
      ctx.body = {
        data: await house().conversations.markRead(await scopeOf(ctx), idOf(ctx.params.id), upToId),
      };
    },
    /** Asks WhatsApp to show "typing…"; nothing to say about whether it did. */
    async typing(ctx: Context) {
      await house().receipts.typing(await scopeOf(ctx), idOf(ctx.params.id));
      ctx.status = 204;
    },
    async assign(ctx: Context) {
      const { assigneeId } = parseBody(ctx, assignInput);
      // 0 is nobody's: an id that cannot exist is refused rather than taken for "nobody".
      const assignee = assigneeId === null ? null : (idOf(assigneeId) ?? 0);
      ctx.body = { data: await house().assign(await scopeOf(ctx), idOf(ctx.params.id), assignee) };
    },
    /** What the menu badge and the inbox's empty states need. */
    async overview(ctx: Context) {
      const { conversations, registry, hub, now } = house();
      const scope = await scopeOf(ctx);
      const numbers = await registry.all();
      ctx.body = {
        data: {
          ...(await conversations.overview(scope)),
          integrations: numbers.filter((number) => number.organizationId === scope.organizationId).length,
          cursor: await hub.latest(),
          serverTime: now(),
        },
      };
    },
  });
