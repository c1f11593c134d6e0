import { Box, Button, EmptyStateLayout, Flex } from '@strapi/design-system';
import { ArrowsCounterClockwise, Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { useResource } from '../../api/resource';
import { PaneFailure } from '../../design/PaneBoundary';
import { fullDateTime } from '../../design/time';
import { DebugBanner } from '../../settings/DebugBanner';
import { ListTable } from '../../settings/ListTable';
import { useFilters } from '../../settings/use-filters';
import { t } from '../../translate';
import type { Abilities } from '../../use-abilities';
import { NewTemplateDialog } from '../new/NewTemplateDialog';
import { accountsResource, alertsResource, draftsResource, templatesResource } from '../resources';
import { InboxLink } from '../InboxLink';
import { useLiveTemplates } from '../use-live-templates';
import { AlertStrip } from './AlertStrip';
import { GroupRow } from './GroupRow';
import { arrange, entriesOf, factsOf, FILTERS } from './groups';
import { ListFilters } from './ListFilters';
import { StatusChips } from './StatusChips';
import { SyncNotice } from './SyncNotice';
import { useFirstSync, useSync } from './use-sync';

const COLUMNS = [
  'templates.name',
  'templates.category',
  'templates.language',
  'templates.state',
  'templates.quality',
  'templates.used',
] as const;

/** Rows drawn at first, and more of them per press: an account may have thousands. */
const STEP = 50;

const newest = (times: (string | null)[]): string | null =>
  times.reduce((last, time) => (time && (!last || time > last) ? time : last), null);

const emptyWords = (hasEntries: boolean, reading: boolean) => {
  if (hasEntries) return 'filters.nothing';
  return reading ? 'templates.reading' : 'templates.empty';
};

/** All templates of the organization by name, with their states at Meta and the drafts of what is to come. */
export const TemplatesListPage = ({ abilities }: { abilities: Abilities }) => {
  const { formatMessage, locale } = useIntl();
  const canManage = abilities.canManageTemplates;
  const templates = useResource(templatesResource);
  const drafts = useResource(draftsResource, canManage || abilities.canApproveTemplates);
  const { data: listed } = useResource(accountsResource, canManage || abilities.canApproveTemplates);
  const accounts = useMemo(() => listed?.data ?? [], [listed]);
  const alerts = useResource(alertsResource, canManage).data ?? [];
  useLiveTemplates();
  const filters = useFilters(FILTERS);
  const [shown, setShown] = useState(STEP);
  const [creating, setCreating] = useState(false);
  const { syncing, result, sync, forget } = useSync();
  const reading = useFirstSync(accounts, canManage);

  const entries = useMemo(
    () => entriesOf(templates.data ?? [], drafts.data ?? []),
    [templates.data, drafts.data],
  );
  const { groups, counts } = useMemo(
    () => arrange(entries, filters.values, accounts),
    [entries, filters.values, accounts],
  );
  const languages = useMemo(
    () => [...new Set(entries.map((entry) => factsOf(entry).language).filter(Boolean))].sort(),
    [entries],
  );
  const title = formatMessage(t('templates.title'));
  const synced = newest((templates.data ?? []).map(({ lastSyncedAt }) => lastSyncedAt));
  const several = new Set(entries.map((entry) => factsOf(entry).businessAccountId)).size > 1;

  if (!templates.data && templates.loading) return <Page.Loading />;
  return (
    <Page.Main>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        navigationAction={<InboxLink />}
        subtitle={
          synced
            ? formatMessage(t('templates.synced'), { time: fullDateTime(Date.parse(synced), locale) })
            : formatMessage(t('templates.subtitle'))
        }
        secondaryAction={
          canManage && (
            <Button
              variant="tertiary"
              startIcon={<ArrowsCounterClockwise />}
              loading={syncing || reading}
              onClick={() => void sync()}
            >
              {formatMessage(t('templates.sync'))}
            </Button>
          )
        }
        primaryAction={
          canManage && (
            <Button startIcon={<Plus />} onClick={() => setCreating(true)}>
              {formatMessage(t('templates.new'))}
            </Button>
          )
        }
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4} paddingBottom={8}>
          <DebugBanner />
          <div role="status">
            {result && <SyncNotice result={result} accounts={accounts} onClose={forget} />}
          </div>
          <AlertStrip alerts={alerts} />
          {templates.error && !templates.data && (
            <PaneFailure
              reference={templates.error.reference}
              onRetry={() => void templatesResource.refresh()}
            />
          )}
          {entries.length > 0 && (
            <>
              <StatusChips
                counts={counts}
                value={filters.values.status}
                onChange={(value) => filters.set('status', value)}
              />
              <ListFilters
                values={filters.values}
                accounts={accounts}
                languages={languages}
                active={filters.active}
                onChange={filters.set}
                onReset={filters.reset}
              />
            </>
          )}
          {templates.data && groups.length === 0 && (
            <Box background="neutral0" hasRadius shadow="tableShadow">
              <EmptyStateLayout
                icon={<EmptyDocuments width="16rem" height="8.8rem" />}
                content={formatMessage(t(emptyWords(entries.length > 0, reading)))}
                action={
                  entries.length > 0 ? (
                    <Button variant="secondary" onClick={filters.reset}>
                      {formatMessage(t('filters.reset'))}
                    </Button>
                  ) : (
                    canManage && (
                      <Button variant="secondary" startIcon={<Plus />} onClick={() => setCreating(true)}>
                        {formatMessage(t('templates.new'))}
                      </Button>
                    )
                  )
                }
              />
            </Box>
          )}
          {groups.length > 0 && (
            <ListTable
              columns={COLUMNS}
              rows={groups.length}
              loading={false}
              failure={null}
              empty="templates.empty"
              onRetry={() => void templatesResource.refresh()}
              more={groups.length > shown ? () => setShown(shown + STEP) : null}
            >
              {groups.slice(0, shown).map((group) => (
                <GroupRow key={group.key} group={group} withAccount={several} />
              ))}
            </ListTable>
          )}
        </Flex>
      </Layouts.Content>
      {creating && <NewTemplateDialog accounts={accounts} onClose={() => setCreating(false)} />}
    </Page.Main>
  );
};
