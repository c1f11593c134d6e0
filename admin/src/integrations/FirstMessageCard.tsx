import { Flex, LinkButton, Loader, Typography } from '@strapi/design-system';
import { CheckCircle, Message } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import type { Integration } from '../../../server/src/integrations/contract';
import { Card } from '../design/Card';
import { fullDateTime } from '../design/time';
import { PLUGIN_PATH } from '../plugin-id';
import { t } from '../translate';
import type { Abilities } from '../use-abilities';
import { useFirstMessage } from './use-first-message';

/** The last proof: somebody writes to the number and it arrives here. */
export const FirstMessageCard = ({
  integration,
  abilities,
}: {
  integration: Integration;
  abilities: Abilities;
}) => {
  const { formatMessage, locale } = useIntl();
  const arrived = useFirstMessage(integration, abilities.canSeeInbox);
  const link = `https://wa.me/${integration.phoneNumber.replace(/\D/g, '')}`;
  return (
    <Card
      title={formatMessage(t('first.title'))}
      text={formatMessage(t('first.text'), {
        number: <bdi dir="ltr">{integration.phoneNumber}</bdi>,
        link: (text) => (
          <a href={link} target="_blank" rel="noreferrer">
            {text}
          </a>
        ),
      })}
    >
      <Flex role="status" gap={3} padding={4} hasRadius background="neutral100" wrap="wrap">
        {arrived === null ? (
          <>
            <Loader small>{formatMessage(t('first.waiting'))}</Loader>
            <Typography textColor="neutral800">{formatMessage(t('first.waiting'))}</Typography>
          </>
        ) : (
          <>
            <CheckCircle width={24} height={24} fill="success600" aria-hidden />
            <Flex direction="column" alignItems="flex-start" flex="1 1 20rem">
              <Typography fontWeight="semiBold" textColor="neutral800">
                {formatMessage(t('first.arrived'))}
              </Typography>
              <Typography textColor="neutral600">{fullDateTime(Date.parse(arrived), locale)}</Typography>
            </Flex>
            {abilities.canSeeInbox && (
              <LinkButton tag={Link} to={PLUGIN_PATH} startIcon={<Message />} variant="secondary">
                {formatMessage(t('first.openInbox'))}
              </LinkButton>
            )}
          </>
        )}
      </Flex>
    </Card>
  );
};
