import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { t } from '../../translate';

/** Meta's codes for a rejection (Meta, webhooks/message_template_status_update). */
export const REASONS = [
  'ABUSIVE_CONTENT',
  'CATEGORY_NOT_AVAILABLE',
  'INCORRECT_CATEGORY',
  'INVALID_FORMAT',
  'PROMOTIONAL',
  'SCAM',
  'TAG_CONTENT_MISMATCH',
] as const;

/** Meta's code for a rejection in words; the code itself when Meta has a new one. */
export const useReasonWords = (): ((reason: string) => string) => {
  const { formatMessage } = useIntl();
  return useCallback(
    (reason) => {
      const known = REASONS.find((one) => one === reason.toUpperCase());
      return known ? formatMessage(t(`templates.reason.${known}`)) : reason;
    },
    [formatMessage],
  );
};
