import { ArrowDown } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { Bone } from '../design/Skeleton';
import { dayLabel } from '../design/time';
import { useNow } from '../design/use-now';
import { t } from '../translate';

const MINUTE = 60_000;

export const Pill = styled.span`
  padding: 3px 12px;
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-radius: 12px;
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  line-height: 1.8rem;
`;
const Centre = styled.div`
  display: flex;
  justify-content: center;
  padding: 6px 0 12px;
`;

/** "Today" and its like; looks at the clock, so that it is right after midnight. */
export const DayText = ({ at }: { at: number }) => {
  const { locale } = useIntl();
  return <>{dayLabel(at, useNow(MINUTE), locale)}</>;
};

export const DateLine = ({ at }: { at: number }) => (
  <Centre>
    <Pill>
      <DayText at={at} />
    </Pill>
  </Centre>
);

const Rule = styled.div`
  display: flex;
  align-items: center;
  gap: 12px;
  padding: 4px 20px 14px;
  color: ${({ theme }) => theme.colors.primary700};
  font-size: 1.2rem;
  font-weight: 600;
  &::before,
  &::after {
    content: '';
    flex: 1;
    height: 1px;
    background: ${({ theme }) => theme.colors.primary600};
    opacity: 0.5;
  }
`;

export const UnreadLine = ({ count }: { count: number }) => {
  const { formatMessage } = useIntl();
  return (
    <Rule role="separator">
      <span>{formatMessage(t('thread.unread'), { count })}</span>
    </Rule>
  );
};

const Floating = styled.div<{ $shown: boolean }>`
  position: absolute;
  inset-block-start: 10px;
  inset-inline: 0;
  z-index: 2;
  display: flex;
  justify-content: center;
  pointer-events: none;
  opacity: ${({ $shown }) => ($shown ? 1 : 0)};
  span {
    box-shadow: ${({ theme }) => theme.shadows.tableShadow};
  }
  @media (prefers-reduced-motion: no-preference) {
    transition: opacity 200ms;
  }
`;

/** Date of the topmost visible message while one scrolls. */
export const FloatingDate = ({ at, shown }: { at: number | null; shown: boolean }) => (
  <Floating $shown={shown && at !== null} aria-hidden>
    {at !== null && (
      <Pill>
        <DayText at={at} />
      </Pill>
    )}
  </Floating>
);

const Jump = styled.button`
  position: absolute;
  inset-block-end: 16px;
  inset-inline-end: 20px;
  z-index: 3;
  display: flex;
  align-items: center;
  justify-content: center;
  width: 40px;
  height: 40px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: 50%;
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
  cursor: pointer;
  svg path {
    fill: currentcolor;
  }
`;
const JumpCount = styled.span`
  position: absolute;
  inset-block-start: -8px;
  min-width: 20px;
  padding: 0 6px;
  border-radius: 10px;
  background: ${({ theme }) => theme.colors.primary600};
  color: ${({ theme }) => theme.colors.neutral0};
  font-size: 1.1rem;
  font-weight: 600;
  line-height: 2rem;
`;

export const JumpButton = ({ count, onClick }: { count: number; onClick(): void }) => {
  const { formatMessage } = useIntl();
  return (
    <Jump type="button" onClick={onClick} aria-label={formatMessage(t('thread.jump'), { count })}>
      <ArrowDown width={16} height={16} aria-hidden />
      {count > 0 && <JumpCount aria-hidden>{count > 99 ? '99+' : count}</JumpCount>}
    </Jump>
  );
};

const Bones = styled.div`
  display: flex;
  flex-direction: column;
  justify-content: flex-end;
  gap: 12px;
  height: 100%;
  padding: 20px;
  > :nth-child(odd) {
    align-self: flex-start;
  }
  > :nth-child(even) {
    align-self: flex-end;
  }
`;

export const ThreadSkeleton = () => (
  <Bones aria-busy>
    {['42%', '30%', '55%', '36%', '48%', '26%'].map((width) => (
      <Bone key={width} $width={width} $height={44} />
    ))}
  </Bones>
);
