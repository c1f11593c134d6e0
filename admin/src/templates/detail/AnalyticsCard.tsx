import { Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { TemplateAnalytics } from '../../../../server/src/templates/contract';
import { api } from '../../api/client';
import { Card } from '../../design/Card';
import { Notice } from '../../design/Notice';
import { PaneFailure } from '../../design/PaneBoundary';
import { PaneLoading } from '../../design/PaneLoading';
import { report } from '../../design/report';
import { localDay } from '../../design/time';
import { t, type TranslationId } from '../../translate';
import { DayBars } from './DayBars';

const SPANS = [7, 30, 90] as const;
const DAY_MS = 86_400_000;

const Figures = styled.table`
  width: 100%;
  border-collapse: collapse;
  th,
  td {
    padding: 6px 8px;
    border-block-end: 1px solid ${({ theme }) => theme.colors.neutral150};
    text-align: end;
  }
  th:first-child {
    text-align: start;
  }
  thead th {
    color: ${({ theme }) => theme.colors.neutral600};
    font-size: 1.1rem;
    font-weight: 600;
  }
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.4rem;
  font-variant-numeric: tabular-nums;
`;

const ROWS: [keyof TemplateAnalytics['ours'], TranslationId][] = [
  ['sent', 'templates.analytics.sent'],
  ['delivered', 'templates.analytics.delivered'],
  ['read', 'templates.analytics.read'],
  ['replied', 'templates.analytics.replied'],
  ['clicked', 'templates.analytics.clicked'],
  ['failed', 'templates.analytics.failed'],
];

const useAnalytics = (id: string, days: number) => {
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ data: TemplateAnalytics | null; failure: string | null }>({
    data: null,
    failure: null,
  });
  useEffect(() => {
    let current = true;
    const now = Date.now();
    const query = { from: localDay(now - (days - 1) * DAY_MS), to: localDay(now) };
    api.get<{ data: TemplateAnalytics }>(`/templates/${encodeURIComponent(id)}/analytics`, query).then(
      ({ data }) => current && setState({ data, failure: null }),
      (cause: unknown) => {
        const failure = report('Figures could not be loaded', cause);
        if (current) setState({ data: null, failure });
      },
    );
    return () => {
      current = false;
    };
  }, [id, days, attempt]);
  return { ...state, retry: () => setAttempt((count) => count + 1) };
};

const Table = ({ data }: { data: TemplateAnalytics }) => {
  const { formatMessage, formatNumber } = useIntl();
  const { ours, meta } = data;
  const cell = (value: number | null | undefined, base: number | undefined) => {
    if (value === null || value === undefined) return '–';
    const share = base ? formatNumber(value / base, { style: 'percent' }) : null;
    return share && value !== base ? `${formatNumber(value)} (${share})` : formatNumber(value);
  };
  return (
    <Figures>
      <thead>
        <tr>
          <th scope="col">{formatMessage(t('templates.analytics.figure'))}</th>
          <th scope="col">{formatMessage(t('templates.analytics.ours'))}</th>
          <th scope="col">{formatMessage(t('templates.analytics.meta'))}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(([name, label]) => (
          <tr key={name}>
            <th scope="row" style={{ fontWeight: 400 }}>
              {formatMessage(t(label))}
            </th>
            <td>{cell(ours[name], ours.sent)}</td>
            <td>{cell((meta as Partial<TemplateAnalytics['ours']> | null)?.[name], meta?.sent)}</td>
          </tr>
        ))}
      </tbody>
    </Figures>
  );
};

/** What became of the messages, as we counted and as Meta counts; the two are never mixed. */
export const AnalyticsCard = ({ id }: { id: string }) => {
  const { formatMessage } = useIntl();
  const [days, setDays] = useState<number>(30);
  const { data, failure, retry } = useAnalytics(id, days);
  return (
    <Card
      title={formatMessage(t('templates.analytics'))}
      text={formatMessage(t('templates.analytics.text'))}
      action={
        <SingleSelect
          size="S"
          aria-label={formatMessage(t('templates.analytics.span'))}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
        >
          {SPANS.map((span) => (
            <SingleSelectOption key={span} value={String(span)}>
              {formatMessage(t('templates.analytics.days'), { count: span })}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      }
    >
      {failure !== null && <PaneFailure reference={failure} onRetry={retry} />}
      {!data && failure === null && <PaneLoading />}
      {data && (
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Table data={data} />
          {data.metaError && (
            <Notice tone="info" title={formatMessage(t('templates.analytics.noMeta'))}>
              {data.metaError}
            </Notice>
          )}
          {data.byDay.some(({ sent, failed }) => sent + failed > 0) ? (
            <DayBars days={data.byDay} />
          ) : (
            <Typography textColor="neutral600">{formatMessage(t('templates.analytics.none'))}</Typography>
          )}
        </Flex>
      )}
    </Card>
  );
};
