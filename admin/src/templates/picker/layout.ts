import { Modal } from '@strapi/design-system';
import { styled } from 'styled-components';

/** As high as the window allows, so that nothing jumps while one searches. */
export const Sheet = styled(Modal.Content)`
  height: min(720px, 90vh);
  > :last-child {
    min-height: 0;
  }
  @media (max-width: 767px) {
    width: 100%;
    height: 100%;
    max-height: 100%;
    border-radius: 0;
  }
`;

/** Two columns; the second one is left out where there is no room for it. */
export const Split = styled.div`
  display: grid;
  flex: 1;
  grid-template-columns: minmax(0, 1fr) minmax(0, 360px);
  min-height: 0;
  @media (max-width: 767px) {
    grid-template-columns: minmax(0, 1fr);
  }
`;

export const Column = styled.div`
  display: flex;
  flex-direction: column;
  min-width: 0;
  min-height: 0;
`;

export const Aside = styled.aside`
  min-width: 0;
  padding: 20px 16px;
  border-inline-start: 1px solid ${({ theme }) => theme.colors.neutral150};
  background: ${({ theme }) => theme.colors.neutral100};
  overflow: auto;
  @media (max-width: 767px) {
    &[data-optional] {
      display: none;
    }
    border-inline-start: 0;
    border-block-start: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;
