import { z } from '@strapi/utils';
import type { Context } from 'koa';
import { invalid } from '../errors';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { limitQuery } from '../http/paging';
import { idOf, parseBody, parseQuery } from '../http/validate';
import { editInput, sendInput, textProblem } from './send-input';
import { toCommand } from './to-command';

export const messageQuery = z.object({
  before: z.string().optional(),
  after: z.string().optional(),
  around: z.string().optional(),
  /** Lists answer `nextCursor`; here it is the `before` of the next page. */
  cursor: z.string().optional(),
  limit: limitQuery,
});

export const againInput = z.object({ confirm: z.boolean().optional() });

export const createMessageController = ({ house, scopeOf, origin, authorOf, rightsOf, readerOf }: Door) =>
  controller({
    async find(ctx: Context) {
      const { cursor, ...query } = parseQuery(ctx, messageQuery);
      const request = { ...query, before: query.before ?? cursor };
      const ways = [request.before, request.after, request.around].filter((way) => way !== undefined);
      if (ways.length > 1)
        throw invalid([{ path: 'before', message: 'Give one of before, after and around' }]);
      const scope = await scopeOf(ctx);
      const conversation = await house().conversations.findOne(scope, idOf(ctx.params.id));
      ctx.body = await house().messages.page(scope, Number(conversation.id), request);
    },
    async findOne(ctx: Context) {
      ctx.body = { data: await house().messages.findOne(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    /** 202 once it is queued durably; 200 with the first message when the client key was used before. */
    async send(ctx: Context) {
      const input = parseBody(ctx, sendInput);
      const scope = await scopeOf(ctx);
      const who = { scope, origin, author: authorOf(ctx), rights: rightsOf(ctx), reader: readerOf(ctx) };
      const command = toCommand(input, who);
      const { messageId, repeated } = await house().outbound.send(command);
      ctx.status = repeated ? 200 : 202;
      ctx.body = { data: await house().messages.findOne(scope, messageId) };
    },
    async retry(ctx: Context) {
      const scope = await scopeOf(ctx);
      const { messageId } = await house().outbound.retry(scope, idOf(ctx.params.id), rightsOf(ctx));
      ctx.status = 202;
      ctx.body = { data: await house().messages.findOne(scope, messageId) };
    },
    /** A second message with the content of one whose outcome nobody knows; 409 without an explicit yes. */
    async sendAgain(ctx: Context) {
      const { confirm } = parseBody(ctx, againInput);
      const scope = await scopeOf(ctx);
      const rights = rightsOf(ctx);
      const answer = await house().outbound.sendAgain(scope, idOf(ctx.params.id), confirm === true, rights);
      ctx.status = answer.repeated ? 200 : 202;
      ctx.body = { data: await house().messages.findOne(scope, answer.messageId) };
    },
    async scheduled(ctx: Context) {
      const scope = await scopeOf(ctx);
      const { id } = await house().conversations.findOne(scope, idOf(ctx.params.id));
      const ids = await house().outbound.scheduled.idsIn(scope, Number(id));
      ctx.body = { data: await Promise.all(ids.map((each) => house().messages.findOne(scope, each))) };
    },
    async cancel(ctx: Context) {
      const scope = await scopeOf(ctx);
      const id = idOf(ctx.params.id);
      await house().outbound.scheduled.cancel(scope, id);
      ctx.body = { data: await house().messages.findOne(scope, id) };
    },
    async edit(ctx: Context) {
      const { text, scheduledAt } = parseBody(ctx, editInput);
      const problem = text === undefined ? null : textProblem(text);
      if (problem) throw invalid([{ path: 'text', message: problem }]);
      const scope = await scopeOf(ctx);
      const id = idOf(ctx.params.id);
      await house().outbound.scheduled.edit(scope, id, {
        ...(text === undefined ? {} : { text }),
        ...(scheduledAt === undefined ? {} : { scheduledAt: Date.parse(scheduledAt) }),
      });
      ctx.body = { data: await house().messages.findOne(scope, id) };
    },
  });
