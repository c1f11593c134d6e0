import { Flex } from '@strapi/design-system';
import { Layouts, Page, useAuth } from '@strapi/strapi/admin';
import { Fragment, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { bindOrganization, organizationStore } from '../api/organization';
import { useResource } from '../api/resource';
import { debugResource, meResource } from '../api/resources';
import { OrganizationSwitcher } from '../organizations/OrganizationSwitcher';
import { useStore } from '../store/use-store';
import { t, type TranslationId } from '../translate';
import { useAbilities } from '../use-abilities';
import { DebugBanner } from './DebugBanner';

/** Keeps an organization's pages from showing another's: they are made anew when it changes. */
export const OrganizationBound = ({ children }: { children: ReactNode }) => {
  const userId = useAuth('WhatsApp', ({ user }) => user?.id);
  if (userId) bindOrganization(String(userId));
  const slug = useStore(organizationStore, (state) => state.slug);
  const { canManageDebug } = useAbilities();
  useResource(meResource, Boolean(userId), slug);
  useResource(debugResource, canManageDebug, slug);
  return userId ? <Fragment key={slug}>{children}</Fragment> : <Page.Loading />;
};

interface Props {
  title: TranslationId;
  subtitle: TranslationId;
  action?: ReactNode;
  children: ReactNode;
  /** For a page about all organizations. */
  withoutSwitcher?: boolean;
}

/** A page of Settings → WhatsApp: Strapi's header, and our banners above the content. */
export const SettingsPage = ({ title, subtitle, action, children, withoutSwitcher = false }: Props) => {
  const { formatMessage } = useIntl();
  return (
    <Page.Main>
      <Page.Title>{formatMessage(t(title))}</Page.Title>
      <Layouts.Header
        title={formatMessage(t(title))}
        subtitle={formatMessage(t(subtitle))}
        primaryAction={action}
        secondaryAction={withoutSwitcher ? undefined : <OrganizationSwitcher />}
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
          <DebugBanner />
          {children}
        </Flex>
      </Layouts.Content>
    </Page.Main>
  );
};
