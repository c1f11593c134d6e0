import { Flex, Loader } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { t } from '../translate';

/** Waiting inside a page: Strapi's `Page.Loading` is a whole page, with a `main` and the height of one. */
export const PaneLoading = ({ label }: { label?: string }) => {
  const { formatMessage } = useIntl();
  return (
    <Flex justifyContent="center" padding={8} aria-busy>
      <Loader>{label ?? formatMessage(t('common.loading'))}</Loader>
    </Flex>
  );
};
