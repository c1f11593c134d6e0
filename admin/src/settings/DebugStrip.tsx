import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { debugResource } from '../api/resources';
import { timeOfDay } from '../design/time';
import { useNow } from '../design/use-now';
import { useStore } from '../store/use-store';
import { t } from '../translate';

const MINUTE = 60_000;

const Bar = styled.div`
  flex: none;
  padding: 6px 16px;
  border-block-end: 1px solid ${({ theme }) => theme.colors.warning200};
  background: ${({ theme }) => theme.colors.warning100};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.2rem;
  text-align: center;
`;

/** The debug banner of the inbox, where every line counts. */
export const DebugStrip = () => {
  const { formatMessage, locale } = useIntl();
  const until = useStore(debugResource.store, ({ data }) => data?.until ?? null);
  const now = useNow(MINUTE);
  if (until === null || Date.parse(until) <= now) return null;
  return (
    <Bar role="note">
      {formatMessage(t('debug.on.short'), { until: timeOfDay(Date.parse(until), locale) })}
    </Bar>
  );
};
