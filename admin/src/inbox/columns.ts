import { styled } from 'styled-components';

export const ListColumn = styled.section`
  display: flex;
  flex: none;
  flex-direction: column;
  min-width: 0;
  background: ${({ theme }) => theme.colors.neutral0};
`;
export const ThreadColumn = styled.section`
  flex: 1;
  min-width: 0;
`;
export const DetailsColumn = styled.div`
  flex: none;
`;
export const Drawer = styled.div`
  position: absolute;
  inset-block: 0;
  inset-inline-end: 0;
  z-index: 200;
  width: min(360px, 100%);
  border-inline-start: 1px solid ${({ theme }) => theme.colors.neutral150};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
`;
