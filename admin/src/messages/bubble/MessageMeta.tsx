import { useIntl } from 'react-intl';
import type { Message } from '../../../../server/src/messages/contract';
import { fullDateTime, shortDateTime, timeOfDay } from '../../design/time';
import { t } from '../../translate';
import { EditedMark } from './EditedMark';
import { Meta } from './shell';
import { Ticks } from './Ticks';

/** Time, "edited" and ticks at the end of a bubble. */
export const MessageMeta = ({ message }: { message: Message }) => {
  const { formatMessage, locale } = useIntl();
  const waits = message.status === 'scheduled' && message.scheduledAt;
  const time = waits ? message.scheduledAt! : message.timestamp;
  const at = Date.parse(time);
  return (
    <Meta>
      {message.edited && !message.revoked && <EditedMark message={message} />}
      {message.status === 'unknown' && <span>{formatMessage(t('status.checking'))}</span>}
      <time dir="auto" dateTime={time} title={fullDateTime(at, locale)}>
        {waits ? shortDateTime(at, locale) : timeOfDay(at, locale)}
      </time>
      {message.direction === 'outbound' && message.type !== 'note' && <Ticks message={message} />}
    </Meta>
  );
};
