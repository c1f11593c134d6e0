import { Box, Button, EmptyStateLayout, Flex } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { PaneFailure } from '../design/PaneBoundary';
import { PaneLoading } from '../design/PaneLoading';
import { t } from '../translate';

interface Props {
  rows: number;
  loading: boolean;
  failure: string | null;
  empty: string;
  /** null at the end of the list. */
  more: (() => void) | null;
  onRetry(): void;
  children: ReactNode;
}

/** What surrounds a list that goes on: loading, failed, empty, and the way to the next page. */
export const ListFrame = ({ rows, loading, failure, empty, more, onRetry, children }: Props) => {
  const { formatMessage } = useIntl();
  if (failure !== null && rows === 0) return <PaneFailure reference={failure} onRetry={onRetry} />;
  if (rows === 0 && loading) return <PaneLoading />;
  if (rows === 0) {
    return (
      <Box background="neutral0" hasRadius shadow="tableShadow">
        <EmptyStateLayout icon={<EmptyDocuments width="16rem" height="8.8rem" />} content={empty} />
      </Box>
    );
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={4} aria-busy={loading}>
      {children}
      {failure !== null && <PaneFailure reference={failure} onRetry={onRetry} />}
      {more && (
        <Flex justifyContent="center">
          <Button variant="tertiary" loading={loading} onClick={more}>
            {formatMessage(t('common.more'))}
          </Button>
        </Flex>
      )}
    </Flex>
  );
};
