import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';
import { ACTIONS, type Action } from '../permissions';
import type { Database } from '../storage/database';
import { claimOnce } from '../storage/once';

/** The everyday set: all of the inbox, nothing that gives data away and no settings. */
export const MARKETER_ACTIONS: readonly Action[] = [
  ACTIONS.readInbox,
  ACTIONS.sendMessages,
  ACTIONS.startConversations,
  ACTIONS.sendTemplates,
  ACTIONS.assignConversations,
  ACTIONS.editContacts,
  ACTIONS.editConsent,
];

export const MARKETER = {
  name: 'Marketer',
  code: 'whatsapp-marketer',
  description: 'Talks to customers in the WhatsApp inbox.',
} as const;

/** Remembers that the role was offered once: what an admin made of it since is the admin's business. */
const OFFERED = 'marketer_offered';

interface Roles {
  exists(where: { name: string } | { code: string }): Promise<boolean>;
  create(role: typeof MARKETER): Promise<{ id: number }>;
  assignPermissions(roleId: number, permissions: object[]): Promise<unknown>;
}

/**
 * Makes the role on the very first start, and never again: neither after it was deleted nor after its rights were changed.
 * A role of the site's own by that name is left as it is. Call it once Strapi is up: Strapi makes its own roles
 * (Super Admin!) after the plugins' bootstrap, and only if there is none yet.
 */
export const offerMarketer = async (strapi: Core.Strapi, db: Database, now: number): Promise<void> => {
  const store = strapi.store({ type: 'plugin', name: PLUGIN_ID });
  if (await store.get({ key: OFFERED })) return;
  // Roles have no unique name in the database: of two processes that start together one makes it.
  if (!(await claimOnce(db, 'marketer', now))) return;
  const roles = strapi.service('admin::role') as unknown as Roles;
  if (!(await roles.exists({ name: MARKETER.name })) && !(await roles.exists({ code: MARKETER.code }))) {
    const { id } = await roles.create(MARKETER);
    await roles.assignPermissions(
      id,
      MARKETER_ACTIONS.map((action) => ({ action, subject: null, conditions: [], properties: {} })),
    );
  }
  await store.set({ key: OFFERED, value: true });
};
