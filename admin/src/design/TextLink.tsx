import { Link } from 'react-router-dom';
import { styled } from 'styled-components';

/** A link within words. A bare one has the browser's blue, which cannot be read on a dark page. */
export const TextLink = styled(Link)`
  color: ${({ theme }) => theme.colors.primary600};
  overflow-wrap: anywhere;
`;
