import { VisuallyHidden } from '@strapi/design-system';
import { Lock } from '@strapi/icons';
import { memo } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Conversation } from '../../../server/src/conversations/contract';
import { Avatar } from '../design/Avatar';
import { ContactName } from '../design/ContactName';
import { fullDateTime, listTime } from '../design/time';
import { StatusSign } from '../messages/bubble/Ticks';
import { typeInfo } from '../messages/type-info';
import { plainStart } from '../messages/markup/plain';
import { t } from '../translate';
import { displayName, initialsOf } from './display-name';
import { windowState } from './service-window';

export const ROW_HEIGHT = 72;

const Anchor = styled(Link)`
  display: flex;
  align-items: center;
  gap: 12px;
  height: ${ROW_HEIGHT}px;
  padding: 0 16px;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  text-decoration: none;
  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
  &[aria-current='true'] {
    background: ${({ theme }) => theme.colors.primary100};
    box-shadow: inset 3px 0 0 ${({ theme }) => theme.colors.primary600};
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;
const Texts = styled.span`
  display: flex;
  flex: 1;
  flex-direction: column;
  gap: 2px;
  min-width: 0;
`;
const RowLine = styled.span`
  display: flex;
  align-items: center;
  gap: 6px;
  min-width: 0;
`;
const Name = styled.span<{ $strong: boolean }>`
  flex: 1;
  min-width: 0;
  overflow: hidden;
  font-size: 1.4rem;
  font-weight: ${({ $strong }) => ($strong ? 600 : 500)};
  line-height: 2rem;
  text-overflow: ellipsis;
  white-space: nowrap;
`;
const Time = styled.time<{ $strong: boolean }>`
  flex: none;
  color: ${({ theme, $strong }) => ($strong ? theme.colors.primary700 : theme.colors.neutral600)};
  font-size: 1.2rem;
  font-weight: ${({ $strong }) => ($strong ? 600 : 400)};
`;
const Preview = styled.span<{ $strong: boolean }>`
  display: flex;
  flex: 1;
  align-items: center;
  gap: 4px;
  min-width: 0;
  color: ${({ theme, $strong }) => ($strong ? theme.colors.neutral800 : theme.colors.neutral600)};
  font-size: 1.3rem;
  line-height: 2rem;
  > svg {
    flex: none;
  }
  > svg path {
    fill: currentcolor;
  }
  bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;
const Draft = styled.span`
  flex: none;
  color: ${({ theme }) => theme.colors.danger600};
`;
const Unread = styled.span`
  flex: none;
  min-width: 20px;
  padding: 0 6px;
  border-radius: 10px;
  background: ${({ theme }) => theme.colors.primary600};
  color: ${({ theme }) => theme.colors.neutral0};
  font-size: 1.1rem;
  font-weight: 600;
  line-height: 2rem;
  text-align: center;
`;

const PreviewText = ({ conversation, draft }: { conversation: Conversation; draft: string }) => {
  const { formatMessage } = useIntl();
  const last = conversation.lastMessage;
  const strong = conversation.unreadCount > 0;
  if (draft) {
    return (
      <Preview $strong={false}>
        <Draft>{formatMessage(t('row.draft'))}</Draft>
        <bdi dir="auto">{draft}</bdi>
      </Preview>
    );
  }
  if (!last) return <Preview $strong={false}>{formatMessage(t('row.empty'))}</Preview>;
  const { Icon, label } = typeInfo(last.type);
  return (
    <Preview $strong={strong}>
      {last.direction === 'outbound' && last.type !== 'note' && <StatusSign status={last.status} />}
      {Icon && <Icon width={12} height={12} aria-hidden />}
      <bdi dir="auto">{plainStart(last.text) || formatMessage(t(label))}</bdi>
    </Preview>
  );
};

interface Props {
  conversation: Conversation;
  to: string;
  selected: boolean;
  draft: string;
  /** ms, server clock; rounded by the caller so that rows do not repaint for nothing. */
  now: number;
  numberName: string | null;
}

/** One conversation: 72 px, two lines. */
export const ConversationRow = memo(({ conversation, to, selected, draft, now, numberName }: Props) => {
  const { formatMessage, locale } = useIntl();
  const at = conversation.lastMessageAt ? Date.parse(conversation.lastMessageAt) : null;
  const { unreadCount } = conversation;
  const closed = ['closed', 'never'].includes(windowState(conversation.windowExpiresAt, now).state);
  const initials = initialsOf(displayName(conversation.contact));
  return (
    <Anchor to={to} aria-current={selected}>
      <Avatar id={conversation.contact.id} initials={initials} />
      <Texts>
        <RowLine>
          <Name $strong={unreadCount > 0}>
            <ContactName contact={conversation.contact} />
            {unreadCount > 0 && (
              <VisuallyHidden tag="span">
                {formatMessage(t('row.unread'), { count: unreadCount })}
              </VisuallyHidden>
            )}
          </Name>
          {at !== null && (
            <Time
              $strong={unreadCount > 0}
              dateTime={new Date(at).toISOString()}
              title={fullDateTime(at, locale)}
            >
              {listTime(at, now, locale)}
            </Time>
          )}
        </RowLine>
        <RowLine title={numberName ? formatMessage(t('row.number'), { name: numberName }) : undefined}>
          <PreviewText conversation={conversation} draft={selected ? '' : draft} />
          {closed && (
            <Lock
              width={12}
              height={12}
              fill="neutral500"
              role="img"
              aria-label={formatMessage(t('window.closed'))}
            />
          )}
          {unreadCount > 0 && <Unread aria-hidden>{unreadCount > 99 ? '99+' : unreadCount}</Unread>}
        </RowLine>
      </Texts>
    </Anchor>
  );
});
ConversationRow.displayName = 'ConversationRow';
