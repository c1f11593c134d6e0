import type { GraphError } from '../cloud-api/graph-error';
import { WhatsAppError } from '../errors';
import type { MessageError } from '../messages/contract';
import { failureOfCall, ownFailure } from './failure';

/** Meta may have it back within hours: what waits goes on then (Meta, template-pausing and template-review). */
const PASSING = new Set(['PAUSED', 'PENDING', 'IN_APPEAL']);
/** Meta's answer to a send of a paused template. */
const PAUSED = 132015;
/** Longer than a review (a day) and any pause that ends by itself; later the message would say yesterday's news. */
export const HOLD_MS = 48 * 60 * 60 * 1000;
/** Whoever waits looks again this often, should no webhook tell. */
export const HOLD_LOOK_MS = 10 * 60 * 1000;

const waits = (error: unknown): boolean => {
  if (error instanceof WhatsAppError)
    return error.code === 'template_not_approved' && PASSING.has(String(error.details.status));
  return (error as GraphError).meta?.code === PAUSED;
};

/**
 * Why a message waits for its template, or null when waiting is of no use: it is rejected or disabled, or the message has
 * waited too long. `since`: when it was to go, ms.
 */
export const holdFor = (
  error: WhatsAppError | GraphError,
  since: number,
  now: number,
): MessageError | null => {
  if (!waits(error) || now - since >= HOLD_MS) return null;
  const reason =
    error instanceof WhatsAppError ? ownFailure(error.code, error.message) : failureOfCall(error);
  return {
    ...reason,
    class: 'wait',
    hint: 'The message goes as soon as WhatsApp takes the template again, within 48 hours.',
    retryable: false,
  };
};
