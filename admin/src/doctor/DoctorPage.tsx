import { Button, Flex, LinkButton, Typography } from '@strapi/design-system';
import { ArrowClockwise, Duplicate } from '@strapi/icons';
import { Page } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import type { GetDoctor } from '../../../server/src/doctor/contract';
import { api } from '../api/client';
import { useResource } from '../api/resource';
import { integrationsResource } from '../api/resources';
import { Card } from '../design/Card';
import { Notice } from '../design/Notice';
import { PaneFailure } from '../design/PaneBoundary';
import { report } from '../design/report';
import { useCopy } from '../design/use-copy';
import { PaneLoading } from '../design/PaneLoading';
import { CheckAction } from '../integrations/CheckAction';
import { CheckRow, CheckRows, useCheckLabel } from '../integrations/CheckRow';
import { PERMISSIONS } from '../permissions';
import { SETTINGS_PATH } from '../plugin-id';
import { OrganizationBound, SettingsPage } from '../settings/SettingsPage';
import { t } from '../translate';
import { useAbilities, type Abilities } from '../use-abilities';
import { countStates, groupChecks, type Group } from './summary';

type Findings = GetDoctor.Response['data'];

const useDoctor = () => {
  const [findings, setFindings] = useState<Findings | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = useCallback(async () => {
    setBusy(true);
    setFailure(null);
    try {
      setFindings((await api.get<GetDoctor.Response>('/doctor')).data);
    } catch (cause) {
      setFailure(report('The checks could not be run', cause));
    } finally {
      setBusy(false);
    }
  }, []);
  useEffect(() => void run(), [run]);
  return { findings, failure, busy, run };
};

const Summary = ({ findings }: { findings: Findings }) => {
  const { formatMessage } = useIntl();
  const { error, warning, ok } = countStates(findings.checks);
  const tone = error > 0 ? 'danger' : warning > 0 ? 'warning' : 'info';
  const title = formatMessage(
    t(error > 0 ? 'doctor.summary.broken' : warning > 0 ? 'doctor.summary.look' : 'doctor.summary.well'),
    { count: error || warning },
  );
  return (
    <div role="status">
      <Notice tone={tone} title={title}>
        {formatMessage(t('doctor.summary.counts'), { error, warning, ok })}
      </Notice>
    </div>
  );
};

interface GroupProps {
  group: Group;
  name: string;
  abilities: Abilities;
  onRepaired(): void;
}

const GroupCard = ({ group, name, abilities, onRepaired }: GroupProps) => {
  const { formatMessage } = useIntl();
  const labelOf = useCheckLabel();
  return (
    <Card title={name}>
      <CheckRows>
        {group.checks.map((check) => (
          <CheckRow
            key={check.name}
            label={labelOf(check.name, check.label)}
            check={check}
            action={
              (check.name === 'quarantine' && check.state !== 'ok' && abilities.canReadWebhookLog && (
                <LinkButton
                  tag={Link}
                  to={`${SETTINGS_PATH}/webhook-log?state=quarantined`}
                  variant="tertiary"
                >
                  {formatMessage(t('doctor.openLog'))}
                </LinkButton>
              )) ||
              (check.action && (
                <CheckAction
                  action={check.action}
                  integrationId={check.scope === 'plugin' ? null : check.scope}
                  abilities={abilities}
                  onRepaired={onRepaired}
                />
              ))
            }
          />
        ))}
      </CheckRows>
    </Card>
  );
};

/** Everything that can be wrong, looked at in one go: result, cause and way out of each. */
export const DoctorContent = () => {
  const { formatMessage } = useIntl();
  const copy = useCopy();
  const abilities = useAbilities();
  const { data: numbers } = useResource(
    integrationsResource,
    abilities.canSeeInbox || abilities.canReadIntegrations,
  );
  const { findings, failure, busy, run } = useDoctor();

  const nameOf = ({ scope }: Group): string => {
    if (scope === 'plugin') return formatMessage(t('doctor.plugin'));
    return numbers?.find(({ id }) => id === scope)?.name ?? formatMessage(t('doctor.number'), { id: scope });
  };
  return (
    <SettingsPage
      title="doctor.title"
      subtitle="doctor.subtitle"
      action={
        <Flex gap={2} wrap="wrap">
          <Button
            variant="tertiary"
            startIcon={<Duplicate />}
            disabled={!findings}
            onClick={() => void copy(findings?.report ?? '')}
          >
            {formatMessage(t('doctor.copy'))}
          </Button>
          <Button startIcon={<ArrowClockwise />} loading={busy} onClick={() => void run()}>
            {formatMessage(t('doctor.again'))}
          </Button>
        </Flex>
      }
    >
      {failure !== null && <PaneFailure reference={failure} onRetry={() => void run()} />}
      {!findings && busy && <PaneLoading label={formatMessage(t('checks.running'))} />}
      {findings && <Summary findings={findings} />}
      {findings &&
        groupChecks(findings.checks).map((group) => (
          <GroupCard
            key={group.scope}
            group={group}
            name={nameOf(group)}
            abilities={abilities}
            onRepaired={() => void run()}
          />
        ))}
      {findings && (
        <Typography variant="pi" textColor="neutral600">
          {formatMessage(t('doctor.report.text'))}
        </Typography>
      )}
    </SettingsPage>
  );
};

/** Settings → WhatsApp → Doctor. */
const DoctorPage = () => (
  <Page.Protect permissions={PERMISSIONS.runDoctor}>
    <OrganizationBound>
      <DoctorContent />
    </OrganizationBound>
  </Page.Protect>
);

export default DoctorPage;
