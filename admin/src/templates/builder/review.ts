import type { DraftState } from '../../../../server/src/template-drafts/contract';

export type DraftAction = 'submit' | 'request-review' | 'approve' | 'return';

interface Asker {
  userId: string;
  canManage: boolean;
  canApprove: boolean;
}

interface Asked {
  state: DraftState;
  author: { id: string } | null;
}

/**
 * What this person can do with a draft now. With two persons, its author asks, somebody else agrees or sends it back, and
 * only then it can be submitted.
 */
export const actionsOf = (
  draft: Asked,
  twoPersons: boolean,
  { userId, canManage, canApprove }: Asker,
): DraftAction[] => {
  const { state } = draft;
  if (state === 'submitted') return [];
  if (!twoPersons) return canManage ? ['submit'] : [];
  if (state === 'in_review') {
    return canApprove && draft.author?.id !== userId ? ['approve', 'return'] : [];
  }
  if (!canManage) return [];
  return state === 'approved' ? ['submit'] : ['request-review'];
};

/** A draft that a colleague looks at stands still; and what is at Meta is history. */
export const isLocked = ({ state }: Asked, canManage: boolean): boolean =>
  !canManage || state === 'in_review' || state === 'submitted';
