import {
  Box,
  EmptyStateLayout,
  Flex,
  IconButton,
  LinkButton,
  Switch,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { Pencil, Plus, Trash } from '@strapi/icons';
import { EmptyData } from '@strapi/icons/symbols';
import { Layouts, Page, useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link, useNavigate } from 'react-router-dom';
import type { HistoryChoice, Integration, OneIntegration } from '../../../server/src/integrations/contract';
import { api, ApiError } from '../api/client';
import { useResource } from '../api/resource';
import { integrationsResource, overviewResource } from '../api/resources';
import { PaneFailure } from '../design/PaneBoundary';
import { fullDateTime, listTime } from '../design/time';
import { serverNow } from '../realtime/clock';
import { StartButtons } from '../inbox/empty';
import { t } from '../translate';
import { useAbilities } from '../use-abilities';
import { DeleteDialog } from './DeleteDialog';
import { NumberStatus } from './NumberStatus';

const replace = (changed: Integration) => (all: Integration[]) =>
  all.map((one) => (one.id === changed.id ? { ...one, ...changed } : one));

const useNumberActions = () => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const tell = (cause: unknown) =>
    toggleNotification({
      type: 'danger',
      message: cause instanceof ApiError ? cause.message : String(cause),
    });

  const toggle = async (integration: Integration, active: boolean) => {
    integrationsResource.mutate(replace({ ...integration, active }));
    try {
      const path = `/integrations/${encodeURIComponent(integration.id)}/toggle`;
      const { data } = await api.post<OneIntegration.Response>(path, { active });
      integrationsResource.mutate(replace(data));
    } catch (cause) {
      integrationsResource.mutate(replace(integration));
      tell(cause);
    }
  };

  const remove = async (integration: Integration, history: HistoryChoice) => {
    try {
      await api.del(`/integrations/${encodeURIComponent(integration.id)}`, { history });
      integrationsResource.mutate((all) => all.filter(({ id }) => id !== integration.id));
      overviewResource.clear();
      toggleNotification({ type: 'success', message: formatMessage(t('numbers.delete.done')) });
    } catch (cause) {
      tell(cause);
    }
  };
  return { toggle, remove };
};

interface RowProps {
  integration: Integration;
  canManage: boolean;
  onToggle(active: boolean): void;
  onDelete(): void;
}

const NumberRow = ({ integration, canManage, onToggle, onDelete }: RowProps) => {
  const { formatMessage, locale } = useIntl();
  const navigate = useNavigate();
  const { id, name, phoneNumber, active, lastWebhookAt } = integration;
  const last = lastWebhookAt ? Date.parse(lastWebhookAt) : null;
  return (
    <Tr onClick={() => navigate(id)} style={{ cursor: 'pointer' }}>
      <Td>
        <Typography fontWeight="semiBold" textColor="neutral800">
          <bdi>{name}</bdi>
        </Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">
          <bdi dir="ltr">{phoneNumber}</bdi>
        </Typography>
      </Td>
      <Td>
        <NumberStatus integration={integration} />
      </Td>
      <Td>
        <Typography textColor="neutral800" title={last === null ? undefined : fullDateTime(last, locale)}>
          {last === null ? formatMessage(t('numbers.noEvent')) : listTime(last, serverNow(), locale)}
        </Typography>
      </Td>
      <Td onClick={(event: { stopPropagation(): void }) => event.stopPropagation()}>
        <Switch
          checked={active}
          disabled={!canManage}
          onLabel={formatMessage(t('numbers.on'))}
          offLabel={formatMessage(t('numbers.off'))}
          visibleLabels
          aria-label={formatMessage(t('numbers.toggle'), { name })}
          onCheckedChange={onToggle}
        />
      </Td>
      <Td onClick={(event: { stopPropagation(): void }) => event.stopPropagation()}>
        <Flex gap={1} justifyContent="flex-end">
          <IconButton
            variant="ghost"
            label={formatMessage(t('numbers.edit'), { name })}
            onClick={() => navigate(id)}
          >
            <Pencil />
          </IconButton>
          {canManage && (
            <IconButton
              variant="ghost"
              label={formatMessage(t('numbers.deleteOne'), { name })}
              onClick={onDelete}
            >
              <Trash />
            </IconButton>
          )}
        </Flex>
      </Td>
    </Tr>
  );
};

const COLUMNS = [
  'numbers.name',
  'numbers.phone',
  'numbers.status',
  'numbers.lastEvent',
  'numbers.active',
] as const;

/** The connected numbers, or the two ways to begin. */
export const NumbersListPage = () => {
  const { formatMessage } = useIntl();
  const abilities = useAbilities();
  const { data, error, loading } = useResource(integrationsResource);
  const { toggle, remove } = useNumberActions();
  const [leaving, setLeaving] = useState<Integration | null>(null);
  const title = formatMessage(t('numbers.title'));

  if (abilities.isLoading || (!data && loading)) return <Page.Loading />;
  const empty = data?.length === 0;
  return (
    <Page.Main>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        subtitle={formatMessage(t('numbers.subtitle'))}
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
          <Table colCount={6} rowCount={data.length + 1}>
            <Thead>
              <Tr>
                {COLUMNS.map((id) => (
                  <Th key={id}>
                    <Typography variant="sigma" textColor="neutral600">
                      {formatMessage(t(id))}
                    </Typography>
                  </Th>
                ))}
                <Th>
                  <VisuallyHidden>{formatMessage(t('numbers.actions'))}</VisuallyHidden>
                </Th>
              </Tr>
            </Thead>
            <Tbody>
              {data.map((integration) => (
                <NumberRow
                  key={integration.id}
                  integration={integration}
                  canManage={abilities.canManageIntegrations}
                  onToggle={(active) => void toggle(integration, active)}
                  onDelete={() => setLeaving(integration)}
                />
              ))}
            </Tbody>
          </Table>
        )}
      </Layouts.Content>
      <DeleteDialog
        key={leaving?.id}
        integration={leaving}
        onClose={() => setLeaving(null)}
        onConfirm={async (history) => {
          if (leaving) await remove(leaving, history);
          setLeaving(null);
        }}
      />
    </Page.Main>
  );
};
