import { Box, EmptyStateLayout, Flex, LinkButton, Table, Tbody } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyData } from '@strapi/icons/symbols';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { useResource } from '../api/resource';
import { integrationsResource } from '../api/resources';
import { PaneFailure } from '../design/PaneBoundary';
import { StartButtons } from '../inbox/empty';
import { OrganizationSwitcher } from '../organizations/OrganizationSwitcher';
import { HeadRow } from '../settings/HeadRow';
import { DebugBanner } from '../settings/DebugBanner';
import { t } from '../translate';
import { useAbilities } from '../use-abilities';
import { NumberRow } from './NumberRow';
import { useNumberActions } from './use-number-actions';

const COLUMNS = [
  'numbers.name',
  'numbers.status',
  'health.quality',
  'health.limit',
  'numbers.lastEvent',
  'numbers.active',
] as const;

/** The connected numbers, or the two ways to begin. */
export const NumbersListPage = () => {
  const { formatMessage } = useIntl();
  const abilities = useAbilities();
  const { data, error, loading } = useResource(integrationsResource);
  const { toggle, remove } = useNumberActions();
  const title = formatMessage(t('numbers.title'));

  if (abilities.isLoading || (!data && loading)) return <Page.Loading />;
  const empty = data?.length === 0;
  return (
    <Page.Main>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        subtitle={formatMessage(t('numbers.subtitle'))}
        secondaryAction={<OrganizationSwitcher />}
        primaryAction={
          abilities.canManageIntegrations &&
          !empty && (
            <LinkButton tag={Link} to="new" startIcon={<Plus />} size="S">
              {formatMessage(t('start.connect'))}
            </LinkButton>
          )
        }
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
          <DebugBanner />
          {!data && error && (
            <PaneFailure reference={error.reference} onRetry={() => void integrationsResource.refresh()} />
          )}
          {empty && (
            <Box background="neutral0" hasRadius shadow="tableShadow">
              <EmptyStateLayout
                icon={<EmptyData width="16rem" height="8.8rem" />}
                content={formatMessage(t('start.title'))}
                action={<StartButtons abilities={abilities} />}
              />
            </Box>
          )}
          {data && !empty && (
            <Table colCount={7} rowCount={data.length + 1}>
              <HeadRow columns={COLUMNS} last="numbers.actions" />
              <Tbody>
                {data.map((integration) => (
                  <NumberRow
                    key={integration.id}
                    integration={integration}
                    canManage={abilities.canManageIntegrations}
                    onToggle={(active) => void toggle(integration, active)}
                    onDelete={(history) => remove(integration, history)}
                  />
                ))}
              </Tbody>
            </Table>
          )}
        </Flex>
      </Layouts.Content>
    </Page.Main>
  );
};
