import { useIntl } from 'react-intl';
import type { Message } from '../../../../server/src/messages/contract';
import { fullDateTime, timeOfDay } from '../../design/time';
import { t } from '../../translate';
import { Meta } from './shell';
import { Ticks } from './Ticks';

/** Time, "edited" and ticks at the end of a bubble. */
export const MessageMeta = ({ message }: { message: Message }) => {
  const { formatMessage, locale } = useIntl();
  const at = Date.parse(message.timestamp);
  return (
    <Meta>
      {message.edited && !message.revoked && <span>{formatMessage(t('message.edited'))}</span>}
      {message.status === 'unknown' && <span>{formatMessage(t('status.checking'))}</span>}
      <time dir="auto" dateTime={message.timestamp} title={fullDateTime(at, locale)}>
        {timeOfDay(at, locale)}
      </time>
      {message.direction === 'outbound' && message.type !== 'note' && <Ticks message={message} />}
    </Meta>
  );
};
