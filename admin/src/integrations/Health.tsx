import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Integration } from '../../../server/src/integrations/contract';
import { StateSign } from '../design/StateSign';
import { t } from '../translate';
import { dailyLimit, limitOf, qualityOf, qualityWords } from './health-words';

/** Meta's rating of a number: sign and word. */
export const Quality = ({ integration }: { integration: Integration }) => {
  const { formatMessage } = useIntl();
  const words = qualityWords(qualityOf(integration));
  if (!words) return <Typography textColor="neutral600">{formatMessage(t('health.unknown'))}</Typography>;
  return (
    <Flex tag="span" gap={2} display="inline-flex">
      <StateSign sign={words.sign} iconOnly />
      <Typography textColor="neutral800">{formatMessage(t(words.label))}</Typography>
    </Flex>
  );
};

/** How many people one may write to first in 24 hours. */
export const DailyLimit = ({ integration }: { integration: Integration }) => {
  const { formatMessage } = useIntl();
  const limit = dailyLimit(limitOf(integration));
  if (limit === null) {
    return (
      <Typography textColor="neutral600">
        {limitOf(integration) ?? formatMessage(t('health.unknown'))}
      </Typography>
    );
  }
  return (
    <Typography textColor="neutral800" title={formatMessage(t('health.limit.explain'))}>
      {limit === Infinity
        ? formatMessage(t('health.limit.none'))
        : formatMessage(t('health.limit.people'), { count: limit })}
    </Typography>
  );
};
