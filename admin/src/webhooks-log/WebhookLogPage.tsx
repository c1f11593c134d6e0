import { Button, Flex, Table, Tbody, Typography } from '@strapi/design-system';
import { ArrowClockwise, Download } from '@strapi/icons';
import { Page } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { ListWebhookCalls, WebhookCall, WebhookState } from '../../../server/src/webhooks-log/contract';
import { api } from '../api/client';
import { useResource } from '../api/resource';
import { integrationsResource } from '../api/resources';
import { usePages } from '../api/use-pages';
import { fullDateTime } from '../design/time';
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
import { CallDrawer } from './CallDrawer';
import { CallRow, STATE_WORDS } from './CallRow';

const FILTERS = ['state', 'integration', 'kind', 'from', 'to'] as const;
const STATES = Object.keys(STATE_WORDS) as WebhookState[];

type Meta = Pick<ListWebhookCalls.Response['meta'], 'rejected'>;

const Rejected = ({ rejected }: Meta) => {
  const { formatMessage, locale } = useIntl();
  const since = fullDateTime(Date.parse(rejected.since), locale);
  return (
    <Typography textColor="neutral600">
      {formatMessage(t('webhookLog.rejected'), { count: rejected.count, since })}
    </Typography>
  );
};

/** Every call of the webhook: what it held, what became of it, and again for those that failed. */
export const WebhookLogContent = () => {
  const { formatMessage } = useIntl();
  const abilities = useAbilities();
  const { data: numbers } = useResource(
    integrationsResource,
    abilities.canSeeInbox || abilities.canReadIntegrations,
  );
  const { values, set, reset, active } = useFilters(FILTERS);
  const { busy, run } = useBusy();
  const [openId, setOpenId] = useState<string | null>(null);
  const query = {
    state: values.state || undefined,
    integration: values.integration || undefined,
    kind: values.kind || undefined,
    from: startOfDay(values.from),
    to: endOfDay(values.to),
  };
  const list = usePages<WebhookCall, Meta>('/webhook-log', query);
  const save = () =>
    run('work', async () => download(await api.file('/webhook-log/export', query), 'whatsapp-webhooks.csv'));
  return (
    <SettingsPage
      title="webhookLog.title"
      subtitle="webhookLog.subtitle"
      action={
        <Flex gap={2} wrap="wrap">
          <Button variant="tertiary" startIcon={<ArrowClockwise />} onClick={list.reload}>
            {formatMessage(t('common.refresh'))}
          </Button>
          <Button
            variant="secondary"
            startIcon={<Download />}
            loading={busy !== null}
            onClick={() => void save()}
          >
            {formatMessage(t('common.csv'))}
          </Button>
        </Flex>
      }
    >
      <FilterBar active={active} onReset={reset}>
        <ChoiceFilter
          label={formatMessage(t('webhookLog.state'))}
          all={formatMessage(t('webhookLog.allStates'))}
          value={values.state}
          options={STATES.map((value) => ({ value, label: formatMessage(t(STATE_WORDS[value].label)) }))}
          onChange={(value) => set('state', value)}
        />
        {numbers && numbers.length > 0 && (
          <ChoiceFilter
            label={formatMessage(t('list.number'))}
            all={formatMessage(t('list.allNumbers'))}
            value={values.integration}
            options={numbers.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(value) => set('integration', value)}
          />
        )}
        <TextFilter
          label={formatMessage(t('webhookLog.kind'))}
          value={values.kind}
          onChange={(value) => set('kind', value)}
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
      {list.meta?.rejected && list.meta.rejected.count > 0 && <Rejected rejected={list.meta.rejected} />}
      <ListFrame
        rows={list.rows.length}
        loading={list.loading}
        failure={list.failure}
        empty={formatMessage(t(active ? 'filters.nothing' : 'webhookLog.empty'))}
        more={list.more}
        onRetry={list.reload}
      >
        <Table colCount={6} rowCount={list.rows.length + 1}>
          <HeadRow
            columns={[
              'audit.when',
              'webhookLog.state',
              'webhookLog.kind',
              'list.number',
              'webhookLog.size',
              'webhookLog.signature',
            ]}
          />
          <Tbody>
            {list.rows.map((call) => (
              <CallRow key={call.id} call={call} onOpen={() => setOpenId(call.id)} />
            ))}
          </Tbody>
        </Table>
      </ListFrame>
      <CallDrawer
        id={openId}
        canReplay={abilities.canReplayWebhooks}
        onClose={() => setOpenId(null)}
        onReplayed={list.replace}
      />
    </SettingsPage>
  );
};

/** Settings → WhatsApp → Webhook log. */
const WebhookLogPage = () => (
  <Page.Protect permissions={PERMISSIONS.readWebhookLog}>
    <OrganizationBound>
      <WebhookLogContent />
    </OrganizationBound>
  </Page.Protect>
);

export default WebhookLogPage;
