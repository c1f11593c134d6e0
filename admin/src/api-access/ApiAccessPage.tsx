import { Box, SingleSelect, SingleSelectOption, Td, Tr, Typography } from '@strapi/design-system';
import { Page, useNotification } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import type {
  ApiAccess,
  BindApiAccess,
  ListApiAccess,
  OrganizationName,
} from '../../../server/src/organizations/contract';
import { api } from '../api/client';
import { meResource } from '../api/resources';
import { Notice } from '../design/Notice';
import { report } from '../design/report';
import { fullDateTime } from '../design/time';
import { PERMISSIONS } from '../permissions';
import { ListTable } from '../settings/ListTable';
import { OrganizationBound, SettingsPage } from '../settings/SettingsPage';
import { useBusy } from '../settings/use-busy';
import { useStore } from '../store/use-store';
import { t } from '../translate';

const UNBOUND = 'none';

const useTokens = () => {
  const [tokens, setTokens] = useState<ApiAccess[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const load = useCallback(async () => {
    setFailure(null);
    try {
      setTokens((await api.get<ListApiAccess.Response>('/api-access')).data);
    } catch (cause) {
      setFailure(report('The API tokens could not be loaded', cause));
    }
  }, []);
  useEffect(() => void load(), [load]);
  return { tokens, setTokens, failure, load };
};

interface RowProps {
  token: ApiAccess;
  organizations: OrganizationName[];
  onBound(token: ApiAccess): void;
}

const TokenRow = ({ token, organizations, onBound }: RowProps) => {
  const { formatMessage, locale } = useIntl();
  const { toggleNotification } = useNotification();
  const { busy, run } = useBusy();
  const bind = (value: string) =>
    run('work', async () => {
      const body: BindApiAccess.Request = { organizationId: value === UNBOUND ? null : value };
      const path = `/api-access/${encodeURIComponent(token.id)}`;
      onBound((await api.put<BindApiAccess.Response>(path, body)).data);
      toggleNotification({ type: 'success', message: formatMessage(t('form.saved')) });
    });
  const free = token.type === 'full-access' ? 'apiAccess.anyByHeader' : 'apiAccess.unbound';
  return (
    <Tr>
      <Td>
        <Typography fontWeight="semiBold" textColor="neutral800">
          <bdi>{token.name}</bdi>
        </Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">{formatMessage(t(`apiAccess.type.${token.type}`))}</Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">
          {token.lastUsedAt
            ? fullDateTime(Date.parse(token.lastUsedAt), locale)
            : formatMessage(t('apiAccess.neverUsed'))}
        </Typography>
      </Td>
      <Td>
        <Box minWidth="20rem">
          <SingleSelect
            size="S"
            aria-label={formatMessage(t('apiAccess.organizationOf'), { name: token.name })}
            disabled={busy !== null}
            value={token.organization?.id ?? UNBOUND}
            onChange={(value) => void bind(String(value))}
          >
            <SingleSelectOption value={UNBOUND}>{formatMessage(t(free))}</SingleSelectOption>
            {organizations.map(({ id, name }) => (
              <SingleSelectOption key={id} value={id}>
                {name}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Box>
      </Td>
    </Tr>
  );
};

/** Which organization each of Strapi's API tokens speaks for. */
export const ApiAccessContent = () => {
  const { formatMessage } = useIntl();
  const { tokens, setTokens, failure, load } = useTokens();
  const organizations = useStore(meResource.store, ({ data }) => data?.organizations) ?? [];
  const stranded =
    organizations.length > 1 &&
    tokens?.some(({ type, organization }) => type !== 'full-access' && organization === null);
  return (
    <SettingsPage title="apiAccess.title" subtitle="apiAccess.subtitle" withoutSwitcher>
      {stranded && (
        <Notice tone="warning" title={formatMessage(t('apiAccess.stranded.title'))}>
          {formatMessage(t('apiAccess.stranded.text'))}
        </Notice>
      )}
      <ListTable
        columns={['apiAccess.name', 'apiAccess.type', 'apiAccess.lastUsed', 'organizations.switch']}
        rows={tokens?.length ?? 0}
        loading={tokens === null}
        failure={failure}
        empty="apiAccess.empty"
        onRetry={() => void load()}
      >
        {tokens?.map((token) => (
          <TokenRow
            key={token.id}
            token={token}
            organizations={organizations}
            onBound={(bound) =>
              setTokens((all) => all?.map((one) => (one.id === bound.id ? bound : one)) ?? null)
            }
          />
        ))}
      </ListTable>
    </SettingsPage>
  );
};

/** Settings → WhatsApp → API access. */
const ApiAccessPage = () => (
  <Page.Protect permissions={PERMISSIONS.manageApiAccess}>
    <OrganizationBound>
      <ApiAccessContent />
    </OrganizationBound>
  </Page.Protect>
);

export default ApiAccessPage;
