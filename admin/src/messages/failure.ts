import type { MessageError } from '../../../server/src/messages/contract';
import type { TranslationId } from '../translate';

export interface Failure {
  /** Plain cause; null when nothing better than the server's own sentence is known. */
  cause: TranslationId | null;
  retryable: boolean;
  /** Only a template can go out now. */
  windowClosed: boolean;
}

/** Meta's codes (Cloud API "Error codes") and ours, to a sentence for the person who wrote the message. */
const CAUSES: Record<string, TranslationId> = {
  network: 'failure.network',
  left_unsent: 'failure.leftUnsent',
  http_401: 'failure.session',
  http_403: 'failure.forbidden',
  window_closed: 'failure.windowClosed',
  '131047': 'failure.windowClosed',
  '131026': 'failure.undeliverable',
  '131051': 'failure.unsupportedType',
  '131052': 'failure.media',
  '131053': 'failure.media',
  '131056': 'failure.tooManyToOne',
  '130429': 'failure.rateLimit',
  '131048': 'failure.spamLimit',
  '131049': 'failure.ecosystem',
  '130472': 'failure.ecosystem',
  '131031': 'failure.accountLocked',
  '368': 'failure.accountLocked',
  '131042': 'failure.payment',
  '131045': 'failure.numberNotRegistered',
  '133010': 'failure.numberNotRegistered',
  '190': 'failure.token',
  '0': 'failure.token',
  '131050': 'failure.optedOut',
  recipient_opted_out: 'failure.optedOut',
  recipient_not_opted_in: 'failure.notOptedIn',
  integration_inactive: 'failure.integrationInactive',
  rate_limit_exceeded: 'failure.rateLimit',
  not_found: 'failure.gone',
};

const WINDOW_CODES = new Set(['window_closed', '131047']);

/** What to tell about a message that did not go out, and what may be done. */
export const explainFailure = (error: MessageError | null): Failure => {
  const code = error?.code ?? '';
  const windowClosed = WINDOW_CODES.has(code);
  return {
    cause: CAUSES[code] ?? null,
    retryable: !windowClosed && (error?.retryable ?? true),
    windowClosed,
  };
};
