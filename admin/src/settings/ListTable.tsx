import { Box, Button, EmptyStateLayout, Flex, Table, Tbody } from '@strapi/design-system';
import { EmptyDocuments } from '@strapi/icons/symbols';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { PaneFailure } from '../design/PaneBoundary';
import { PaneLoading } from '../design/PaneLoading';
import { t, type TranslationId } from '../translate';
import { HeadRow } from './HeadRow';

/**
 * On phones each row is a card, its cells one below the other: a table would have to be pushed sideways. What it is to
 * assistive technology stays, by Strapi's roles.
 */
const Cards = styled.div`
  @media (max-width: 767px) {
    tbody,
    tbody tr,
    tbody td {
      display: block;
      width: 100%;
      height: auto;
      max-width: none;
    }
    table {
      display: block;
      width: 100%;
    }
    thead {
      position: absolute;
      clip-path: inset(50%);
    }
    tbody tr {
      padding: 8px 0;
    }
    tbody td,
    tbody td:first-of-type {
      padding: 4px 16px;
      overflow-wrap: anywhere;
    }
    tbody td:empty {
      display: none;
    }
  }
`;

interface Props {
  columns: readonly TranslationId[];
  /** Name of a last column of buttons. */
  last?: TranslationId;
  rows: number;
  loading: boolean;
  failure: string | null;
  empty: TranslationId;
  /** null at the end of the list. */
  more?: (() => void) | null;
  onRetry(): void;
  /** The rows. */
  children: ReactNode;
}

/** A list of a settings page: loading, failed, empty, its table, and the way to the next page. */
export const ListTable = (props: Props) => {
  const { columns, last, rows, loading, failure, empty, more = null, onRetry, children } = props;
  const { formatMessage } = useIntl();
  if (failure !== null && rows === 0) return <PaneFailure reference={failure} onRetry={onRetry} />;
  if (rows === 0 && loading) return <PaneLoading />;
  if (rows === 0) {
    return (
      <Box background="neutral0" hasRadius shadow="tableShadow">
        <EmptyStateLayout
          icon={<EmptyDocuments width="16rem" height="8.8rem" />}
          content={formatMessage(t(empty))}
        />
      </Box>
    );
  }
  return (
    <Flex direction="column" alignItems="stretch" gap={4} aria-busy={loading}>
      <Cards>
        <Table colCount={columns.length + (last ? 1 : 0)} rowCount={rows + 1}>
          <HeadRow columns={columns} last={last} />
          <Tbody>{children}</Tbody>
        </Table>
      </Cards>
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
