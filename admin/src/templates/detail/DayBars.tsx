import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { TemplateAnalytics } from '../../../../server/src/templates/contract';
import { t } from '../../translate';

const Chart = styled.div`
  display: flex;
  align-items: flex-end;
  gap: 2px;
  height: 96px;
  border-block-end: 1px solid ${({ theme }) => theme.colors.neutral200};
`;
const Day = styled.div<{ $height: number }>`
  position: relative;
  flex: 1;
  min-width: 0;
  height: ${({ $height }) => $height}%;
  border-radius: 2px 2px 0 0;
  background: ${({ theme }) => theme.colors.primary200};
`;
const Read = styled.div<{ $height: number }>`
  position: absolute;
  inset-inline: 0;
  inset-block-end: 0;
  height: ${({ $height }) => $height}%;
  border-radius: 2px 2px 0 0;
  background: ${({ theme }) => theme.colors.primary600};
`;

/** Sent per day, the read ones in the darker part. The table above tells the sums; a day's own stand in its hint. */
export const DayBars = ({ days }: { days: TemplateAnalytics['byDay'] }) => {
  const { formatMessage, formatDate } = useIntl();
  const most = Math.max(1, ...days.map(({ sent }) => sent));
  return (
    <Chart role="img" aria-label={formatMessage(t('templates.analytics.chart'))}>
      {days.map(({ day, sent, read }) => (
        <Day
          key={day}
          $height={(sent / most) * 100}
          title={formatMessage(t('templates.analytics.day'), {
            day: formatDate(`${day}T12:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' }),
            sent,
            read,
          })}
        >
          <Read $height={sent > 0 ? (Math.min(read, sent) / sent) * 100 : 0} />
        </Day>
      ))}
    </Chart>
  );
};
