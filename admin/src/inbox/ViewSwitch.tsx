import { IconButton } from '@strapi/design-system';
import { Cog, Layout, Phone } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { NavLink, useNavigate } from 'react-router-dom';
import { styled } from 'styled-components';
import { NUMBERS_PATH, PLUGIN_PATH } from '../plugin-id';
import { OrganizationSwitcher } from '../organizations/OrganizationSwitcher';
import { t } from '../translate';
import type { Abilities } from '../use-abilities';
import { useSimulatorOffered } from './use-simulator-offered';

const Bar = styled.div`
  display: flex;
  align-items: center;
  gap: 4px;
`;
const Tab = styled(NavLink)`
  display: flex;
  align-items: center;
  min-height: 32px;
  padding: 0 12px;
  border-radius: ${({ theme }) => theme.borderRadius};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  text-decoration: none;
  &.active {
    background: ${({ theme }) => theme.colors.primary100};
    color: ${({ theme }) => theme.colors.primary700};
    font-weight: 600;
  }
`;
const Gap = styled.span`
  flex: 1;
`;

/** The sub-navigation's links in the list's head, where there is no room for a sub-navigation. */
export const ViewSwitch = ({ abilities }: { abilities: Abilities }) => {
  const { formatMessage } = useIntl();
  const navigate = useNavigate();
  const withSimulator = useSimulatorOffered(abilities);
  return (
    <Bar>
      <Tab to={`${PLUGIN_PATH}/inbox/all`}>{formatMessage(t('nav.all'))}</Tab>
      <Tab to={`${PLUGIN_PATH}/inbox/unread`}>{formatMessage(t('nav.unread'))}</Tab>
      <Gap />
      <OrganizationSwitcher />
      {abilities.canSeeTemplates && (
        <IconButton
          variant="ghost"
          label={formatMessage(t('nav.templates'))}
          onClick={() => navigate(`${PLUGIN_PATH}/templates`)}
        >
          <Layout />
        </IconButton>
      )}
      {withSimulator && (
        <IconButton
          variant="ghost"
          label={formatMessage(t('nav.simulator'))}
          onClick={() => navigate(`${PLUGIN_PATH}/simulator`)}
        >
          <Phone />
        </IconButton>
      )}
      {abilities.canReadIntegrations && (
        <IconButton
          variant="ghost"
          label={formatMessage(t('nav.numbers'))}
          onClick={() => navigate(NUMBERS_PATH)}
        >
          <Cog />
        </IconButton>
      )}
    </Bar>
  );
};
