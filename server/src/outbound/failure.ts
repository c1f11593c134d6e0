import type { GraphError } from '../cloud-api/graph-error';
import { describeMetaError } from '../cloud-api/errors';
import type { MetaErrorInfo } from '../cloud-api/events';
import type { MessageError } from '../messages/contract';

/** Words for a failure that Meta reported by status. */
export const failureOfStatus = (info: MetaErrorInfo): MessageError => {
  const { key, act, title, message, hint, class: kind } = describeMetaError(info);
  return { code: String(info.code), key, class: act, title, message, hint, retryable: kind === 'retry' };
};

/** Words for a send call that failed. */
export const failureOfCall = (error: GraphError): MessageError => {
  if (error.meta) {
    const { code, title, details } = error.meta;
    const failure = failureOfStatus({ code, title, message: error.message, details });
    return { ...failure, retryable: failure.retryable || error.retryable };
  }
  return {
    code: error.category,
    key: error.category,
    class: error.retryable ? 'retry' : 'agent',
    title: 'Not sent',
    message: error.message,
    hint: error.retryable ? 'Try again in a moment.' : null,
    retryable: error.retryable,
  };
};

/** While a status may still settle it. */
export const CHECKING: MessageError = {
  code: 'unknown_outcome',
  key: 'unknown_outcome',
  class: 'agent',
  title: 'Checking',
  message:
    'WhatsApp did not answer in time. The message may have been sent; we are waiting for its delivery news.',
  hint: null,
  retryable: false,
};

/** No news came: the decision is the editor's, since sending again may double the message. */
export const NOT_CONFIRMED: MessageError = {
  code: 'unknown_outcome',
  key: 'unknown_outcome',
  class: 'agent',
  title: 'Not confirmed',
  message: 'WhatsApp never confirmed this message. It may or may not have arrived.',
  hint: 'Send it again only if the person does not seem to have it.',
  // Not as the same bubble: as a second message, which takes an explicit yes.
  retryable: true,
};

/** An editor sent a second one; news about this one is still welcome. */
export const SENT_AGAIN: MessageError = {
  code: 'unknown_outcome',
  key: 'unknown_outcome',
  class: 'agent',
  title: 'Sent again',
  message: 'WhatsApp never confirmed this message, so it was sent a second time.',
  hint: null,
  retryable: false,
};

export const CANCELLED_BY_REPLY: MessageError = {
  code: 'cancelled_by_reply',
  key: 'cancelled_by_reply',
  class: 'agent',
  title: 'Not sent',
  message: 'The person wrote before this was due, so it was not sent.',
  hint: null,
  retryable: false,
};

/** One of our own reasons not to send. */
export const ownFailure = (
  code: string,
  message: string,
  more: Partial<Pick<MessageError, 'hint' | 'retryable' | 'class'>> = {},
): MessageError => ({
  code,
  key: code,
  class: 'agent',
  title: 'Not sent',
  message,
  hint: null,
  retryable: false,
  ...more,
});
