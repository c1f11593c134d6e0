import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';
import { INBOX_ACTIONS } from '../permissions';

/** An admin user of the panel. */
export interface AdminPerson {
  id: number;
  name: string;
  email: string;
}

interface UserRow {
  id: number | string;
  firstname?: string | null;
  lastname?: string | null;
  username?: string | null;
  email?: string | null;
}

/** How a person is called on screen and in logs. */
export const personName = (user: Omit<UserRow, 'id' | 'email'>): string =>
  [user.firstname, user.lastname].filter(Boolean).join(' ') || user.username || 'Admin';

const toPerson = (user: UserRow): AdminPerson => ({
  id: Number(user.id),
  name: personName(user),
  email: user.email ?? '',
});

const ACTIVE = { isActive: true };
const SUPER_ADMIN_ROLE = { code: 'strapi-super-admin' };

/** Reads Strapi's own admin users. */
export const createPeople = (strapi: Core.Strapi) => {
  const find = async (where: object): Promise<AdminPerson[]> => {
    const users = await strapi.db.query('admin::user').findMany({ where, orderBy: { id: 'asc' } });
    const byId = new Map((users as UserRow[]).map((user) => [Number(user.id), toPerson(user)]));
    return [...byId.values()];
  };
  /** Roles that hold one of these actions; asked apart, because a join would repeat users per permission. */
  const rolesWith = async (where: object): Promise<number[]> => {
    const rows = await strapi.db
      .query('admin::permission')
      .findMany({ where: { ...where, role: { id: { $notNull: true } } }, populate: { role: true } });
    return [...new Set((rows as { role: { id: number } }[]).map(({ role }) => role.id))];
  };
  const holders = async (where: object): Promise<AdminPerson[]> =>
    find({
      ...ACTIVE,
      roles: { $or: [{ id: { $in: await rolesWith(where) } }, SUPER_ADMIN_ROLE] },
    });

  return {
    all: () => find(ACTIVE),
    byIds: (ids: number[]) => (ids.length === 0 ? Promise.resolve([]) : find({ id: { $in: ids } })),
    /** Everybody with any right of this plugin. */
    withAccess: () => holders({ action: { $startsWith: `plugin::${PLUGIN_ID}.` } }),
    /** Everybody who may read conversations, all of them or his own. */
    readers: () => holders({ action: { $in: [...INBOX_ACTIONS] } }),
    /** Ids of somebody's roles now; null for a super admin, none for somebody who may not come in any more. */
    async rolesOf(userId: number): Promise<string[] | null> {
      const user = (await strapi.db
        .query('admin::user')
        .findOne({ where: { id: userId, ...ACTIVE }, populate: { roles: true } })) as {
        roles?: { id: number | string; code?: string }[];
      } | null;
      const roles = user?.roles ?? [];
      return roles.some(({ code }) => code === SUPER_ADMIN_ROLE.code)
        ? null
        : roles.map(({ id }) => String(id));
    },
    /** Roles that can be told apart from one another: all but the super admin's, who may do everything. */
    async roles(): Promise<{ id: string; name: string }[]> {
      const rows = await strapi.db.query('admin::role').findMany({ orderBy: { name: 'asc' } });
      return (rows as { id: number | string; name: string; code?: string }[])
        .filter(({ code }) => code !== SUPER_ADMIN_ROLE.code)
        .map(({ id, name }) => ({ id: String(id), name }));
    },
    superAdminIds: async () => (await find({ roles: SUPER_ADMIN_ROLE })).map(({ id }) => id),
  };
};

export type People = ReturnType<typeof createPeople>;
