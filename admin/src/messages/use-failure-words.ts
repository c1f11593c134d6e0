import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import type { MessageError } from '../../../server/src/messages/contract';
import { t, type TranslationId } from '../translate';
import { explainFailure } from './failure';

export interface FailureWords {
  cause: string;
  /** null: nothing better than what the buttons offer. */
  nextStep: string | null;
}

/** Says in the viewer's language why a message did not go out; in the server's words where we have none. */
export const useFailureWords = (): ((error: MessageError | null) => FailureWords) => {
  const { formatMessage, messages } = useIntl();
  return useCallback(
    (error) => {
      const { cause, nextStep } = explainFailure(error);
      const say = (id: string | null): string | null =>
        id !== null && `whatsapp.${id}` in messages ? formatMessage(t(id as TranslationId)) : null;
      const known = say(cause);
      return {
        cause: known ?? (error?.message || formatMessage(t('failure.unknown'))),
        nextStep: known === null ? (error?.hint ?? null) : say(nextStep),
      };
    },
    [formatMessage, messages],
  );
};
