/** Who calls: people of the admin panel and programs. */
import type { Core } from '@strapi/strapi';

let counter = 0;

const roleFor = async (strapi: Core.Strapi, actions: string[] | undefined): Promise<number> => {
  const roles = strapi.service('admin::role');
  if (!actions) return (await roles.getSuperAdmin()).id;
  const role = await roles.create({ name: `Test role ${counter}`, description: '' });
  await roles.assignPermissions(
    role.id,
    actions.map((action) => ({ action, subject: null, conditions: [], properties: {} })),
  );
  return role.id;
};

export interface AdminOptions {
  /** The only rights that the user has; left out, a super admin. */
  actions?: string[];
  /** A role that is there already, instead of one with those rights. */
  roleId?: number;
}

export interface SignedIn {
  id: number;
  /** Bearer token. */
  token: string;
  /** `Authorization` header. */
  headers: Record<string, string>;
}

/** Makes an admin user and signs them in without the login form (8 ms). */
export const adminPerson = async (
  strapi: Core.Strapi,
  { actions, roleId }: AdminOptions = {},
): Promise<SignedIn> => {
  counter += 1;
  const user = await strapi.service('admin::user').create({
    firstname: 'Test',
    lastname: `User ${counter}`,
    email: `user-${process.pid}-${counter}@example.test`,
    password: 'Password1',
    isActive: true,
    registrationToken: null,
    roles: [roleId ?? (await roleFor(strapi, actions))],
  });
  const sessions = strapi.sessionManager('admin');
  const refresh = await sessions.generateRefreshToken(String(user.id), `device-${counter}`, {
    type: 'session',
  });
  const access = await sessions.generateAccessToken(refresh.token);
  if ('error' in access) throw new Error(`No access token: ${access.error}`);
  return { id: Number(user.id), token: access.token, headers: { Authorization: `Bearer ${access.token}` } };
};

/** @returns bearer token of a new admin user, for `Authorization` */
export const adminToken = async (strapi: Core.Strapi, options: AdminOptions = {}): Promise<string> =>
  (await adminPerson(strapi, options)).token;

export interface ApiTokenOptions {
  type?: 'full-access' | 'read-only' | 'custom';
  /** For `custom`: scopes such as `plugin::whatsapp.conversation.find`. */
  permissions?: string[];
}

/** @returns access key of a new API token (default: full access) */
export const apiToken = async (
  strapi: Core.Strapi,
  { type = 'full-access', permissions }: ApiTokenOptions = {},
): Promise<string> => {
  counter += 1;
  const { accessKey } = await strapi.service('admin::api-token').create({
    name: `test-${counter}`,
    description: '',
    type,
    lifespan: null,
    ...(type === 'custom' ? { permissions: permissions ?? [] } : {}),
  });
  return accessKey;
};
