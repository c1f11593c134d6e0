import type { Core } from '@strapi/strapi';

/** Name of the policy on routes that any one of several actions opens; Strapi's own asks for all of them. */
export const ANY_PERMISSION = 'plugin::whatsapp.has-any-permission';

interface Ability {
  can(action: string): boolean;
}

const hasAnyPermission: Core.PolicyHandler<{ actions: readonly string[] }> = (ctx, { actions }) => {
  const { userAbility } = (ctx as unknown as { state: { userAbility?: Ability } }).state;
  return userAbility !== undefined && actions.some((action) => userAbility.can(action));
};

export const policies = { 'has-any-permission': hasAnyPermission };
