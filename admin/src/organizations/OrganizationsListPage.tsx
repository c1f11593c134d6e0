import { Dialog, Flex, IconButton, LinkButton, Td, Tr, Typography } from '@strapi/design-system';
import { Pencil, Plus, Trash } from '@strapi/icons';
import { ConfirmDialog, useNotification } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { Link, useNavigate } from 'react-router-dom';
import type { Organization } from '../../../server/src/organizations/contract';
import { api } from '../api/client';
import { useResource } from '../api/resource';
import { meResource } from '../api/resources';
import { ListTable } from '../settings/ListTable';
import { SettingsPage } from '../settings/SettingsPage';
import { useBusy } from '../settings/use-busy';
import { t } from '../translate';
import { organizationsResource } from './resource';

const DeleteButton = ({ organization, only }: { organization: Organization; only: boolean }) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const { run } = useBusy();
  const { id, name, numbers } = organization;
  const reason = only
    ? 'organizations.delete.last'
    : numbers.length > 0
      ? 'organizations.delete.numbers'
      : null;
  if (reason) {
    return (
      <IconButton variant="ghost" disabled label={formatMessage(t(reason))}>
        <Trash />
      </IconButton>
    );
  }
  const remove = () =>
    run('work', async () => {
      await api.del(`/organizations/${encodeURIComponent(id)}`);
      organizationsResource.mutate((all) => all.filter((one) => one.id !== id));
      void meResource.refresh();
      toggleNotification({ type: 'success', message: formatMessage(t('organizations.delete.done')) });
    });
  return (
    <Dialog.Root>
      <Dialog.Trigger>
        <IconButton variant="ghost" label={formatMessage(t('numbers.deleteOne'), { name })}>
          <Trash />
        </IconButton>
      </Dialog.Trigger>
      <ConfirmDialog onConfirm={() => void remove()}>
        {formatMessage(t('organizations.delete.text'), { name })}
      </ConfirmDialog>
    </Dialog.Root>
  );
};

/** The tenants of this Strapi; with one of them the rest of the panel does not mention the word. */
export const OrganizationsListPage = () => {
  const { formatMessage } = useIntl();
  const navigate = useNavigate();
  const { data, error, loading } = useResource(organizationsResource);
  return (
    <SettingsPage
      title="organizations.title"
      subtitle="organizations.subtitle"
      withoutSwitcher
      action={
        <LinkButton tag={Link} to="new" startIcon={<Plus />} size="S">
          {formatMessage(t('organizations.new'))}
        </LinkButton>
      }
    >
      <ListTable
        columns={['numbers.name', 'organizations.members', 'organizations.numbers', 'organizations.timeZone']}
        last="numbers.actions"
        rows={data?.length ?? 0}
        loading={loading}
        failure={error?.reference ?? null}
        empty="organizations.empty"
        onRetry={() => void organizationsResource.refresh()}
      >
        {data?.map((organization) => (
          <Tr key={organization.id} onClick={() => navigate(organization.id)} style={{ cursor: 'pointer' }}>
            <Td>
              <Flex direction="column" alignItems="flex-start">
                <Typography fontWeight="semiBold" textColor="neutral800">
                  <bdi>{organization.name}</bdi>
                </Typography>
                <Typography variant="pi" textColor="neutral600">
                  {organization.slug}
                </Typography>
              </Flex>
            </Td>
            <Td>
              <Typography textColor="neutral800">
                {organization.members.map(({ name, email }) => name || email).join(', ') ||
                  formatMessage(t('common.nobody'))}
              </Typography>
            </Td>
            <Td>
              <Typography textColor="neutral800">
                {organization.numbers.map(({ name }) => name).join(', ') || '–'}
              </Typography>
            </Td>
            <Td>
              <Typography textColor="neutral800">{organization.timeZone}</Typography>
            </Td>
            <Td onClick={(event: { stopPropagation(): void }) => event.stopPropagation()}>
              <Flex gap={1} justifyContent="flex-end">
                <IconButton
                  variant="ghost"
                  label={formatMessage(t('numbers.edit'), { name: organization.name })}
                  onClick={() => navigate(organization.id)}
                >
                  <Pencil />
                </IconButton>
                <DeleteButton organization={organization} only={data.length === 1} />
              </Flex>
            </Td>
          </Tr>
        ))}
      </ListTable>
    </SettingsPage>
  );
};
