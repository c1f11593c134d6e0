import { Button, Typography } from '@strapi/design-system';
import { ArrowClockwise, Play } from '@strapi/icons';
import { useCallback, useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import type {
  Integration,
  IntegrationCheck,
  TestIntegration,
} from '../../../server/src/integrations/contract';
import { api } from '../api/client';
import { Card } from '../design/Card';
import { useBusy } from '../settings/use-busy';
import { t } from '../translate';
import type { Abilities } from '../use-abilities';
import { CheckAction } from './CheckAction';
import { CheckRow, CheckRows, useCheckLabel } from './CheckRow';

interface Props {
  integration: Integration;
  abilities: Abilities;
  /** Begins by itself, as the wizard does. */
  autoStart?: boolean;
  onResult?(ok: boolean): void;
}

/** Test connection: token, number, account, subscription, callback and secret, each with its cause and its fix. */
export const ChecksCard = ({ integration, abilities, autoStart = false, onResult }: Props) => {
  const { formatMessage } = useIntl();
  const labelOf = useCheckLabel();
  const { busy, run } = useBusy();
  const [checks, setChecks] = useState<IntegrationCheck[] | null>(null);
  const { id } = integration;

  const take = useCallback(
    (all: IntegrationCheck[]) => {
      setChecks(all);
      onResult?.(all.every(({ state }) => state !== 'error'));
    },
    [onResult],
  );
  const test = useCallback(
    () =>
      run('work', async () => {
        const path = `/integrations/${encodeURIComponent(id)}/test`;
        take((await api.post<TestIntegration.Response>(path)).data.checks);
      }),
    [id, run, take],
  );
  useEffect(() => {
    if (autoStart) void test();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once: the person starts it again
  }, []);

  return (
    <Card
      title={formatMessage(t('checks.title'))}
      text={formatMessage(t('checks.text'))}
      action={
        abilities.canManageIntegrations && (
          <Button
            variant="secondary"
            startIcon={checks ? <ArrowClockwise /> : <Play />}
            loading={busy !== null}
            onClick={() => void test()}
          >
            {formatMessage(t(checks ? 'checks.again' : 'checks.run'))}
          </Button>
        )
      }
    >
      <div aria-live="polite" aria-busy={busy !== null}>
        {checks === null && (
          <Typography textColor="neutral600">
            {formatMessage(t(busy ? 'checks.running' : 'checks.none'))}
          </Typography>
        )}
        {checks && (
          <CheckRows>
            {checks.map((check) => (
              <CheckRow
                key={check.name}
                label={labelOf(check.name)}
                check={check}
                action={
                  check.action && (
                    <CheckAction
                      action={check.action}
                      integrationId={id}
                      abilities={abilities}
                      onRepaired={(again) =>
                        again
                          ? take(checks.map((one) => (one.name === again.name ? again : one)))
                          : void test()
                      }
                    />
                  )
                }
              />
            ))}
          </CheckRows>
        )}
      </div>
    </Card>
  );
};
