import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { t, type TranslationId } from '../../translate';
import { textOf } from './content';

const Line = styled.p`
  align-self: center;
  max-width: 80%;
  padding: 2px 10px;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  text-align: center;
  overflow-wrap: anywhere;
`;

/** Events of Meta's with words of ours; its own sentences are English. */
const EVENTS: Record<string, TranslationId> = {
  user_changed_number: 'system.changedNumber',
  customer_changed_number: 'system.changedNumber',
  user_changed_user_id: 'system.changedUserId',
  customer_identity_changed: 'system.identityChanged',
  user_identity_changed: 'system.identityChanged',
  request_welcome: 'system.openedChat',
};

/** What happened in a conversation without anybody saying anything. */
export const SystemLine = ({ message, contactName }: { message: Message; contactName: string }) => {
  const { formatMessage } = useIntl();
  const known = EVENTS[textOf(message.content, 'event')];
  return (
    <Line dir="auto" title={message.text || undefined}>
      {known
        ? formatMessage(t(known), { name: contactName })
        : message.text || formatMessage(t('type.system'))}
    </Line>
  );
};
