import { Layouts, Page } from '@strapi/strapi/admin';
import { Route, Routes } from 'react-router-dom';
import { SubNavigation } from '../inbox/Frame';
import { usePanes } from '../inbox/layout';
import type { Abilities } from '../use-abilities';
import { BuilderPage } from './builder/BuilderPage';
import { TemplateDetailPage } from './detail/TemplateDetailPage';
import { TemplatesListPage } from './list/TemplatesListPage';

/** `/plugins/whatsapp/templates`: the list, one template, and the builder of drafts. */
export const TemplatesPages = ({ abilities }: { abilities: Abilities }) => {
  const { subNav } = usePanes();
  return (
    <Layouts.Root sideNav={subNav ? <SubNavigation abilities={abilities} /> : undefined}>
      <Routes>
        <Route index element={<TemplatesListPage abilities={abilities} />} />
        <Route
          path="drafts/:id"
          element={
            abilities.canManageTemplates || abilities.canApproveTemplates ? (
              <BuilderPage abilities={abilities} />
            ) : (
              <Page.NoPermissions />
            )
          }
        />
        <Route path=":id" element={<TemplateDetailPage abilities={abilities} />} />
      </Routes>
    </Layouts.Root>
  );
};
