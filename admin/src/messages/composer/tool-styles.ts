import { styled } from 'styled-components';
import { plainSquare } from '../../design/plain-square';

/** A plain button of the composer; the design system's are as high as the field itself. */
export const ToolButton = styled.button`
  ${plainSquare}
  flex: none;
  &:hover:not(:disabled) {
    background: ${({ theme }) => theme.colors.neutral150};
    color: ${({ theme }) => theme.colors.neutral800};
  }
  &:disabled {
    opacity: 0.4;
    cursor: default;
  }
  /* As high as the field is on phones. */
  @media (max-width: 767px) {
    height: 40px;
  }
  svg {
    width: 16px;
    height: 16px;
  }
`;
