import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../../translate';
import { qualityOf, type Quality } from './status';

const LEVEL: Record<Quality, number> = { GREEN: 3, YELLOW: 2, RED: 1, UNKNOWN: 0 };
const FILL = {
  GREEN: 'success600',
  YELLOW: 'warning600',
  RED: 'danger600',
  UNKNOWN: 'neutral300',
} as const satisfies Record<Quality, string>;

const Bars = styled.span`
  display: inline-flex;
  align-items: flex-end;
  gap: 2px;
`;
const Bar = styled.span<{ $height: number; $on: boolean; $fill: (typeof FILL)[Quality] }>`
  width: 4px;
  height: ${({ $height }) => $height}px;
  border-radius: 1px;
  background: ${({ theme, $on, $fill }) => theme.colors[$on ? $fill : 'neutral200']};
`;

/** Meta's rating as bars and a word. */
export const QualityText = ({ quality }: { quality: string | null }) => {
  const { formatMessage } = useIntl();
  const word = qualityOf(quality);
  return (
    <Flex tag="span" display="inline-flex" gap={2}>
      <Bars aria-hidden>
        {[1, 2, 3].map((step) => (
          <Bar key={step} $height={4 + step * 3} $on={step <= LEVEL[word]} $fill={FILL[word]} />
        ))}
      </Bars>
      <Typography textColor={word === 'UNKNOWN' ? 'neutral600' : 'neutral800'}>
        {formatMessage(t(`templates.quality.${word}`))}
      </Typography>
    </Flex>
  );
};
