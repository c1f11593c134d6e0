import { Button, Flex, Grid, Typography } from '@strapi/design-system';
import { ArrowClockwise } from '@strapi/icons';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { Integration, OneIntegration } from '../../../server/src/integrations/contract';
import { api } from '../api/client';
import { Card } from '../design/Card';
import { Notice } from '../design/Notice';
import { fullDateTime } from '../design/time';
import { useBusy } from '../settings/use-busy';
import { t } from '../translate';
import { DailyLimit, Quality } from './Health';

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <Grid.Item col={3} s={6} xs={12} direction="column" alignItems="flex-start" gap={1}>
    <Typography variant="pi" textColor="neutral600">
      {label}
    </Typography>
    {typeof children === 'string' ? <Typography textColor="neutral800">{children}</Typography> : children}
  </Grid.Item>
);

interface Props {
  integration: Integration;
  canManage: boolean;
  onChanged(integration: Integration): void;
}

/** What Meta says about a number, and when it was asked. */
export const HealthCard = ({ integration, canManage, onChanged }: Props) => {
  const { formatMessage, locale } = useIntl();
  const { busy, run } = useBusy();
  const { health, apiVersion, apiVersionEndsAt } = integration;
  const unknown = formatMessage(t('health.unknown'));
  const refresh = () =>
    run('work', async () => {
      const path = `/integrations/${encodeURIComponent(integration.id)}/health`;
      onChanged((await api.post<OneIntegration.Response>(path)).data);
    });
  const pause = () =>
    run('work', async () => {
      const path = `/integrations/${encodeURIComponent(integration.id)}/pause`;
      onChanged((await api.post<OneIntegration.Response>(path, {})).data);
    });
  const checkedAt = health?.checkedAt ? fullDateTime(Date.parse(health.checkedAt), locale) : null;
  const ends = apiVersionEndsAt
    ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(Date.parse(apiVersionEndsAt))
    : null;
  return (
    <Card
      title={formatMessage(t('health.title'))}
      text={
        checkedAt
          ? formatMessage(t('health.checkedAt'), { time: checkedAt })
          : formatMessage(t('health.never'))
      }
      action={
        canManage && (
          <Flex gap={2} wrap="wrap">
            {!integration.pause && (
              <Button variant="tertiary" disabled={busy !== null} onClick={() => void pause()}>
                {formatMessage(t('pause.start'))}
              </Button>
            )}
            <Button
              variant="tertiary"
              startIcon={<ArrowClockwise />}
              loading={busy !== null}
              onClick={() => void refresh()}
            >
              {formatMessage(t('health.refresh'))}
            </Button>
          </Flex>
        )
      }
    >
      <Grid.Root gap={4}>
        <Fact label={formatMessage(t('health.status'))}>{health?.status ?? unknown}</Fact>
        <Fact label={formatMessage(t('health.quality'))}>
          <Quality integration={integration} />
        </Fact>
        <Fact label={formatMessage(t('health.limit'))}>
          <DailyLimit integration={integration} />
        </Fact>
        <Fact label={formatMessage(t('health.throughput'))}>
          {health?.throughput ?? integration.throughput ?? unknown}
        </Fact>
        <Fact label={formatMessage(t('health.nameStatus'))}>{health?.nameStatus ?? unknown}</Fact>
        <Fact label={formatMessage(t('form.apiVersion'))}>
          {ends ? formatMessage(t('health.versionUntil'), { version: apiVersion, date: ends }) : apiVersion}
        </Fact>
      </Grid.Root>
      {health && health.alerts.length > 0 && (
        <Flex direction="column" alignItems="stretch" gap={3}>
          {health.alerts.map((alert) => (
            <Notice
              key={`${alert.kind} ${alert.at}`}
              tone="warning"
              title={`${alert.kind} · ${fullDateTime(Date.parse(alert.at), locale)}`}
            >
              {alert.message}
            </Notice>
          ))}
        </Flex>
      )}
    </Card>
  );
};
