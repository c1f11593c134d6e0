import type { WebhookState } from './contract';

/**
 * What became of a call, as it is stored. `applied`: all of it; `partly`: something was quarantined or is about a number
 * that is not connected here; `ignored`: understood, nothing to store; `rejected`: nobody here signed it.
 */
export type DeliveryOutcome = 'applied' | 'partly' | 'ignored' | 'not_understood' | 'rejected';

const NOT_UNDERSTOOD =
  'The body is not in a form that is known. It is kept and can be replayed after an update.';
const STRANGERS = 'Part of it is about a number that is not connected here; that part was not kept.';

/** What people see: the four states, and why it is not simply "applied". */
export const describeOutcome = (
  outcome: DeliveryOutcome,
  error: string | null,
): { state: WebhookState; error: string | null } => {
  switch (outcome) {
    case 'partly':
      return error === null ? { state: 'applied', error: STRANGERS } : { state: 'quarantined', error };
    case 'not_understood':
      return { state: 'quarantined', error: error ?? NOT_UNDERSTOOD };
    default:
      return { state: outcome, error };
  }
};
