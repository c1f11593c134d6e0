import { Layouts, Page, SubNav } from '@strapi/strapi/admin';
import { Badge, VisuallyHidden } from '@strapi/design-system';
import { type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { NUMBERS_PATH, PLUGIN_PATH } from '../plugin-id';
import { badgeText } from '../realtime/MenuIcon';
import { unreadStore } from '../realtime/hub';
import { useStore } from '../store/use-store';
import { t } from '../translate';
import type { Abilities } from '../use-abilities';
import { DebugStrip } from '../settings/DebugStrip';
import { OrganizationSwitcher } from '../organizations/OrganizationSwitcher';
import { InboxAlerts } from '../templates/alerts/InboxAlerts';
import { ConnectionBanner } from './ConnectionBanner';
import { useSimulatorOffered } from './use-simulator-offered';

/** Fills the shell's content cell to its edges: it escapes the cell's padding and owns all scrolling. */
const FullMain = styled(Page.Main)`
  position: absolute;
  inset: 0;
  display: flex;
  flex-direction: column;
  min-width: 0;
  overflow: hidden;
  background: ${({ theme }) => theme.colors.neutral100};
`;
const SwitcherSlot = styled.div`
  padding: 16px 16px 0;
  &:empty {
    display: none;
  }
`;
const Columns = styled.div`
  position: relative;
  display: flex;
  flex: 1;
  min-height: 0;
`;

/** The plugin's own menu beside its pages. */
export const SubNavigation = ({ abilities }: { abilities: Abilities }) => {
  const { formatMessage } = useIntl();
  const unread = badgeText(useStore(unreadStore, (count) => count));
  const withSimulator = useSimulatorOffered(abilities);
  const inbox = [
    <SubNav.Link key="all" to={`${PLUGIN_PATH}/inbox/all`} label={formatMessage(t('nav.all'))} />,
    <SubNav.Link
      key="unread"
      to={`${PLUGIN_PATH}/inbox/unread`}
      label={formatMessage(t('nav.unread'))}
      endAction={unread && <Badge active>{unread}</Badge>}
    />,
  ];
  const more = [
    abilities.canSeeTemplates && (
      <SubNav.Link
        key="templates"
        to={`${PLUGIN_PATH}/templates`}
        label={formatMessage(t('nav.templates'))}
      />
    ),
    withSimulator && (
      <SubNav.Link
        key="simulator"
        to={`${PLUGIN_PATH}/simulator`}
        label={formatMessage(t('nav.simulator'))}
      />
    ),
    abilities.canReadIntegrations && (
      <SubNav.Link key="settings" to={NUMBERS_PATH} label={formatMessage(t('nav.numbers'))} />
    ),
  ].filter(Boolean) as ReactNode[];
  const sections = [
    ...(abilities.canSeeInbox
      ? [
          <SubNav.Section key="inbox" label={formatMessage(t('nav.inbox'))}>
            {inbox}
          </SubNav.Section>,
        ]
      : []),
    ...(more.length > 0
      ? [
          <SubNav.Section key="more" label={formatMessage(t('nav.more'))}>
            {more}
          </SubNav.Section>,
        ]
      : []),
  ];
  return (
    <SubNav.Main aria-label={formatMessage(t('plugin.name'))}>
      <SubNav.Header label={formatMessage(t('plugin.name'))} />
      <SwitcherSlot>
        <OrganizationSwitcher />
      </SwitcherSlot>
      <SubNav.Content>
        <SubNav.Sections>{sections}</SubNav.Sections>
      </SubNav.Content>
    </SubNav.Main>
  );
};

interface Props {
  title: string;
  abilities: Abilities;
  subNav: boolean;
  children: ReactNode;
}

/** The plugin's page: sub-navigation where there is room, and one full-height area that never scrolls as a whole. */
export const Frame = ({ title, abilities, subNav, children }: Props) => (
  <Layouts.Root sideNav={subNav ? <SubNavigation abilities={abilities} /> : undefined}>
    <Page.Title>{title}</Page.Title>
    <FullMain labelledBy="whatsapp-title">
      <VisuallyHidden>
        <h1 id="whatsapp-title">{title}</h1>
      </VisuallyHidden>
      {abilities.canSeeInbox && <ConnectionBanner />}
      <DebugStrip />
      {abilities.canSeeInbox && <InboxAlerts canManage={abilities.canManageTemplates} />}
      <Columns>{children}</Columns>
    </FullMain>
  </Layouts.Root>
);
