import { styled } from 'styled-components';

/** A small plain button of the composer; the design system's are as high as the field itself. */
export const ToolButton = styled.button`
  display: inline-flex;
  flex: none;
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
  &:hover:not(:disabled) {
    background: ${({ theme }) => theme.colors.neutral150};
    color: ${({ theme }) => theme.colors.neutral800};
  }
  &:disabled {
    opacity: 0.4;
    cursor: default;
  }
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
  /* As high as the field is on phones. */
  @media (max-width: 767px) {
    height: 40px;
  }
  svg {
    width: 16px;
    height: 16px;
  }
  svg path {
    fill: currentcolor;
  }
`;
