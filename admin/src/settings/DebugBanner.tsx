import { useIntl } from 'react-intl';
import { debugResource } from '../api/resources';
import { Notice } from '../design/Notice';
import { fullDateTime } from '../design/time';
import { useNow } from '../design/use-now';
import { useStore } from '../store/use-store';
import { t } from '../translate';

const MINUTE = 60_000;

/** Says that debug mode is on, and until when; it goes by itself when that time has come. */
export const DebugBanner = () => {
  const { formatMessage, locale } = useIntl();
  const until = useStore(debugResource.store, ({ data }) => data?.until ?? null);
  const now = useNow(MINUTE);
  if (until === null || Date.parse(until) <= now) return null;
  return (
    <Notice tone="warning" title={formatMessage(t('debug.on.title'))}>
      {formatMessage(t('debug.on.text'), { until: fullDateTime(Date.parse(until), locale) })}
    </Notice>
  );
};
