import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';
import type { Audit, Caller } from './service';

const PERMISSION = 'admin::permission';
const OURS = `plugin::${PLUGIN_ID}.`;
/** Strapi saves the rights of a role one by one; what comes within this time is one change. */
const TOGETHER_MS = 100;

interface Change {
  caller: Caller;
  granted: string[];
  revoked: string[];
}

interface Permission {
  action?: string;
  role?: { id: number | string } | number | string | null;
}

const roleIdOf = ({ role }: Permission): number =>
  Number(typeof role === 'object' && role !== null ? role.id : role);

/**
 * Watches what admins do to the rights of roles, as far as rights of ours are among them. Strapi has no event that names
 * the role, so its database hooks are used; they run inside its own work, so the entry is written a moment later.
 */
export const watchRoles = (
  strapi: Core.Strapi,
  { audit, caller, onError }: { audit: Audit; caller(): Caller | null; onError(error: unknown): void },
): void => {
  const open = new Map<string, Change>();

  const write = async (roleId: number, { caller: { actor }, granted, revoked }: Change): Promise<void> => {
    const role = (await strapi.db.query('admin::role').findOne({ where: { id: roleId } })) as {
      name?: string;
    } | null;
    await audit.record(null, {
      organizationId: null,
      actor,
      action: 'role.permissions',
      target: { type: 'role', id: roleId, label: role?.name ?? null },
      before: revoked.length > 0 ? { rights: revoked.sort() } : null,
      after: granted.length > 0 ? { rights: granted.sort() } : null,
    });
  };

  const note = (kind: 'granted' | 'revoked', permission: Permission | null): void => {
    const by = caller();
    // What Strapi and this plugin grant at start is nobody's decision.
    if (!by || !permission?.action?.startsWith(OURS)) return;
    const roleId = roleIdOf(permission);
    const key = `${roleId}:${by.actor.id}`;
    let change = open.get(key);
    if (!change) {
      open.set(key, (change = { caller: by, granted: [], revoked: [] }));
      setTimeout(() => {
        open.delete(key);
        write(roleId, change as Change).catch(onError);
      }, TOGETHER_MS).unref();
    }
    change[kind].push(permission.action.slice(OURS.length));
  };

  strapi.db.lifecycles.subscribe({
    models: [PERMISSION],
    afterCreate: ({ params }) => note('granted', (params.data ?? null) as Permission | null),
    async beforeDelete({ params }) {
      const query = { where: params.where, populate: ['role'] };
      note('revoked', (await strapi.db.query(PERMISSION).findOne(query)) as Permission | null);
    },
  });
};
