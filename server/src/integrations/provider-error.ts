import type { GraphError } from '../cloud-api/graph-error';
import { WhatsAppError } from '../errors';

/**
 * The answer of a call that talks to Meta at once. Whether Meta refused or was not reached is told apart: only the first
 * is something to mend at Meta.
 */
export const providerError = (error: GraphError): WhatsAppError =>
  new WhatsAppError('provider_error', error.message, {
    reason: error.meta ? 'refused' : 'unreachable',
    meta: error.meta,
  });
