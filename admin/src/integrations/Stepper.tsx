import { Check } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t, type TranslationId } from '../translate';

export const STEPS = ['number', 'webhook', 'checks', 'first'] as const;
export type Step = (typeof STEPS)[number];

const LABELS: Record<Step, TranslationId> = {
  number: 'setup.step.number',
  webhook: 'setup.step.webhook',
  checks: 'setup.step.checks',
  first: 'setup.step.first',
};

const List = styled.ol`
  display: flex;
  flex-wrap: wrap;
  gap: 8px 24px;
  list-style: none;
`;
const Item = styled.li`
  display: flex;
  align-items: center;
  gap: 8px;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.4rem;
  &[aria-current] {
    color: ${({ theme }) => theme.colors.neutral800};
    font-weight: 600;
  }
`;
const Dot = styled.span`
  display: flex;
  align-items: center;
  justify-content: center;
  width: 28px;
  height: 28px;
  border: 1px solid ${({ theme }) => theme.colors.neutral300};
  border-radius: 50%;
  background: ${({ theme }) => theme.colors.neutral0};
  font-size: 1.2rem;
  [aria-current] > & {
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary600};
    color: ${({ theme }) => theme.colors.neutral0};
  }
  svg path {
    fill: ${({ theme }) => theme.colors.success600};
  }
`;

/** Where one stands on the way to a connected number. */
export const Stepper = ({ step }: { step: Step }) => {
  const { formatMessage } = useIntl();
  const at = STEPS.indexOf(step);
  return (
    <List aria-label={formatMessage(t('setup.steps'))}>
      {STEPS.map((name, index) => (
        <Item key={name} aria-current={name === step ? 'step' : undefined}>
          <Dot aria-hidden>{index < at ? <Check width={12} height={12} /> : index + 1}</Dot>
          {formatMessage(t(LABELS[name]))}
        </Item>
      ))}
    </List>
  );
};
