import { Button, Table, Tbody } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import { Page } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { AuditEntry } from '../../../server/src/audit/contract';
import { api } from '../api/client';
import { usePages } from '../api/use-pages';
import { PERMISSIONS } from '../permissions';
import { download } from '../settings/download';
import { ChoiceFilter, DayFilter, FilterBar, TextFilter } from '../settings/Filters';
import { HeadRow } from '../settings/HeadRow';
import { ListFrame } from '../settings/ListFrame';
import { OrganizationBound, SettingsPage } from '../settings/SettingsPage';
import { useBusy } from '../settings/use-busy';
import { endOfDay, startOfDay, useFilters } from '../settings/use-filters';
import { t } from '../translate';
import { useAbilities } from '../use-abilities';
import { ACTORS, AuditRow } from './AuditRow';

const FILTERS = ['actor', 'action', 'target', 'from', 'to'] as const;

/** Who did what to which thing, when and from where. */
export const AuditContent = () => {
  const { formatMessage } = useIntl();
  const { canExportData } = useAbilities();
  const { values, set, reset, active } = useFilters(FILTERS);
  const { busy, run } = useBusy();
  const query = {
    actor: values.actor || undefined,
    action: values.action || undefined,
    target: values.target || undefined,
    from: startOfDay(values.from),
    to: endOfDay(values.to),
  };
  const list = usePages<AuditEntry>('/audit', query);
  // Kinds of actors, and the one person or token that a row was pressed for.
  const chosen = list.rows.find(({ actor }) => actor.id !== null && actor.id === values.actor)?.actor;
  const actors = Object.entries(ACTORS).map(([value, label]) => ({ value, label: formatMessage(t(label)) }));
  if (values.actor && !(values.actor in ACTORS))
    actors.unshift({ value: values.actor, label: chosen?.name ?? values.actor });
  const save = () =>
    run('work', async () => download(await api.file('/audit/export', query), 'whatsapp-audit.csv'));
  return (
    <SettingsPage
      title="audit.title"
      subtitle="audit.subtitle"
      action={
        canExportData && (
          <Button
            variant="secondary"
            startIcon={<Download />}
            loading={busy !== null}
            onClick={() => void save()}
          >
            {formatMessage(t('common.csv'))}
          </Button>
        )
      }
    >
      <FilterBar active={active} onReset={reset}>
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
        <DayFilter
          label={formatMessage(t('filters.from'))}
          value={values.from}
          onChange={(value) => set('from', value)}
        />
        <DayFilter
          label={formatMessage(t('filters.to'))}
          value={values.to}
          onChange={(value) => set('to', value)}
        />
      </FilterBar>
      <ListFrame
        rows={list.rows.length}
        loading={list.loading}
        failure={list.failure}
        empty={formatMessage(t(active ? 'filters.nothing' : 'audit.empty'))}
        more={list.more}
        onRetry={list.reload}
      >
        <Table colCount={5} rowCount={list.rows.length + 1}>
          <HeadRow columns={['audit.when', 'audit.who', 'audit.what', 'audit.target']} last="audit.changes" />
          <Tbody>
            {list.rows.map((entry) => (
              <AuditRow key={entry.id} entry={entry} onFilter={set} />
            ))}
          </Tbody>
        </Table>
      </ListFrame>
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
