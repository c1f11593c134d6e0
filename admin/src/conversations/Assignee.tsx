import { Button, SimpleMenu, MenuItem, VisuallyHidden } from '@strapi/design-system';
import { User } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type {
  AssignConversation,
  Conversation,
  OneConversation,
} from '../../../server/src/conversations/contract';
import { api } from '../api/client';
import { useResource } from '../api/resource';
import { assigneesResource } from '../api/resources';
import { useBusy } from '../settings/use-busy';
import { t } from '../translate';
import { takeConversation } from './list-store';

/** Strapi's menus are 150 px high at most, which hides that there are more people. */
const Tall = styled(SimpleMenu)`
  max-width: 16rem;
`;
const Name = styled.span`
  display: inline-block;
  max-width: 10rem;
  overflow: hidden;
  text-overflow: ellipsis;
  vertical-align: bottom;
  white-space: nowrap;
  @media (max-width: 519px) {
    display: none;
  }
`;

interface Props {
  conversation: Conversation;
  userId: string;
  canAssign: boolean;
}

/** Who answers this conversation; a menu for whoever may hand it over, me first. */
export const Assignee = ({ conversation, userId, canAssign }: Props) => {
  const { formatMessage } = useIntl();
  const { busy, run } = useBusy();
  const { data: people } = useResource(assigneesResource, canAssign);
  const { assignee, id } = conversation;
  const mine = assignee?.id === userId;
  const name = assignee ? (mine ? formatMessage(t('assign.me')) : assignee.name) : null;

  if (!canAssign) {
    if (!name) return null;
    return (
      <Name title={formatMessage(t('assign.to'), { name })}>
        <VisuallyHidden>{formatMessage(t('assign.to'), { name })}</VisuallyHidden>
        <span aria-hidden>{name}</span>
      </Name>
    );
  }
  const assign = (assigneeId: string | null) =>
    run('work', async () => {
      const body: AssignConversation.Request = { assigneeId };
      const path = `/conversations/${encodeURIComponent(id)}/assign`;
      takeConversation((await api.post<OneConversation.Response>(path, body)).data);
    });
  const label = name ? formatMessage(t('assign.to'), { name }) : formatMessage(t('assign.none'));
  return (
    <Tall
      tag={Button}
      variant="tertiary"
      size="S"
      startIcon={<User />}
      disabled={busy !== null}
      label={
        <>
          <VisuallyHidden>{label}</VisuallyHidden>
          <Name aria-hidden>{name ?? formatMessage(t('assign.action'))}</Name>
        </>
      }
    >
      {!mine && <MenuItem onSelect={() => void assign(userId)}>{formatMessage(t('assign.toMe'))}</MenuItem>}
      {people
        ?.filter((person) => person.id !== userId && person.id !== assignee?.id)
        .map((person) => (
          <MenuItem key={person.id} onSelect={() => void assign(person.id)}>
            {person.name}
          </MenuItem>
        ))}
      {assignee && (
        <MenuItem onSelect={() => void assign(null)}>{formatMessage(t('assign.toNobody'))}</MenuItem>
      )}
    </Tall>
  );
};
