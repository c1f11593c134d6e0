import { Button, Flex, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import { Page } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { ListWebhookCalls, WebhookCall, WebhookState } from '../../../server/src/webhooks-log/contract';
import { useResource } from '../api/resource';
import { integrationsResource } from '../api/resources';
import { usePages } from '../api/use-pages';
import { fullDateTime } from '../design/time';
import { PERMISSIONS } from '../permissions';
import { ExportButton } from '../settings/ExportButton';
import { ChoiceFilter, FilterBar, TextFilter } from '../settings/Filters';
import { ListTable } from '../settings/ListTable';
import { OrganizationBound, SettingsPage } from '../settings/SettingsPage';
import { useDatedFilters } from '../settings/use-filters';
import { t } from '../translate';
import { useAbilities } from '../use-abilities';
import { CallDrawer } from './CallDrawer';
import { CallRow, STATE_WORDS } from './CallRow';

const FILTERS = ['state', 'integration', 'kind'] as const;
const COLUMNS = [
  'audit.when',
  'webhookLog.state',
  'webhookLog.kind',
  'list.number',
  'webhookLog.size',
  'webhookLog.signature',
] as const;
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
  const filters = useDatedFilters(FILTERS);
  const { values, set, query, active } = filters;
  const [openId, setOpenId] = useState<string | null>(null);
  const list = usePages<WebhookCall, Meta>('/webhook-log', query);
  return (
    <SettingsPage
      title="webhookLog.title"
      subtitle="webhookLog.subtitle"
      action={
        <Flex gap={2} wrap="wrap">
          <Button variant="tertiary" startIcon={<ArrowClockwise />} onClick={list.reload}>
            {formatMessage(t('common.refresh'))}
          </Button>
          <ExportButton path="/webhook-log/export" query={query} file="whatsapp-webhooks.csv" />
        </Flex>
      }
    >
      <FilterBar active={active} onReset={filters.reset} days={filters}>
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
      </FilterBar>
      {list.meta?.rejected && list.meta.rejected.count > 0 && <Rejected rejected={list.meta.rejected} />}
      <ListTable
        columns={COLUMNS}
        rows={list.rows.length}
        loading={list.loading}
        failure={list.failure}
        empty={active ? 'filters.nothing' : 'webhookLog.empty'}
        more={list.more}
        onRetry={list.reload}
      >
        {list.rows.map((call) => (
          <CallRow key={call.id} call={call} onOpen={() => setOpenId(call.id)} />
        ))}
      </ListTable>
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
