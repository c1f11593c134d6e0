import { styled } from 'styled-components';

/** The design system's look for inputs that need more of an `<input>` than its own takes. */
export const PlainInput = styled.input`
  width: 100%;
  min-width: 0;
  min-height: 36px;
  padding: 6px 12px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  color-scheme: inherit;
  font: inherit;
  /* Phones zoom into inputs below 16 px. */
  font-size: 1.6rem;
  &::placeholder {
    color: ${({ theme }) => theme.colors.neutral600};
    opacity: 1;
  }
  &:focus-visible {
    border-color: ${({ theme }) => theme.colors.primary600};
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -1px;
  }
  textarea& {
    min-height: 88px;
    resize: vertical;
  }
  &[aria-invalid='true'] {
    border-color: ${({ theme }) => theme.colors.danger600};
  }
  @media (min-width: 768px) {
    font-size: 1.4rem;
  }
`;
