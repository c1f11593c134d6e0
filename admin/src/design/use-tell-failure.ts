import { useNotification } from '@strapi/strapi/admin';
import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { ApiError } from '../api/client';
import { useFailureWords } from '../messages/use-failure-words';
import { t, type TranslationId } from '../translate';

/** Refusals that only the settings meet; those of messages are in `messages/failure.ts`. */
const CAUSES: Record<string, TranslationId> = {
  encryption_key_missing: 'failure.encryptionKey',
  simulator_unavailable: 'failure.simulator',
  not_found: 'failure.notFound',
  organization_in_use: 'failure.organizationInUse',
  slug_taken: 'failure.slugTaken',
};

/** Tells what went wrong as a notice, in the viewer's language where the code is known, else in the server's words. */
export const useTellFailure = (): ((cause: unknown) => void) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const wordsOf = useFailureWords();
  return useCallback(
    (cause: unknown) => {
      const error = cause instanceof ApiError ? cause : null;
      const code = error?.code ?? '';
      const known = CAUSES[code];
      const said = error && { code, title: '', message: error.message, hint: null, retryable: false };
      toggleNotification({
        type: 'danger',
        message: known ? formatMessage(t(known)) : said ? wordsOf(said).cause : String(cause),
      });
    },
    [formatMessage, toggleNotification, wordsOf],
  );
};
