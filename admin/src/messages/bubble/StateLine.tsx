import { Flex, TextButton, Typography } from '@strapi/design-system';
import { ArrowClockwise, Clock, Cross } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Message } from '../../../../server/src/messages/contract';
import { timeOfDay } from '../../design/time';
import { t } from '../../translate';

interface Props {
  message: Message;
  canSend: boolean;
  onSendAgain(message: Message): void;
  onCancel(message: Message): void;
  onReschedule(message: Message): void;
}

/** An outcome that nobody knows: sending once more is the person's decision, told what it may mean. */
const Unknown = ({ message, canSend, onSendAgain }: Props) => {
  const { formatMessage } = useIntl();
  const [asking, setAsking] = useState(false);
  if (!canSend) return null;
  if (!asking) {
    return (
      <TextButton startIcon={<ArrowClockwise />} onClick={() => setAsking(true)}>
        {formatMessage(t('unknown.again'))}
      </TextButton>
    );
  }
  return (
    <Flex direction="column" alignItems="flex-end" gap={1} role="group">
      <Typography variant="pi" textColor="neutral800" textAlign="end">
        {formatMessage(t('unknown.ask'))}
      </Typography>
      <Flex gap={3}>
        <TextButton
          onClick={() => {
            setAsking(false);
            onSendAgain(message);
          }}
        >
          {formatMessage(t('unknown.confirm'))}
        </TextButton>
        <TextButton onClick={() => setAsking(false)}>{formatMessage(t('unknown.wait'))}</TextButton>
      </Flex>
    </Flex>
  );
};

const Scheduled = ({ message, canSend, onCancel, onReschedule }: Props) => {
  const { formatMessage } = useIntl();
  return (
    <Flex gap={3} wrap="wrap" justifyContent="flex-end">
      {canSend && (
        <>
          <TextButton startIcon={<Clock />} onClick={() => onReschedule(message)}>
            {formatMessage(t('schedule.change'))}
          </TextButton>
          <TextButton startIcon={<Cross />} onClick={() => onCancel(message)}>
            {formatMessage(t('schedule.cancel'))}
          </TextButton>
        </>
      )}
    </Flex>
  );
};

/** Under a bubble whose way is not ended: planned for later, held back by a limit, taken back, or of unknown outcome. */
export const StateLine = (props: Props) => {
  const { formatMessage, locale } = useIntl();
  const { message } = props;
  const wait = message.status === 'queued' ? (message.error?.retryAt ?? null) : null;
  const shown = wait !== null || ['unknown', 'scheduled', 'cancelled'].includes(message.status);
  if (!shown || message.direction !== 'outbound') return null;
  return (
    <Flex direction="column" alignItems="flex-end" gap={1} paddingTop={1} maxWidth="min(75%, 560px)">
      {message.status === 'unknown' && <Unknown {...props} />}
      {message.status === 'scheduled' && !message.id.startsWith('pending:') && <Scheduled {...props} />}
      {message.status === 'cancelled' && (
        <Typography variant="pi" textColor="neutral600">
          {formatMessage(
            t(message.error?.code === 'cancelled_by_reply' ? 'failure.cancelledByReply' : 'status.cancelled'),
          )}
        </Typography>
      )}
      {wait !== null && (
        <Typography variant="pi" textColor="neutral600" textAlign="end">
          {formatMessage(t('status.heldUntil'), { time: timeOfDay(Date.parse(wait), locale) })}
        </Typography>
      )}
    </Flex>
  );
};
