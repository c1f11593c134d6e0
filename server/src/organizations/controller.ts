import type { Context } from 'koa';
import { controller } from '../http/answer';
import { adminCallerOf, type Door } from '../http/door';
import { idOf, parseBody } from '../http/validate';
import type { Me, OrganizationName } from './contract';
import { bindInput, organizationInput, organizationPatch } from './schema-input';
import type { Tenant } from './tenant';

const nameOf = ({ id, name, slug }: Tenant): OrganizationName => ({ id: String(id), name, slug });

export const createOrganizationController = ({ house, scopeOf }: Door) =>
  controller({
    /** Who asks, and which organizations he may choose from. */
    async me(ctx: Context) {
      const { organizations } = house();
      const caller = adminCallerOf(ctx);
      const open = await organizations.tenantsOfAdmin(caller);
      const chosen = await organizations.tenantOfAdmin(caller);
      const data: Me.Response['data'] = {
        organizations: open.map(nameOf),
        organization: { ...nameOf(chosen), timeZone: chosen.timeZone },
        superAdmin: caller.superAdmin,
      };
      ctx.body = { data };
    },
    async find(ctx: Context) {
      ctx.body = { data: await house().organizationAdmin.list(adminCallerOf(ctx)) };
    },
    async create(ctx: Context) {
      const input = parseBody(ctx, organizationInput);
      ctx.status = 201;
      ctx.body = { data: await house().organizationAdmin.create(adminCallerOf(ctx), input) };
    },
    async update(ctx: Context) {
      const input = parseBody(ctx, organizationPatch);
      const id = idOf(ctx.params.id);
      ctx.body = { data: await house().organizationAdmin.update(adminCallerOf(ctx), id, input) };
    },
    async delete(ctx: Context) {
      await house().organizationAdmin.remove(adminCallerOf(ctx), idOf(ctx.params.id));
      ctx.status = 204;
    },
    async people(ctx: Context) {
      ctx.body = { data: await house().organizationAdmin.people() };
    },
    /** Who may be given a conversation here. */
    async assignees(ctx: Context) {
      const { organizationId } = await scopeOf(ctx);
      const people = await house().organizationAdmin.assignees(organizationId);
      ctx.body = { data: people.map(({ id, name }) => ({ id: String(id), name })) };
    },
    async apiAccess(ctx: Context) {
      ctx.body = { data: await house().apiAccess.list(adminCallerOf(ctx)) };
    },
    async bind(ctx: Context) {
      const { organizationId } = parseBody(ctx, bindInput);
      // 0 is nobody's: an id that cannot exist is not found rather than "none".
      const target = organizationId === null ? null : (idOf(organizationId) ?? 0);
      const data = await house().apiAccess.bind(adminCallerOf(ctx), idOf(ctx.params.tokenId), target);
      ctx.body = { data };
    },
  });
