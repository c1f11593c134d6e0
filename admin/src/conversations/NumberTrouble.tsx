import { Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Integration } from '../../../server/src/integrations/contract';
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
`;

/** Above the composer of a number that Meta refused: what is typed waits instead of being lost. */
export const NumberTrouble = ({ integration }: { integration: Integration }) => {
  const { formatMessage } = useIntl();
  return (
    <Strip role="status">
      <WarningCircle width={16} height={16} fill="danger600" aria-hidden />
      <Typography variant="pi" textColor="neutral800">
        {formatMessage(t('lock.trouble'), { name: integration.name })}
      </Typography>
    </Strip>
  );
};
