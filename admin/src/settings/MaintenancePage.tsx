import { Page } from '@strapi/strapi/admin';
import { MAINTENANCE_PERMISSIONS } from '../permissions';
import { useAbilities } from '../use-abilities';
import { DebugCard } from './DebugCard';
import { EncryptionCard } from './EncryptionCard';
import { OrganizationBound, SettingsPage } from './SettingsPage';

const Cards = () => {
  const abilities = useAbilities();
  return (
    <SettingsPage title="maintenance.title" subtitle="maintenance.subtitle" withoutSwitcher>
      {abilities.canManageEncryption && <EncryptionCard />}
      {abilities.canManageDebug && <DebugCard />}
    </SettingsPage>
  );
};

/** Settings → WhatsApp → Maintenance: the encryption keys and debug mode. */
const MaintenancePage = () => (
  <Page.Protect permissions={MAINTENANCE_PERMISSIONS}>
    <OrganizationBound>
      <Cards />
    </OrganizationBound>
  </Page.Protect>
);

export default MaintenancePage;
