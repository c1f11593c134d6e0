import type { MessageError } from '../../../server/src/messages/contract';

/** Failures of this browser and answers of the server's doors, by the key of their words. */
const OWN: Record<string, string> = {
  network: 'failure.network',
  left_unsent: 'failure.leftUnsent',
  http_401: 'failure.session',
  http_403: 'failure.forbidden',
  http_413: 'failure.mediaNotSupported',
  window_closed: 'failure.windowClosed',
  recipient_opted_out: 'failure.optedOut',
  recipient_not_opted_in: 'failure.notOptedIn',
  recipient_blocked: 'failure.blocked',
  integration_inactive: 'failure.integrationInactive',
  rate_limit_exceeded: 'failure.rateLimit',
  outside_business_hours: 'failure.outsideHours',
  newer_reply_exists: 'failure.newerReply',
  template_not_found: 'failure.template',
  template_not_approved: 'failure.template',
  template_not_allowed: 'failure.templateNotAllowed',
  template_parameters_invalid: 'failure.templateValues',
  media_not_supported: 'failure.mediaNotSupported',
  file_missing: 'failure.uploadLost',
  upload_lost: 'failure.uploadLost',
  cancelled_by_reply: 'failure.cancelledByReply',
  unknown_outcome: 'failure.unknownOutcome',
  sent_again: 'failure.sentAgain',
  no_address: 'failure.noAddress',
  credential: 'metaError.190',
  config: 'failure.config',
  unreachable: 'failure.unreachable',
  retryable: 'failure.unreachable',
  not_found: 'failure.gone',
  rejected: 'failure.rejected',
};

/** What can be done about a failure. Only a template goes out through a closed window, and no retry can help. */
export interface Failure {
  /** Translation ids without the plugin's prefix, first one that exists; the server's own sentence when none does. */
  cause: string | null;
  nextStep: string | null;
  retryable: boolean;
  windowClosed: boolean;
}

const WINDOW_CODES = new Set(['window_closed', '131047']);

/**
 * The words for a message that did not go out. Meta's codes are kept as `metaError.<key>` with `metaError.<key>.next`; `key`
 * is the first code of its row in the server's table.
 */
export const explainFailure = (error: MessageError | null): Failure => {
  const code = error?.code ?? '';
  const windowClosed = WINDOW_CODES.has(code);
  const key = error?.key ?? code;
  const own = OWN[key] ?? OWN[code];
  const isMeta = /^\d+$/.test(key);
  return {
    cause: own ?? (isMeta ? `metaError.${key}` : null),
    nextStep: own ? `${own}.next` : isMeta ? `metaError.${key}.next` : null,
    retryable: !windowClosed && (error?.retryable ?? true),
    windowClosed,
  };
};
