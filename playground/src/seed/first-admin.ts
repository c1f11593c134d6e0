import type { Core } from '@strapi/strapi';

/**
 * Makes the super admin named by DEMO_ADMIN_EMAIL and DEMO_ADMIN_PASSWORD in a database that has no admin yet.
 * @returns whether one was made
 */
export const ensureFirstAdmin = async (strapi: Core.Strapi): Promise<boolean> => {
  const users = strapi.service('admin::user');
  if (await users.exists()) return false;
  const email = process.env.DEMO_ADMIN_EMAIL;
  const password = process.env.DEMO_ADMIN_PASSWORD;
  if (!email || !password) throw new Error('The first admin needs DEMO_ADMIN_EMAIL and DEMO_ADMIN_PASSWORD.');
  const superAdmin = await strapi.service('admin::role').getSuperAdmin();
  await users.create({
    firstname: 'Demo',
    lastname: 'Admin',
    email,
    password,
    isActive: true,
    registrationToken: null,
    roles: [superAdmin.id],
  });
  return true;
};
