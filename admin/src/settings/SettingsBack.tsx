import { BackButton } from '@strapi/strapi/admin';
import { styled } from 'styled-components';

/** On a phone Strapi's settings bring a way back of their own. */
const Wide = styled.div`
  @media (max-width: 767px) {
    display: none;
  }
`;

/** The way back to a list, above the title of one of its things. */
export const SettingsBack = ({ to }: { to: string }) => (
  <Wide>
    <BackButton fallback={to} />
  </Wide>
);
