import { Button, Flex } from '@strapi/design-system';
import { Check } from '@strapi/icons';
import { BackButton, Layouts, Page, useNotification } from '@strapi/strapi/admin';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useIntl } from 'react-intl';
import { useNavigate, useParams } from 'react-router-dom';
import type { Integration, OneIntegration } from '../../../server/src/integrations/contract';
import { api, ApiError } from '../api/client';
import { integrationsResource, overviewResource } from '../api/resources';
import { Notice } from '../design/Notice';
import { PaneFailure } from '../design/PaneBoundary';
import { useTellFailure } from '../design/use-tell-failure';
import { NUMBERS_PATH } from '../plugin-id';
import { t } from '../translate';
import { useAbilities } from '../use-abilities';
import { NumberFields } from './NumberFields';
import {
  EMPTY_NUMBER,
  inputOf,
  validateNumber,
  valuesOf,
  type NumberErrors,
  type NumberValues,
} from './numbers-form';
import { fieldErrorsOf } from './server-errors';
import { NumberStatus } from './NumberStatus';
import { WebhookCard } from './WebhookCard';
import { report } from '../design/report';

const pathOf = (id: string) => `/integrations/${encodeURIComponent(id)}`;

const useNumber = (id: string | undefined) => {
  const [integration, setIntegration] = useState<Integration | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    if (!id) return setIntegration(null);
    let current = true;
    api.get<OneIntegration.Response>(pathOf(id)).then(
      ({ data }) => current && setIntegration(data),
      (cause: unknown) => {
        const reference = report('The number could not be loaded', cause);
        if (current) setFailure(reference);
      },
    );
    return () => {
      current = false;
    };
  }, [id]);
  return { integration, setIntegration, failure };
};

interface FormProps {
  integration: Integration | null;
  canManage: boolean;
  verifyToken: string | null;
  onSaved(integration: Integration): void;
}

/** The form of one number, new or existing. */
export const NumberForm = ({ integration, canManage, verifyToken, onSaved }: FormProps) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const tell = useTellFailure();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<NumberValues>(integration ? valuesOf(integration) : EMPTY_NUMBER);
  const [errors, setErrors] = useState<NumberErrors>({});
  const [busy, setBusy] = useState(false);

  // Whoever pressed Save stands at the top of a long page: lead to what is wrong.
  useEffect(() => {
    if (Object.keys(errors).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = validateNumber(values, integration);
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      const body = inputOf(values);
      const { data } = integration
        ? await api.put<OneIntegration.Response>(pathOf(integration.id), body)
        : await api.post<OneIntegration.Response>('/integrations', body);
      setValues(valuesOf(data));
      toggleNotification({ type: 'success', message: formatMessage(t('form.saved')) });
      onSaved(data);
    } catch (cause) {
      const fields = cause instanceof ApiError ? fieldErrorsOf(cause) : {};
      setErrors(fields);
      if (Object.keys(fields).length === 0) tell(cause);
    } finally {
      setBusy(false);
    }
  };

  const title = integration?.name ?? formatMessage(t('form.new'));
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Layouts.Header
        title={title}
        subtitle={formatMessage(t('form.subtitle'))}
        navigationAction={<BackButton fallback={NUMBERS_PATH} />}
        secondaryAction={integration ? <NumberStatus integration={integration} /> : undefined}
        primaryAction={
          canManage && (
            <Button type="submit" startIcon={<Check />} loading={busy}>
              {formatMessage(t('common.save'))}
            </Button>
          )
        }
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={6}>
          {integration?.status === 'error' && !integration.sandbox && (
            <Notice tone="danger" title={formatMessage(t('form.trouble'))}>
              {integration.statusMessage}
            </Notice>
          )}
          {integration?.sandbox && (
            <Notice tone="info" title={formatMessage(t('form.sandbox'))}>
              {formatMessage(t('form.sandbox.text'))}
            </Notice>
          )}
          {integration && !integration.sandbox && (
            <WebhookCard integration={integration} canManage={canManage} verifyToken={verifyToken} />
          )}
          <NumberFields
            values={values}
            errors={errors}
            existing={integration}
            disabled={!canManage || busy}
            onChange={(name, value) => setValues((old) => ({ ...old, [name]: value }))}
          />
        </Flex>
      </Layouts.Content>
    </form>
  );
};

/** The verify token is told once, with the answer of create; the next page shows it. Gone with a reload. */
const freshVerifyTokens = new Map<string, string>();

/** Adds a number or changes one. */
export const NumberEditPage = () => {
  const { formatMessage } = useIntl();
  const { id } = useParams();
  const navigate = useNavigate();
  const abilities = useAbilities();
  const { integration, setIntegration, failure } = useNumber(id);

  if (failure) return <PaneFailure reference={failure} />;
  if (abilities.isLoading || (id && integration?.id !== id)) return <Page.Loading />;
  if (!id && !abilities.canManageIntegrations) return <Page.NoPermissions />;

  const onSaved = (saved: Integration) => {
    void integrationsResource.refresh();
    overviewResource.clear();
    if (id) return setIntegration({ ...saved });
    if (saved.verifyToken) freshVerifyTokens.set(saved.id, saved.verifyToken);
    navigate(`${NUMBERS_PATH}/${encodeURIComponent(saved.id)}`, { replace: true });
  };

  return (
    <Page.Main>
      <Page.Title>{integration?.name ?? formatMessage(t('form.new'))}</Page.Title>
      <NumberForm
        key={id ?? 'new'}
        integration={integration}
        canManage={abilities.canManageIntegrations}
        verifyToken={(id && freshVerifyTokens.get(id)) || null}
        onSaved={onSaved}
      />
    </Page.Main>
  );
};
