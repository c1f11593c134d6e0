import { useRBAC } from '@strapi/strapi/admin';
import { useMemo } from 'react';
import { ACTIONS } from '../../server/src/permissions';
import { ALL_PERMISSIONS } from './permissions';

type Name = keyof typeof ACTIONS;
type Can = `can${Capitalize<Name>}`;

const NAMES = Object.keys(ACTIONS) as Name[];
const canOf = (name: Name) => `can${name[0]!.toUpperCase()}${name.slice(1)}` as Can;

/** `canReadInbox` and its like, one per action. */
export type Abilities = Record<Can, boolean> & {
  isLoading: boolean;
  /** May read all conversations, or those assigned to them. */
  canSeeInbox: boolean;
  /** May look at the templates; what else depends on the single permissions. */
  canSeeTemplates: boolean;
};

/** What the signed-in user may do in the plugin; all false while Strapi is still checking. */
export const useAbilities = (): Abilities => {
  const { isLoading, allowedActions } = useRBAC(ALL_PERMISSIONS);
  return useMemo(() => {
    const allowed = allowedActions as Record<string, boolean | undefined>;
    const can = Object.fromEntries(NAMES.map((name) => [canOf(name), Boolean(allowed[canOf(name)])]));
    const canSeeInbox = Boolean(can.canReadInbox || can.canReadAssigned);
    return {
      ...(can as Record<Can, boolean>),
      isLoading,
      canSeeInbox,
      canSeeTemplates: Boolean(canSeeInbox || can.canManageTemplates || can.canApproveTemplates),
    };
  }, [isLoading, allowedActions]);
};
