import { Button, Field, Flex, Grid, IconButton } from '@strapi/design-system';
import { ArrowClockwise, Eye } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Integration, VerifyToken } from '../../../server/src/integrations/contract';
import { api } from '../api/client';
import { Card } from '../design/Card';
import { CopyField } from '../design/CopyField';
import { Notice } from '../design/Notice';
import { useBusy } from '../settings/use-busy';
import { t } from '../translate';
import { isPublicHttps } from './numbers-form';

interface Props {
  integration: Integration;
  canManage: boolean;
  /** Known right after creating; revealed on request later. */
  verifyToken: string | null;
}

const warningOf = ({ callbackUrlWarning, webhookUrl }: Integration) => {
  if (callbackUrlWarning !== undefined) return callbackUrlWarning;
  return isPublicHttps(webhookUrl) ? null : 'localhost';
};

/** What Meta's webhook page asks for. */
export const WebhookCard = ({ integration, canManage, verifyToken }: Props) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const { busy, run } = useBusy<'reveal' | 'rotate'>();
  const [token, setToken] = useState<string | null>(verifyToken);
  const locked = integration.envLocked?.includes('verifyToken') ?? false;

  const ask = (name: 'reveal' | 'rotate') =>
    run(name, async () => {
      const path = `/integrations/${encodeURIComponent(integration.id)}/verify-token`;
      const body: VerifyToken.Request = name === 'rotate' ? { rotate: true } : {};
      setToken((await api.post<VerifyToken.Response>(path, body)).data.verifyToken);
      if (name === 'rotate')
        toggleNotification({ type: 'success', message: formatMessage(t('webhook.rotated')) });
    });

  const warning = warningOf(integration);
  const label = formatMessage(t('webhook.verifyToken'));
  return (
    <Card title={formatMessage(t('webhook.title'))} text={formatMessage(t('webhook.text'))}>
      {warning && (
        <Notice tone="warning" title={formatMessage(t('webhook.notPublic.title'))}>
          {formatMessage(t(warning === 'not_https' ? 'webhook.notHttps.text' : 'webhook.notPublic.text'))}
        </Notice>
      )}
      <Grid.Root gap={4}>
        <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
          <CopyField label={formatMessage(t('webhook.url'))} value={integration.webhookUrl} />
        </Grid.Item>
        <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
          {token !== null ? (
            <CopyField
              label={label}
              value={token}
              hint={locked ? formatMessage(t('form.envLocked')) : undefined}
            >
              {canManage && !locked && (
                <IconButton
                  size="L"
                  variant="tertiary"
                  disabled={busy !== null}
                  label={formatMessage(t('webhook.rotate'))}
                  onClick={() => void ask('rotate')}
                >
                  <ArrowClockwise />
                </IconButton>
              )}
            </CopyField>
          ) : (
            <Field.Root>
              <Field.Label>{label}</Field.Label>
              <Flex gap={2} alignItems="stretch">
                <Flex flex="1" minWidth={0} direction="column" alignItems="stretch">
                  <Field.Input readOnly disabled value="••••••••••••" />
                </Flex>
                {canManage && (
                  <Button
                    size="L"
                    variant="tertiary"
                    startIcon={<Eye />}
                    loading={busy === 'reveal'}
                    onClick={() => void ask('reveal')}
                  >
                    {formatMessage(t('webhook.reveal'))}
                  </Button>
                )}
              </Flex>
            </Field.Root>
          )}
        </Grid.Item>
      </Grid.Root>
    </Card>
  );
};
