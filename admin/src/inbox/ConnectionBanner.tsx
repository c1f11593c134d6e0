import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { useNow } from '../design/use-now';
import { linkStore } from '../realtime/hub';
import { useStore } from '../store/use-store';
import { t } from '../translate';

const QUIET_MS = 5_000;

const Bar = styled.div`
  display: flex;
  flex: none;
  justify-content: center;
  padding: 6px 16px;
  border-bottom: 1px solid ${({ theme }) => theme.colors.neutral200};
  background: ${({ theme }) => theme.colors.neutral150};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.2rem;
`;

const Waiting = ({ since }: { since: number }) => {
  const { formatMessage } = useIntl();
  useNow(1_000);
  // `since` is this browser's clock, hence not the server's.
  if (Date.now() - since < QUIET_MS) return null;
  return <Bar>{formatMessage(t('connection.reconnecting'))}</Bar>;
};

/** Says so after five seconds without the live stream, and goes by itself. */
export const ConnectionBanner = () => {
  const link = useStore(linkStore, (state) => state);
  return <div role="status">{!link.open && <Waiting since={link.since} />}</div>;
};
