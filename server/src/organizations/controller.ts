import type { Context } from 'koa';
import { controller } from '../http/answer';
import { adminCallerOf, type Door } from '../http/door';
import type { Me, OrganizationName } from './contract';
import type { Tenant } from './tenant';

const nameOf = ({ id, name, slug }: Tenant): OrganizationName => ({ id: String(id), name, slug });

export const createOrganizationController = ({ house }: Door) =>
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
  });
