import { Checkbox, Modal } from '@strapi/design-system';
import { useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Integration } from '../../../server/src/integrations/contract';
import type { StartPerson } from '../../../server/src/start/contract';
import { useContactName } from '../design/ContactName';
import type { PickTarget } from '../templates/picker/picker-store';
import { TemplatePickerDialog } from '../templates/picker/TemplatePickerDialog';
import { t } from '../translate';
import { PeopleStep, type KnownPhone } from './PeopleStep';
import { asContact } from './PersonRow';
import { createFirstSend } from './send-first';
import { usePeople } from './use-people';

/** Of one height, so that nothing jumps while one searches. */
const Box = styled(Modal.Content)`
  width: min(560px, 100%);
  height: min(620px, 90vh);
  @media (max-width: 767px) {
    width: 100%;
    height: 100%;
    max-height: 100%;
    border-radius: 0;
  }
`;
const Foot = styled.footer`
  flex: none;
  padding: 12px 20px;
  border-block-start: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral100};
`;

interface Props {
  /** Those that can send. */
  numbers: Integration[];
  /** The number that is looked at in the inbox, if it is one. */
  integrationId: string | null;
  canManageTemplates: boolean;
  shortcut: { on: boolean; set(on: boolean): void };
  /** Shows a conversation; the dialog is done. */
  onOpen(conversationId: string): void;
  onClose(): void;
}

/** A new conversation: whom, then with which template. Where the person may be written to freely, it just opens. */
export const StartDialog = (props: Props) => {
  const { numbers, canManageTemplates, shortcut, onOpen, onClose } = props;
  const { formatMessage } = useIntl();
  const nameOf = useContactName();
  const [integrationId, setIntegrationId] = useState(
    () => (numbers.find(({ id }) => id === props.integrationId) ?? numbers[0])?.id ?? '',
  );
  const [q, setQ] = useState('');
  const [to, setTo] = useState<{ target: PickTarget; name: string } | null>(null);
  const sendFirst = useMemo(createFirstSend, []);
  const people = usePeople(integrationId, q.trim());

  const choosePerson = (person: StartPerson) => {
    const { conversation, contactId } = person;
    // Nothing can be sent to somebody who is blocked; their conversation says so, and lets them be unblocked.
    if (conversation && (conversation.windowOpen || conversation.blocked)) return onOpen(conversation.id);
    const target = { conversationId: conversation?.id ?? null, integrationId, contactId };
    setTo({ target, name: nameOf(asContact(person)) });
  };
  const choosePhone = ({ number, formatted }: KnownPhone) =>
    setTo({ target: { conversationId: null, integrationId, phone: number }, name: formatted });

  if (to) {
    return (
      <TemplatePickerDialog
        target={to.target}
        contactName={to.name}
        canManage={canManageTemplates}
        onBack={() => setTo(null)}
        onClose={onClose}
        onSend={async (content) => onOpen((await sendFirst(to.target, content)).conversationId)}
        focusAfter={() => false}
      />
    );
  }
  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Box aria-describedby={undefined}>
        <Modal.Header closeLabel={formatMessage(t('common.close'))}>
          <Modal.Title>{formatMessage(t('newConversation.title'))}</Modal.Title>
        </Modal.Header>
        <PeopleStep
          numbers={numbers}
          integrationId={integrationId}
          onNumber={setIntegrationId}
          q={q}
          onQ={setQ}
          people={people}
          onPerson={choosePerson}
          onPhone={choosePhone}
        />
        <Foot>
          <Checkbox checked={shortcut.on} onCheckedChange={(on) => shortcut.set(on === true)}>
            {formatMessage(t('newConversation.key'))}
          </Checkbox>
        </Foot>
      </Box>
    </Modal.Root>
  );
};
