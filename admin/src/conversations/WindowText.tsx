import { Clock, Lock } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../translate';
import { windowState, type WindowState } from './service-window';

const Text = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 6px;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  line-height: 1.6rem;
  white-space: nowrap;
  &[data-urgent] {
    color: ${({ theme }) => theme.colors.neutral800};
  }
  svg path {
    fill: ${({ theme }) => theme.colors.neutral600};
  }
  &[data-urgent] svg path {
    fill: ${({ theme }) => theme.colors.warning700};
  }
`;

/** Words for what is left of the customer service window. */
export const useWindowText = () => {
  const { formatMessage } = useIntl();
  return (window: WindowState): string => {
    switch (window.state) {
      case 'never':
        return formatMessage(t('window.never'));
      case 'closed':
        return formatMessage(t('window.closed'));
      case 'closing-soon':
        return formatMessage(t('window.minutes'), { minutes: window.hours * 60 + window.minutes });
      default:
        return formatMessage(t('window.hours'), { hours: window.hours, minutes: window.minutes });
    }
  };
};

/** How long free-form replies are still allowed; icon and words change in steps, never the colour alone. */
export const WindowText = ({ expiresAt, now }: { expiresAt: string | null; now: number }) => {
  const { formatMessage } = useIntl();
  const textOf = useWindowText();
  const window = windowState(expiresAt, now);
  const urgent = window.state === 'closing' || window.state === 'closing-soon';
  const Icon = window.state === 'closed' || window.state === 'never' ? Lock : Clock;
  return (
    <Text data-urgent={urgent || undefined} title={formatMessage(t('window.explain'))}>
      <Icon width={12} height={12} aria-hidden />
      {textOf(window)}
    </Text>
  );
};
