import { ACTIONS } from '../../../server/src/permissions';
import type { Abilities } from '../../../admin/src/use-abilities';

/** Somebody who may do everything, or what is left after `change`. */
export const someAbilities = (change: Partial<Abilities> = {}): Abilities =>
  ({
    ...Object.fromEntries(
      Object.keys(ACTIONS).map((name) => [`can${name[0].toUpperCase()}${name.slice(1)}`, true]),
    ),
    isLoading: false,
    canSeeInbox: true,
    canSeeTemplates: true,
    ...change,
  }) as Abilities;
