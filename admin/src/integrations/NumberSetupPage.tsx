import { Button, Flex, LinkButton } from '@strapi/design-system';
import { ArrowLeft, ArrowRight } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { PaneFailure } from '../design/PaneBoundary';
import { NUMBERS_PATH } from '../plugin-id';
import { DebugBanner } from '../settings/DebugBanner';
import { SettingsBack } from '../settings/SettingsBack';
import { t } from '../translate';
import { useAbilities } from '../use-abilities';
import { ChecksCard } from './ChecksCard';
import { FirstMessageCard } from './FirstMessageCard';
import { freshVerifyTokens } from './fresh-verify-tokens';
import { Stepper, STEPS, type Step } from './Stepper';
import { useNumber } from './use-number';
import { WebhookCard } from './WebhookCard';

const isStep = (text: string | null): text is Step => STEPS.includes(text as Step) && text !== 'number';

/** The second half of connecting a number: webhook, checks, first message. The address keeps the step. */
export const NumberSetupPage = () => {
  const { formatMessage } = useIntl();
  const { id = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const abilities = useAbilities();
  const { integration, failure } = useNumber(id);
  const asked = search.get('step');
  const step: Step = isStep(asked) ? asked : 'webhook';

  if (failure) return <PaneFailure reference={failure} />;
  if (abilities.isLoading || integration?.id !== id) return <Page.Loading />;
  if (!abilities.canManageIntegrations) return <Page.NoPermissions />;

  const page = `${NUMBERS_PATH}/${encodeURIComponent(id)}`;
  const go = (by: 1 | -1) => setSearch({ step: STEPS[STEPS.indexOf(step) + by]! });
  const title = formatMessage(t('setup.title'), { name: integration.name });
  return (
    <Page.Main>
      <Page.Title>{title}</Page.Title>
      <Layouts.Header
        title={title}
        subtitle={formatMessage(t('setup.subtitle'))}
        navigationAction={<SettingsBack to={NUMBERS_PATH} />}
        secondaryAction={
          <LinkButton tag={Link} to={page} variant="tertiary">
            {formatMessage(t('setup.later'))}
          </LinkButton>
        }
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
          <DebugBanner />
          <Stepper step={step} />
          {step === 'webhook' && (
            <WebhookCard
              integration={integration}
              canManage
              verifyToken={freshVerifyTokens.get(integration.id) ?? null}
            />
          )}
          {step === 'checks' && <ChecksCard integration={integration} abilities={abilities} autoStart />}
          {step === 'first' && <FirstMessageCard integration={integration} abilities={abilities} />}
          <Flex justifyContent="space-between" gap={3}>
            {step === 'webhook' ? (
              <LinkButton tag={Link} to={page} variant="tertiary" startIcon={<ArrowLeft />}>
                {formatMessage(t('common.back'))}
              </LinkButton>
            ) : (
              <Button variant="tertiary" startIcon={<ArrowLeft />} onClick={() => go(-1)}>
                {formatMessage(t('common.back'))}
              </Button>
            )}
            {step === 'first' ? (
              <LinkButton tag={Link} to={NUMBERS_PATH}>
                {formatMessage(t('setup.finish'))}
              </LinkButton>
            ) : (
              <Button endIcon={<ArrowRight />} onClick={() => go(1)}>
                {formatMessage(t('setup.continue'))}
              </Button>
            )}
          </Flex>
        </Flex>
      </Layouts.Content>
    </Page.Main>
  );
};
