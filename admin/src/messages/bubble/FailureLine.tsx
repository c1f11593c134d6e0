import { Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowClockwise, Pencil } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Message } from '../../../../server/src/messages/contract';
import { t } from '../../translate';
import { explainFailure } from '../failure';

interface Props {
  message: Message;
  canSend: boolean;
  onRetry(message: Message): void;
  onEdit(message: Message): void;
}

/** Under a failed bubble: the cause in words, what can be done, and the code for those who look further. */
export const FailureLine = ({ message, canSend, onRetry, onEdit }: Props) => {
  const { formatMessage } = useIntl();
  const [details, setDetails] = useState(false);
  const { cause, retryable } = explainFailure(message.error);
  const text = cause
    ? formatMessage(t(cause))
    : message.error?.message || formatMessage(t('failure.unknown'));
  return (
    <Flex direction="column" alignItems="flex-end" gap={1} paddingTop={1} maxWidth="min(75%, 560px)">
      <Typography variant="pi" textColor="neutral800" textAlign="end">
        {text}
      </Typography>
      <Flex gap={3} wrap="wrap" justifyContent="flex-end">
        {canSend && retryable && (
          <TextButton startIcon={<ArrowClockwise />} onClick={() => onRetry(message)}>
            {formatMessage(t('common.retry'))}
          </TextButton>
        )}
        {canSend && message.type === 'text' && (
          <TextButton startIcon={<Pencil />} onClick={() => onEdit(message)}>
            {formatMessage(t('message.edit'))}
          </TextButton>
        )}
        {message.error && (
          <TextButton aria-expanded={details} onClick={() => setDetails(!details)}>
            {formatMessage(t('message.details'))}
          </TextButton>
        )}
      </Flex>
      {details && message.error && (
        <Typography variant="pi" textColor="neutral600" textAlign="end">
          {[message.error.code, message.error.title, message.error.message, message.error.hint]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
      )}
    </Flex>
  );
};
