import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Integration } from '../../../server/src/integrations/contract';
import { StateSign, type Sign } from '../design/StateSign';
import { dailyLimit, limitOf, qualityOf, qualityWords } from '../integrations/health-words';
import { t } from '../translate';

/** Of two names that do not fit, ours is the one that can be done without. */
const Ours = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 4px;
  min-width: 0;
  svg {
    width: 12px;
    height: 12px;
  }
  @media (max-width: 519px) {
    display: none;
  }
`;

const signOf = (integration: Integration): Sign | null => {
  if (integration.sandbox) return null;
  if (integration.status === 'error' || !integration.active) return 'error';
  return qualityWords(qualityOf(integration))?.sign ?? null;
};

/** Which of our numbers one writes from, and how it stands with Meta. */
export const NumberHealth = ({ integration }: { integration: Integration }) => {
  const { formatMessage } = useIntl();
  const words = qualityWords(qualityOf(integration));
  const limit = dailyLimit(limitOf(integration));
  const facts = [
    words && `${formatMessage(t('health.quality'))}: ${formatMessage(t(words.label))}`,
    limit !== null &&
      `${formatMessage(t('health.limit'))}: ${
        limit === Infinity
          ? formatMessage(t('health.limit.none'))
          : formatMessage(t('health.limit.people'), { count: limit })
      }`,
  ].filter(Boolean);
  const sign = signOf(integration);
  return (
    <Ours title={facts.join(' · ') || undefined}>
      {sign && <StateSign sign={sign} iconOnly />}
      <bdi>{integration.name}</bdi>
    </Ours>
  );
};
