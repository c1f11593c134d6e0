import { useRBAC } from '@strapi/strapi/admin';
import { ALL_PERMISSIONS } from './permissions';

export interface Abilities {
  isLoading: boolean;
  canReadInbox: boolean;
  canSendMessages: boolean;
  canReadIntegrations: boolean;
  canManageIntegrations: boolean;
  canUseSimulator: boolean;
}

/** What the signed-in user may do in the plugin; all false while Strapi is still checking. */
export const useAbilities = (): Abilities => {
  const { isLoading, allowedActions } = useRBAC(ALL_PERMISSIONS);
  const can = (name: string) => Boolean((allowedActions as Record<string, boolean | undefined>)[name]);
  return {
    isLoading,
    canReadInbox: can('canReadInbox'),
    canSendMessages: can('canSendMessages'),
    canReadIntegrations: can('canReadIntegrations'),
    canManageIntegrations: can('canManageIntegrations'),
    canUseSimulator: can('canUseSimulator'),
  };
};
