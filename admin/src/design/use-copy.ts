import { useNotification } from '@strapi/strapi/admin';
import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../translate';
import { report } from './report';

/** Copies text and says so. Over plain http browsers offer no clipboard; then the person is told to copy by hand. */
export const useCopy = () => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  return useCallback(
    async (text: string): Promise<void> => {
      try {
        if (!navigator.clipboard) throw new Error('This browser offers no clipboard here.');
        await navigator.clipboard.writeText(text);
        toggleNotification({ type: 'success', message: formatMessage(t('common.copied')) });
      } catch (cause) {
        report('Copying failed', cause);
        toggleNotification({ type: 'warning', message: formatMessage(t('common.copyByHand')) });
      }
    },
    [formatMessage, toggleNotification],
  );
};
