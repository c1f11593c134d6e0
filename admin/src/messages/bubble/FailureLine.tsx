import { Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowClockwise, Pencil } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Message } from '../../../../server/src/messages/contract';
import { timeOfDay } from '../../design/time';
import { t } from '../../translate';
import { explainFailure } from '../failure';
import { useFailureWords } from '../use-failure-words';

interface Props {
  message: Message;
  canSend: boolean;
  onRetry(message: Message): void;
  onEdit(message: Message): void;
}

/** Under a failed bubble: the cause in words, what can be done, and the code for those who look further. */
export const FailureLine = ({ message, canSend, onRetry, onEdit }: Props) => {
  const { formatMessage, locale } = useIntl();
  const [details, setDetails] = useState(false);
  const { retryable } = explainFailure(message.error);
  const { cause, nextStep } = useFailureWords()(message.error);
  const { error } = message;
  return (
    <Flex direction="column" alignItems="flex-end" gap={1} paddingTop={1} maxWidth="min(75%, 560px)">
      <Typography variant="pi" textColor="neutral800" textAlign="end">
        {cause} {nextStep}
        {error?.retryAt &&
          ` ${formatMessage(t('failure.freesAt'), { time: timeOfDay(Date.parse(error.retryAt), locale) })}`}
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
        {error && (
          <TextButton aria-expanded={details} onClick={() => setDetails(!details)}>
            {formatMessage(t('message.details'))}
          </TextButton>
        )}
      </Flex>
      {details && error && (
        <Typography variant="pi" textColor="neutral600" textAlign="end">
          {[error.code, error.title, error.message, error.hint].filter(Boolean).join(' · ')}
        </Typography>
      )}
    </Flex>
  );
};
