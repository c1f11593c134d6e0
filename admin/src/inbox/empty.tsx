import { Button, Flex, LinkButton } from '@strapi/design-system';
import { Phone, Plus } from '@strapi/icons';
import { EmptyData, EmptyDocuments } from '@strapi/icons/symbols';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { PaneMessage } from '../design/PaneMessage';
import { NUMBERS_PATH } from '../plugin-id';
import { useStartSandbox } from '../simulator/use-start-sandbox';
import { t } from '../translate';
import type { Abilities } from '../use-abilities';

/** Two ways to begin: a real number, or the built-in simulator. Only what the person may do is offered. */
export const StartButtons = ({ abilities }: { abilities: Abilities }) => {
  const { formatMessage } = useIntl();
  const { start, busy } = useStartSandbox();
  if (!abilities.canManageIntegrations) return null;
  return (
    <Flex gap={3} wrap="wrap" justifyContent="center">
      <LinkButton tag={Link} to={`${NUMBERS_PATH}/new`} startIcon={<Plus />}>
        {formatMessage(t('start.connect'))}
      </LinkButton>
      {abilities.canUseSimulator && (
        <Button variant="secondary" startIcon={<Phone />} loading={busy} onClick={start}>
          {formatMessage(t('start.sandbox'))}
        </Button>
      )}
    </Flex>
  );
};

export const NotSetUp = ({ abilities }: { abilities: Abilities }) => {
  const { formatMessage } = useIntl();
  return (
    <PaneMessage
      picture={<EmptyData width="16rem" height="8.8rem" aria-hidden />}
      title={formatMessage(t('start.title'))}
      text={formatMessage(t(abilities.canManageIntegrations ? 'start.text' : 'start.askAdmin'))}
    >
      <StartButtons abilities={abilities} />
    </PaneMessage>
  );
};

export const NothingSelected = ({ hasConversations }: { hasConversations: boolean }) => {
  const { formatMessage } = useIntl();
  return (
    <PaneMessage
      picture={<EmptyDocuments width="16rem" height="8.8rem" aria-hidden />}
      title={formatMessage(t('inbox.noneSelected.title'))}
      text={hasConversations ? formatMessage(t('inbox.noneSelected.text')) : undefined}
    />
  );
};

export const ConversationGone = () => {
  const { formatMessage } = useIntl();
  return (
    <PaneMessage
      picture={<EmptyDocuments width="16rem" height="8.8rem" aria-hidden />}
      title={formatMessage(t('inbox.gone.title'))}
      text={formatMessage(t('inbox.gone.text'))}
    />
  );
};
