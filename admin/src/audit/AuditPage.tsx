import { Page } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { AuditEntry } from '../../../server/src/audit/contract';
import { usePages } from '../api/use-pages';
import { PERMISSIONS } from '../permissions';
import { ExportButton } from '../settings/ExportButton';
import { ChoiceFilter, FilterBar, TextFilter } from '../settings/Filters';
import { ListTable } from '../settings/ListTable';
import { OrganizationBound, SettingsPage } from '../settings/SettingsPage';
import { useDatedFilters } from '../settings/use-filters';
import { t } from '../translate';
import { useAbilities } from '../use-abilities';
import { ACTORS, AuditRow } from './AuditRow';

const FILTERS = ['actor', 'action', 'target'] as const;

/** Who did what to which thing, when and from where. */
export const AuditContent = () => {
  const { formatMessage } = useIntl();
  const { canExportData } = useAbilities();
  const filters = useDatedFilters(FILTERS);
  const { values, set, query, active } = filters;
  const list = usePages<AuditEntry>('/audit', query);
  // Kinds of actors, and the one person or token that a row was pressed for.
  const chosen = list.rows.find(({ actor }) => actor.id !== null && actor.id === values.actor)?.actor;
  const actors = Object.entries(ACTORS).map(([value, label]) => ({ value, label: formatMessage(t(label)) }));
  if (values.actor && !(values.actor in ACTORS))
    actors.unshift({ value: values.actor, label: chosen?.name ?? values.actor });
  return (
    <SettingsPage
      title="audit.title"
      subtitle="audit.subtitle"
      action={canExportData && <ExportButton path="/audit/export" query={query} file="whatsapp-audit.csv" />}
    >
      <FilterBar active={active} onReset={filters.reset} days={filters}>
        <ChoiceFilter
          label={formatMessage(t('audit.who'))}
          all={formatMessage(t('audit.everybody'))}
          value={values.actor}
          options={actors}
          onChange={(value) => set('actor', value)}
        />
        <TextFilter
          label={formatMessage(t('audit.what'))}
          value={values.action}
          onChange={(value) => set('action', value)}
        />
        <TextFilter
          label={formatMessage(t('audit.target'))}
          value={values.target}
          onChange={(value) => set('target', value)}
        />
      </FilterBar>
      <ListTable
        columns={['audit.when', 'audit.who', 'audit.what', 'audit.target']}
        last="audit.changes"
        rows={list.rows.length}
        loading={list.loading}
        failure={list.failure}
        empty={active ? 'filters.nothing' : 'audit.empty'}
        more={list.more}
        onRetry={list.reload}
      >
        {list.rows.map((entry) => (
          <AuditRow key={entry.id} entry={entry} onFilter={set} />
        ))}
      </ListTable>
    </SettingsPage>
  );
};

/** Settings → WhatsApp → Audit trail. */
const AuditPage = () => (
  <Page.Protect permissions={PERMISSIONS.readAudit}>
    <OrganizationBound>
      <AuditContent />
    </OrganizationBound>
  </Page.Protect>
);

export default AuditPage;
