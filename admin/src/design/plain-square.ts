import { css } from 'styled-components';

/** A small plain button: the design system's are higher, and each brings the machinery of a tooltip. */
export const plainSquare = css`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 32px;
  height: 32px;
  padding: 0;
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: none;
  color: ${({ theme }) => theme.colors.neutral600};
  cursor: pointer;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
  svg path {
    fill: currentcolor;
  }
`;
