import { Box, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { meResource } from '../api/resources';
import { switchOrganization } from '../inbox/session';
import { useStore } from '../store/use-store';
import { t } from '../translate';

/** Which organization one works for; not there as long as there is only one. */
export const OrganizationSwitcher = () => {
  const { formatMessage } = useIntl();
  const me = useStore(meResource.store, ({ data }) => data);
  if (!me || me.organizations.length < 2) return null;
  return (
    <Box minWidth="16rem" maxWidth="100%">
      <SingleSelect
        size="S"
        aria-label={formatMessage(t('organizations.switch'))}
        value={me.organization.slug}
        onChange={(slug) => switchOrganization(String(slug))}
      >
        {me.organizations.map(({ id, name, slug }) => (
          <SingleSelectOption key={id} value={slug}>
            {name}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Box>
  );
};
