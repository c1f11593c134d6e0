import { useEffect, useState, type ReactNode } from 'react';
import { keyframes, styled } from 'styled-components';

const pulse = keyframes`
  from { opacity: 1; }
  to { opacity: 0.45; }
`;

/** A grey stand-in of the given size; still under reduced motion. */
export const Bone = styled.span<{ $width: string; $height: number; $round?: boolean }>`
  display: block;
  flex: none;
  width: ${({ $width }) => $width};
  height: ${({ $height }) => $height}px;
  border-radius: ${({ $round, theme }) => ($round ? '50%' : theme.borderRadius)};
  background: ${({ theme }) => theme.colors.neutral150};
  @media (prefers-reduced-motion: no-preference) {
    animation: ${pulse} 900ms ease-in-out infinite alternate;
  }
`;

const DELAY_MS = 150;

/** Shows its children only after 150 ms: fast answers should not flash a skeleton. */
export const Delayed = ({ children }: { children: ReactNode }) => {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return due ? <>{children}</> : null;
};
