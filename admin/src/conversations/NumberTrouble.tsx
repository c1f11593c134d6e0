import { Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Integration } from '../../../server/src/integrations/contract';
import { fullDateTime } from '../design/time';
import { numberConcern } from '../integrations/health-words';
import { NUMBERS_PATH } from '../plugin-id';
import { t } from '../translate';

const Strip = styled.div`
  display: flex;
  flex: none;
  align-items: flex-start;
  gap: 8px;
  padding: 8px 20px;
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral0};
  svg {
    flex: none;
    margin-block-start: 2px;
  }
  a {
    color: ${({ theme }) => theme.colors.primary600};
  }
`;

interface Props {
  integration: Integration;
  /** Whoever can do something about it gets Meta's words and the way there; others a neutral line. */
  canAct: boolean;
}

/** Above the composer of a number that is in trouble with Meta: what is typed waits instead of being lost. */
export const NumberTrouble = ({ integration, canAct }: Props) => {
  const { formatMessage, locale } = useIntl();
  const rest = integration.pause?.scope === 'all' ? integration.pause : null;
  const concern = rest ? { tone: 'warning' as const, text: rest.reason } : numberConcern(integration);
  if (!concern) return null;
  const { name } = integration;
  const words = concern.tone === 'danger' ? 'lock.trouble' : 'trouble.warned';
  const text = rest
    ? formatMessage(t('trouble.paused'), { name, time: fullDateTime(Date.parse(rest.until), locale) })
    : formatMessage(t(words), { name });
  return (
    <Strip role="status">
      <WarningCircle
        width={16}
        height={16}
        fill={concern.tone === 'danger' ? 'danger600' : 'warning600'}
        aria-hidden
      />
      <Typography variant="pi" textColor="neutral800">
        {text} {canAct && concern.text}{' '}
        {canAct && (
          <Link to={`${NUMBERS_PATH}/${encodeURIComponent(integration.id)}`}>
            {formatMessage(t('check.action.edit'))}
          </Link>
        )}
      </Typography>
    </Strip>
  );
};
