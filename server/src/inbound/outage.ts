import { WhatsAppError } from '../errors';
import { classifyDbError } from '../storage/db-errors';
import { BufferFull } from './buffer';
import { StorageUnavailable } from './drain';

/** An outage fails every delivery of every number: one line in this time tells as much as thousands. */
const QUIET_MS = 10_000;

/** Why a delivery has to be answered 503; null when it is something else that went wrong. */
const outageBehind = (error: unknown): unknown => {
  if (error instanceof StorageUnavailable) return error.cause;
  if (error instanceof BufferFull || classifyDbError(error) === 'unavailable') return error;
  return error instanceof WhatsAppError && error.code === 'storage_unavailable' ? error : null;
};

/** The query builder puts the statement with its values, which are people's words, before the driver's own. */
const wordsOf = (cause: unknown): string => {
  const { code, sqlMessage, message } = (cause ?? {}) as Record<string, unknown>;
  const words = String(sqlMessage ?? message ?? cause)
    .split(' - ')
    .pop();
  return [code, words].filter(Boolean).join(': ');
};

/**
 * Turns what keeps a delivery from being stored into `storage_unavailable`, and says why through `onOutage`, at most
 * once in ten seconds. Any other error is answered as it is.
 */
export const createOutages = (now: () => number, onOutage: (why: string) => void) => {
  let toldAt = -Infinity;

  return (error: unknown): unknown => {
    const cause = outageBehind(error);
    if (cause === null) return error;
    if (now() - toldAt >= QUIET_MS) {
      toldAt = now();
      onOutage(wordsOf(cause));
    }
    return new WhatsAppError(
      'storage_unavailable',
      'The event could not be stored just now; deliver it again.',
    );
  };
};
