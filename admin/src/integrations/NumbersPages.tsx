import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { PERMISSIONS } from '../permissions';
import { OrganizationBound } from '../settings/SettingsPage';
import { NumberEditPage } from './NumberEditPage';
import { NumberSetupPage } from './NumberSetupPage';
import { NumbersListPage } from './NumbersListPage';

/** Settings → WhatsApp → Numbers. */
const NumbersPages = () => (
  <Page.Protect permissions={PERMISSIONS.readIntegrations}>
    <OrganizationBound>
      <Routes>
        <Route index element={<NumbersListPage />} />
        <Route path="new" element={<NumberEditPage />} />
        <Route path=":id" element={<NumberEditPage />} />
        <Route path=":id/setup" element={<NumberSetupPage />} />
      </Routes>
    </OrganizationBound>
  </Page.Protect>
);

export default NumbersPages;
