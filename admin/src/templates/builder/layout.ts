import { styled } from 'styled-components';

/** Form and phone side by side, or below each other where there is no room. */
export const Columns = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(320px, 400px);
  gap: 24px;
  align-items: start;
  @media (max-width: 899px) {
    grid-template-columns: minmax(0, 1fr);
  }
`;
export const Side = styled.aside`
  position: sticky;
  /* Below Strapi's header, which shrinks and stays while one scrolls. */
  inset-block-start: 72px;
  display: flex;
  flex-direction: column;
  gap: 24px;
  min-width: 0;
  max-height: calc(100dvh - 88px);
  overflow-y: auto;
  @media (max-width: 899px) {
    position: static;
    max-height: none;
  }
`;
