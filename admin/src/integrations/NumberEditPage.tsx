import { Button, Flex, LinkButton } from '@strapi/design-system';
import { ArrowRight, Check } from '@strapi/icons';
import { Layouts, Page, useNotification } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { Link, useNavigate, useParams } from 'react-router-dom';
import type { Integration } from '../../../server/src/integrations/contract';
import { integrationsResource, overviewResource } from '../api/resources';
import { Notice } from '../design/Notice';
import { PaneFailure } from '../design/PaneBoundary';
import { NUMBERS_PATH } from '../plugin-id';
import { DebugBanner } from '../settings/DebugBanner';
import { SettingsBack } from '../settings/SettingsBack';
import { t } from '../translate';
import { useAbilities, type Abilities } from '../use-abilities';
import { ChecksCard } from './ChecksCard';
import { freshVerifyTokens } from './fresh-verify-tokens';
import { HealthCard } from './HealthCard';
import { NumberFields } from './NumberFields';
import { NumberStatus } from './NumberStatus';
import { PauseNotice } from './PauseNotice';
import { Stepper } from './Stepper';
import { useNumber } from './use-number';
import { useNumberForm } from './use-number-form';
import { WebhookCard } from './WebhookCard';

const pageOf = (id: string) => `${NUMBERS_PATH}/${encodeURIComponent(id)}`;

interface FormProps {
  integration: Integration | null;
  abilities: Abilities;
  verifyToken: string | null;
  onSaved(integration: Integration): void;
  /** Somebody else changed it: Meta's answer, a rotation. */
  onChanged?(integration: Integration): void;
}

const Connected = ({ integration, abilities, verifyToken, onChanged }: FormProps) => {
  const { formatMessage } = useIntl();
  if (!integration) return <Stepper step="number" />;
  if (integration.sandbox) {
    return (
      <Notice tone="info" title={formatMessage(t('form.sandbox'))}>
        {formatMessage(t('form.sandbox.text'))}
      </Notice>
    );
  }
  return (
    <>
      {integration.status === 'error' && (
        <Notice tone="danger" title={formatMessage(t('form.trouble'))}>
          {integration.statusMessage}
        </Notice>
      )}
      {(integration.envLocked?.length ?? 0) > 0 && (
        <Notice tone="info" title={formatMessage(t('form.envLocked.title'))}>
          {formatMessage(t('form.envLocked.text'))}
        </Notice>
      )}
      <PauseNotice
        integration={integration}
        canManage={abilities.canManageIntegrations}
        onChanged={(changed) => onChanged?.(changed)}
      />
      <HealthCard
        integration={integration}
        canManage={abilities.canManageIntegrations}
        onChanged={(changed) => onChanged?.(changed)}
      />
      <ChecksCard integration={integration} abilities={abilities} />
      <WebhookCard
        integration={integration}
        canManage={abilities.canManageIntegrations}
        verifyToken={verifyToken}
      />
    </>
  );
};

/** The form of one number, new or existing. */
export const NumberForm = (props: FormProps) => {
  const { integration, abilities, onSaved } = props;
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const { form, values, errors, busy, change, leave, submit } = useNumberForm(integration, (saved) => {
    toggleNotification({ type: 'success', message: formatMessage(t('form.saved')) });
    onSaved(saved);
  });
  const canManage = abilities.canManageIntegrations;
  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
      <Layouts.Header
        title={integration?.name ?? formatMessage(t('form.new'))}
        subtitle={formatMessage(t('form.subtitle'))}
        navigationAction={<SettingsBack to={NUMBERS_PATH} />}
        secondaryAction={
          integration && (
            <Flex gap={3}>
              <NumberStatus integration={integration} />
              {canManage && !integration.sandbox && integration.status === 'unverified' && (
                <LinkButton tag={Link} to={`${pageOf(integration.id)}/setup`} variant="secondary">
                  {formatMessage(t('setup.resume'))}
                </LinkButton>
              )}
            </Flex>
          )
        }
        primaryAction={
          canManage && (
            <Button
              type="submit"
              startIcon={integration ? <Check /> : undefined}
              endIcon={integration ? undefined : <ArrowRight />}
              loading={busy}
            >
              {formatMessage(t(integration ? 'common.save' : 'setup.saveAndContinue'))}
            </Button>
          )
        }
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
          <DebugBanner />
          <Connected {...props} />
          <NumberFields
            values={values}
            errors={errors}
            existing={integration}
            disabled={!canManage || busy}
            onChange={change}
            onLeave={leave}
          />
        </Flex>
      </Layouts.Content>
    </form>
  );
};

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

  const onChanged = (changed: Integration) => {
    void integrationsResource.refresh();
    setIntegration({ ...changed });
  };
  const onSaved = (saved: Integration) => {
    overviewResource.clear();
    if (id) return onChanged(saved);
    void integrationsResource.refresh();
    if (saved.verifyToken) freshVerifyTokens.set(saved.id, saved.verifyToken);
    navigate(saved.sandbox ? pageOf(saved.id) : `${pageOf(saved.id)}/setup`, { replace: true });
  };

  return (
    <Page.Main>
      <Page.Title>{integration?.name ?? formatMessage(t('form.new'))}</Page.Title>
      <NumberForm
        key={id ?? 'new'}
        integration={integration}
        abilities={abilities}
        verifyToken={(id && freshVerifyTokens.get(id)) || null}
        onSaved={onSaved}
        onChanged={onChanged}
      />
    </Page.Main>
  );
};
