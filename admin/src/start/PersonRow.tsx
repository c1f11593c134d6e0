import { Badge, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { StartPerson } from '../../../server/src/start/contract';
import { displayName, initialsOf } from '../conversations/display-name';
import { Avatar } from '../design/Avatar';
import { ContactName } from '../design/ContactName';
import { ListRow } from '../design/ListRow';
import { t } from '../translate';

export const Words = styled.span`
  display: grid;
  flex: 1;
  gap: 2px;
  min-width: 0;
`;
export const Row = styled(ListRow)`
  min-height: 52px;
  gap: 12px;
`;

/** As the parts of the panel that name people take them. */
export const asContact = ({ contactId, ...person }: StartPerson) => ({
  ...person,
  id: contactId,
  waId: null,
});

const stateOf = ({ conversation }: StartPerson): 'blocked' | 'open' | null => {
  if (conversation?.blocked) return 'blocked';
  return conversation?.windowOpen ? 'open' : null;
};

/** Somebody who is known: by what one recognises them, and whether they can be written to freely just now. */
export const PersonRow = ({ person, onChoose }: { person: StartPerson; onChoose(): void }) => {
  const { formatMessage } = useIntl();
  const contact = asContact(person);
  const name = displayName(contact);
  const under =
    name.text === person.phone ? null : (person.phone ?? (person.username && `@${person.username}`));
  const state = stateOf(person);
  return (
    <Row type="button" data-item onClick={onChoose}>
      <Avatar id={person.contactId} initials={initialsOf(name)} size={36} />
      <Words>
        <Typography fontWeight="semiBold" textColor="neutral800" ellipsis>
          <ContactName contact={contact} />
        </Typography>
        {under && under !== name.text && (
          <Typography variant="pi" textColor="neutral600" ellipsis>
            <bdi dir="ltr">{under}</bdi>
          </Typography>
        )}
      </Words>
      {state && <Badge>{formatMessage(t(state === 'open' ? 'newConversation.open' : 'block.badge'))}</Badge>}
    </Row>
  );
};
