import { IconButton } from '@strapi/design-system';
import { ArrowLeft, Information } from '@strapi/icons';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Conversation } from '../../../server/src/conversations/contract';
import type { Integration } from '../../../server/src/integrations/contract';
import { Avatar } from '../design/Avatar';
import { ContactName } from '../design/ContactName';
import { t } from '../translate';
import { displayName, initialsOf } from './display-name';
import { NumberHealth } from './NumberHealth';
import { WindowText } from './WindowText';

const Bar = styled.header`
  display: flex;
  flex: none;
  align-items: center;
  gap: 12px;
  min-height: 64px;
  padding: 8px 16px;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
`;
const Titles = styled.div`
  flex: 1;
  min-width: 0;
`;
const Title = styled.h2`
  overflow: hidden;
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.6rem;
  font-weight: 600;
  line-height: 2.2rem;
  text-overflow: ellipsis;
  white-space: nowrap;
`;
const Under = styled.div`
  display: flex;
  gap: 4px 12px;
  overflow: hidden;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  line-height: 1.6rem;
  white-space: nowrap;
  bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
`;

const Blocked = styled.span`
  color: ${({ theme }) => theme.colors.danger600};
  font-weight: 600;
`;

interface Props {
  conversation: Conversation;
  integration: Integration | null;
  now: number;
  /** Where Back leads; null where the list stands beside the thread. */
  backTo: string | null;
  detailsOpen: boolean;
  /** The control that says who answers, or nothing. */
  assignee: ReactNode;
  onToggleDetails(): void;
}

/** Who one talks to, on which number, and for how long free-form replies are allowed. */
export const ConversationHeader = ({
  conversation,
  integration,
  now,
  backTo,
  detailsOpen,
  assignee,
  onToggleDetails,
}: Props) => {
  const { formatMessage } = useIntl();
  const navigate = useNavigate();
  const { contact } = conversation;
  const name = displayName(contact);
  const showPhone = contact.phone !== null && name.text !== contact.phone;
  return (
    <Bar>
      {backTo !== null && (
        <IconButton variant="ghost" label={formatMessage(t('common.back'))} onClick={() => navigate(backTo)}>
          <ArrowLeft />
        </IconButton>
      )}
      <Avatar id={contact.id} initials={initialsOf(name)} />
      <Titles>
        <Title>
          <ContactName contact={contact} />
        </Title>
        <Under>
          {contact.blocked ? (
            <Blocked>{formatMessage(t('block.badge'))}</Blocked>
          ) : (
            <WindowText expiresAt={conversation.windowExpiresAt} now={now} />
          )}
          {showPhone && <bdi dir="ltr">{contact.phone}</bdi>}
          {integration && <NumberHealth integration={integration} />}
        </Under>
      </Titles>
      {assignee}
      <IconButton
        variant={detailsOpen ? 'secondary' : 'ghost'}
        aria-pressed={detailsOpen}
        label={formatMessage(t('details.toggle'))}
        onClick={onToggleDetails}
      >
        <Information />
      </IconButton>
    </Bar>
  );
};
