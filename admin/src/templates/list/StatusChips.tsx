import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../../translate';
import { ChipIcon } from './StatusBadge';
import { CHIPS, type Chip } from './status';

const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
`;
const ChipButton = styled.button`
  display: inline-flex;
  align-items: center;
  gap: 6px;
  min-height: 32px;
  padding: 0 12px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 16px;
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.3rem;
  cursor: pointer;
  &[aria-pressed='true'] {
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
    color: ${({ theme }) => theme.colors.primary700};
    font-weight: 600;
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }
  @media (pointer: coarse) {
    min-height: 40px;
  }
`;

interface Props {
  counts: Record<Chip, number>;
  value: string;
  onChange(value: string): void;
}

/** The states with their counts; a second press takes the choice away. */
export const StatusChips = ({ counts, value, onChange }: Props) => {
  const { formatMessage } = useIntl();
  return (
    <Row role="group" aria-label={formatMessage(t('templates.filter.status'))}>
      {CHIPS.filter((chip) => counts[chip] > 0 || chip === value).map((chip) => (
        <ChipButton
          key={chip}
          type="button"
          aria-pressed={chip === value}
          onClick={() => onChange(chip === value ? '' : chip)}
        >
          <ChipIcon chip={chip} />
          {formatMessage(t('templates.chip.count'), {
            state: formatMessage(t(`templates.chip.${chip}`)),
            count: counts[chip],
          })}
        </ChipButton>
      ))}
    </Row>
  );
};
