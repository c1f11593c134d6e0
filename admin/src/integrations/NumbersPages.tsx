import { Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { PERMISSIONS } from '../permissions';
import { NumberEditPage } from './NumberEditPage';
import { NumbersListPage } from './NumbersListPage';

/** Settings → WhatsApp → Numbers. */
const NumbersPages = () => (
  <Page.Protect permissions={PERMISSIONS.readIntegrations}>
    <Routes>
      <Route index element={<NumbersListPage />} />
      <Route path="new" element={<NumberEditPage />} />
      <Route path=":id" element={<NumberEditPage />} />
    </Routes>
  </Page.Protect>
);

export default NumbersPages;
