import { Link as StrapiLink } from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { NavLink } from 'react-router-dom';
import { usePanes } from '../inbox/layout';
import { PLUGIN_PATH } from '../plugin-id';
import { t } from '../translate';

/** The way back to the inbox, where there is no room for the sub-navigation. */
export const InboxLink = () => {
  const { formatMessage } = useIntl();
  const { subNav } = usePanes();
  if (subNav) return null;
  return (
    <StrapiLink tag={NavLink} to={PLUGIN_PATH} startIcon={<ArrowLeft />}>
      {formatMessage(t('nav.inbox'))}
    </StrapiLink>
  );
};
