import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { Layouts, Page, useNotification } from '@strapi/strapi/admin';
import { useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate, useParams } from 'react-router-dom';
import type {
  OneOrganization,
  Organization,
  OrganizationInput,
} from '../../../server/src/organizations/contract';
import { api } from '../api/client';
import { useResource } from '../api/resource';
import { integrationsResource, meResource } from '../api/resources';
import { PaneFailure } from '../design/PaneBoundary';
import { ORGANIZATIONS_PATH } from '../plugin-id';
import { SettingsBack } from '../settings/SettingsBack';
import { useBusy } from '../settings/use-busy';
import { t } from '../translate';
import { dayProblem, DEFAULT_HOURS, WEEKDAYS } from './hours';
import { OrganizationForm, type OrganizationValues } from './OrganizationForm';
import { organizationsResource, peopleResource } from './resource';

const valuesOf = (organization: Organization | null): OrganizationValues => ({
  name: organization?.name ?? '',
  timeZone: organization?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  businessHours: organization?.businessHours ?? DEFAULT_HOURS,
  memberIds: organization?.members.map(({ id }) => id) ?? [],
  movedIds: [],
});

const inputOf = (values: OrganizationValues): OrganizationInput => ({
  name: values.name.trim(),
  timeZone: values.timeZone,
  businessHours: values.businessHours,
  memberIds: values.memberIds,
  ...(values.movedIds.length > 0 && {
    numberIds: values.movedIds,
  }),
});

const Editor = ({ existing, all }: { existing: Organization | null; all: Organization[] }) => {
  const { formatMessage } = useIntl();
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const { data: people } = useResource(peopleResource);
  const [values, setValues] = useState(() => valuesOf(existing));
  const [tried, setTried] = useState(false);
  const { busy, run } = useBusy();
  const nameless = values.name.trim() === '';
  const wrong = nameless || WEEKDAYS.some((day) => dayProblem(values.businessHours[day]) !== null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong) return;
    void run('work', async () => {
      const body = inputOf(values);
      if (existing) {
        await api.put<OneOrganization.Response>(`/organizations/${encodeURIComponent(existing.id)}`, body);
      } else await api.post<OneOrganization.Response>('/organizations', body);
      await Promise.all([
        organizationsResource.refresh(),
        meResource.refresh(),
        integrationsResource.refresh(),
      ]);
      toggleNotification({ type: 'success', message: formatMessage(t('form.saved')) });
      navigate(ORGANIZATIONS_PATH);
    });
  };
  const title = existing?.name ?? formatMessage(t('organizations.new'));
  return (
    <form onSubmit={submit} noValidate>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        subtitle={existing?.slug}
        navigationAction={<SettingsBack to={ORGANIZATIONS_PATH} />}
        primaryAction={
          <Button type="submit" startIcon={<Check />} loading={busy !== null}>
            {formatMessage(t('common.save'))}
          </Button>
        }
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
          <OrganizationForm
            values={values}
            nameError={tried && nameless ? formatMessage(t('form.required')) : null}
            existing={existing}
            others={all.filter(({ id }) => id !== existing?.id)}
            people={people ?? existing?.members ?? []}
            disabled={busy !== null}
            onChange={(change) => setValues((old) => ({ ...old, ...change }))}
          />
        </Flex>
      </Layouts.Content>
    </form>
  );
};

/** Makes an organization or changes one. */
export const OrganizationEditPage = () => {
  const { id } = useParams();
  const { data, error } = useResource(organizationsResource);
  if (!data) {
    if (error)
      return <PaneFailure reference={error.reference} onRetry={() => void organizationsResource.refresh()} />;
    return <Page.Loading />;
  }
  const existing = data.find((one) => one.id === id) ?? null;
  if (id && !existing) return <Page.NoData />;
  return (
    <Page.Main>
      <Editor key={id ?? 'new'} existing={existing} all={data} />
    </Page.Main>
  );
};
