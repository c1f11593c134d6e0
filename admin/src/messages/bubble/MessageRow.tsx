import { memo } from 'react';
import { useIntl } from 'react-intl';
import { PaneBoundary } from '../../design/PaneBoundary';
import { useStore } from '../../store/use-store';
import { t } from '../../translate';
import type { ThreadStore } from '../thread-store';
import { MessageView, type ViewProps } from './MessageView';
import { Bubble, Row } from './shell';

const BrokenMessage = ({ reference }: { reference: string }) => {
  const { formatMessage } = useIntl();
  return (
    <Row $mine={false} $last>
      <Bubble $tone="failed" $mine={false} $first $last $flash={false}>
        {formatMessage(t('message.broken'), { reference })}
      </Bubble>
    </Row>
  );
};

interface Props extends Omit<ViewProps, 'message'> {
  store: ThreadStore;
  messageKey: string;
}

/** A message out of the store: a new tick repaints this row and no other. */
export const MessageRow = memo(({ store, messageKey, ...rest }: Props) => {
  const message = useStore(store, (state) => state.byKey[messageKey]);
  if (!message) return null;
  return (
    <PaneBoundary fallback={(reference) => <BrokenMessage reference={reference} />}>
      <MessageView message={message} {...rest} />
    </PaneBoundary>
  );
});
MessageRow.displayName = 'MessageRow';
