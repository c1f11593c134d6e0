import { Page, useAuth } from '@strapi/strapi/admin';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useIntl } from 'react-intl';
import { Navigate, Route, Routes } from 'react-router-dom';
import { organizationStore } from './api/organization';
import { debugResource, meResource, simulatorResource } from './api/resources';
import { useResource } from './api/resource';
import { bindSession } from './inbox/session';
import { InboxPage } from './inbox/InboxPage';
import { startSync } from './inbox/sync';
import { ENTRY_PERMISSIONS } from './permissions';
import { holdStream } from './realtime/hub';
import { useStore } from './store/use-store';
import { SimulatorPage } from './simulator/SimulatorPage';
import { t } from './translate';
import { useAbilities } from './use-abilities';

const TemplatesPages = lazy(() =>
  import('./templates/TemplatesPages').then(({ TemplatesPages: Pages }) => ({ default: Pages })),
);

interface SignedIn {
  id: string;
  name: string;
}

const useSignedIn = (): SignedIn | null => {
  const user = useAuth('WhatsApp', (state) => state.user);
  return useMemo(() => {
    if (!user?.id) return null;
    const name =
      [user.firstname, user.lastname].filter(Boolean).join(' ') || user.username || user.email || '';
    return { id: String(user.id), name };
  }, [user]);
};

const Pages = ({ user }: { user: SignedIn }) => {
  const abilities = useAbilities();
  const organization = useStore(organizationStore, ({ slug }) => slug);
  bindSession(user);
  const { canSeeInbox, canSeeTemplates } = abilities;
  const home = canSeeInbox ? 'inbox/all' : canSeeTemplates ? 'templates' : 'simulator';
  // Whoever sees templates alone hears of them alone.
  const hears = canSeeInbox || canSeeTemplates;
  useEffect(() => (hears ? holdStream() : undefined), [hears]);
  useEffect(() => (canSeeInbox ? startSync() : undefined), [canSeeInbox]);
  useResource(meResource, true, organization);
  useResource(simulatorResource, abilities.canUseSimulator, organization);
  useResource(debugResource, abilities.canManageDebug, organization);

  if (abilities.isLoading) return <Page.Loading />;
  return (
    <Routes key={organization}>
      <Route
        path="inbox/:view/:conversationId?"
        element={canSeeInbox ? <InboxPage userId={user.id} abilities={abilities} /> : <Page.NoPermissions />}
      />
      <Route path="simulator/:customerId?" element={<SimulatorPage abilities={abilities} />} />
      <Route
        path="templates/*"
        element={
          canSeeTemplates ? (
            <Suspense fallback={<Page.Loading />}>
              <TemplatesPages abilities={abilities} />
            </Suspense>
          ) : (
            <Page.NoPermissions />
          )
        }
      />
      <Route path="*" element={<Navigate to={home} replace />} />
    </Routes>
  );
};

/** The pages below `/plugins/whatsapp`. */
const App = () => {
  const { formatMessage } = useIntl();
  const user = useSignedIn();
  return (
    <Page.Protect permissions={ENTRY_PERMISSIONS}>
      {user ? <Pages user={user} /> : <Page.Loading>{formatMessage(t('common.loading'))}</Page.Loading>}
    </Page.Protect>
  );
};

export default App;
