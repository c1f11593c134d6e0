import type { Context } from 'koa';
import type { AuditAction } from '../audit/contract';
import { controller } from '../http/answer';
import type { Door } from '../http/door';
import { checkCursor, pageQuery } from '../http/paging';
import { idOf, parseBody, parseQuery } from '../http/validate';
import {
  deleteQuery,
  integrationInput,
  integrationPatch,
  pauseInput,
  toggleInput,
  verifyTokenInput,
} from './schema-input';

export const createIntegrationController = ({ house, scopeOf }: Door) => {
  /** Sandbox numbers live in the simulator too. What was written stays written when it cannot follow. */
  const changed = (): Promise<void> => house().sandbox.sync().catch(house().onError);

  /** Recorded before it happens: what redirects messages must not happen unrecorded. */
  const record = async (ctx: Context, action: AuditAction): Promise<void> => {
    const scope = await scopeOf(ctx);
    const { id, name } = await house().integrations.findOne(scope, idOf(ctx.params.id));
    const { organizationId } = scope;
    await house().audit.record(null, {
      organizationId,
      action,
      target: { type: 'integration', id, label: name },
    });
  };

  return controller({
    async find(ctx: Context) {
      const page = parseQuery(ctx, pageQuery);
      checkCursor(page.cursor);
      ctx.body = await house().integrations.list(await scopeOf(ctx), page);
    },
    async findOne(ctx: Context) {
      ctx.body = { data: await house().integrations.findOne(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async create(ctx: Context) {
      const input = parseBody(ctx, integrationInput);
      const data = await house().integrations.create(await scopeOf(ctx), input);
      await changed();
      ctx.status = 201;
      ctx.body = { data };
    },
    /** Without an app secret nothing is received; the Doctor says so. */
    async createWithoutSecret(ctx: Context) {
      const input = parseBody(ctx, integrationInput.partial({ appSecret: true }));
      ctx.body = { data: await house().integrations.create(await scopeOf(ctx), input) };
      await changed();
      ctx.status = 201;
    },
    async update(ctx: Context) {
      const input = parseBody(ctx, integrationPatch);
      const data = await house().integrations.update(await scopeOf(ctx), idOf(ctx.params.id), input);
      await changed();
      ctx.body = { data };
    },
    async toggle(ctx: Context) {
      const { active } = parseBody(ctx, toggleInput);
      const data = await house().integrations.toggle(await scopeOf(ctx), idOf(ctx.params.id), active);
      ctx.body = { data };
    },
    async delete(ctx: Context) {
      const { history } = parseQuery(ctx, deleteQuery);
      await house().integrations.remove(await scopeOf(ctx), idOf(ctx.params.id), history);
      await changed();
      ctx.status = 204;
    },
    async test(ctx: Context) {
      ctx.body = { data: await house().care.test(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async subscribe(ctx: Context) {
      await record(ctx, 'integration.subscribe');
      ctx.body = { data: await house().care.subscribe(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async overrideCallback(ctx: Context) {
      await record(ctx, 'integration.override-callback');
      ctx.body = { data: await house().care.overrideCallback(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async readHealth(ctx: Context) {
      ctx.body = { data: await house().care.readHealth(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async pause(ctx: Context) {
      const input = parseBody(ctx, pauseInput);
      await record(ctx, 'integration.pause');
      ctx.body = { data: await house().care.pause(await scopeOf(ctx), idOf(ctx.params.id), input) };
    },
    async resume(ctx: Context) {
      await record(ctx, 'integration.resume');
      ctx.body = { data: await house().care.resume(await scopeOf(ctx), idOf(ctx.params.id)) };
    },
    async historyCounts(ctx: Context) {
      ctx.body = {
        data: await house().integrations.historyCounts(await scopeOf(ctx), idOf(ctx.params.id)),
      };
    },
    async verifyToken(ctx: Context) {
      const { rotate } = parseBody(ctx, verifyTokenInput);
      const scope = await scopeOf(ctx);
      const { integrations } = house();
      const id = idOf(ctx.params.id);
      const verifyToken = rotate
        ? await integrations.rotateVerifyToken(scope, id)
        : (await integrations.revealVerifyToken(scope, id)).verifyToken;
      if (rotate) await changed();
      ctx.set('Cache-Control', 'no-store');
      ctx.body = { data: { verifyToken } };
    },
    async revealVerifyToken(ctx: Context) {
      const data = await house().integrations.revealVerifyToken(await scopeOf(ctx), idOf(ctx.params.id));
      ctx.set('Cache-Control', 'no-store');
      ctx.body = { data };
    },
  });
};
