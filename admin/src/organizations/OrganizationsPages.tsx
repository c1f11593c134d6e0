import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { PERMISSIONS } from '../permissions';
import { OrganizationBound } from '../settings/SettingsPage';
import { OrganizationEditPage } from './OrganizationEditPage';
import { OrganizationsListPage } from './OrganizationsListPage';

/** Settings → WhatsApp → Organizations. */
const OrganizationsPages = () => (
  <Page.Protect permissions={PERMISSIONS.manageOrganizations}>
    <OrganizationBound>
      <Routes>
        <Route index element={<OrganizationsListPage />} />
        <Route path="new" element={<OrganizationEditPage />} />
        <Route path=":id" element={<OrganizationEditPage />} />
      </Routes>
    </OrganizationBound>
  </Page.Protect>
);

export default OrganizationsPages;
