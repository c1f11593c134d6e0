import { styled } from 'styled-components';
import { tokensOf } from './bubble/shell';

export const Frame = styled.section`
  position: relative;
  flex: 1;
  min-height: 0;
  background: ${({ theme }) => tokensOf(theme).thread};
`;
export const Scroller = styled.div`
  position: absolute;
  inset: 0;
  display: flex;
  flex-direction: column;
  overflow: hidden auto;
  overscroll-behavior: contain;
  /* The virtualizer anchors; the browser's own anchoring would correct a second time. */
  overflow-anchor: none;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;
/** A short conversation stands at the bottom, above the composer. */
export const Sizer = styled.div`
  position: relative;
  flex: none;
  width: 100%;
  margin-block-start: auto;
`;
export const Positioned = styled.div`
  position: absolute;
  inset-block-start: 0;
  inset-inline: 0;
`;
export const Older = styled.div`
  position: absolute;
  inset-block-start: 0;
  inset-inline: 0;
  height: 48px;
  color: ${({ theme }) => theme.colors.neutral600};
  font-size: 1.2rem;
  line-height: 48px;
  text-align: center;
`;
