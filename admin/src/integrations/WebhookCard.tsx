import { Box, Button, Field, Flex, Grid, IconButton, Typography } from '@strapi/design-system';
import { Duplicate, Eye } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Integration, OneIntegration } from '../../../server/src/integrations/contract';
import { api } from '../api/client';
import { Notice } from '../design/Notice';
import { useTellFailure } from '../design/use-tell-failure';
import { t } from '../translate';
import { isPublicHttps } from './numbers-form';

const CopyField = ({ label, value }: { label: string; value: string }) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const copy = async () => {
    await navigator.clipboard?.writeText(value);
    toggleNotification({ type: 'success', message: formatMessage(t('common.copied')) });
  };
  return (
    <Field.Root>
      <Field.Label>{label}</Field.Label>
      <Flex gap={2} alignItems="stretch">
        <Box flex="1" minWidth={0}>
          <Field.Input readOnly value={value} dir="ltr" onFocus={(event) => event.currentTarget.select()} />
        </Box>
        <IconButton
          size="L"
          variant="tertiary"
          label={formatMessage(t('common.copyThis'), { label })}
          onClick={copy}
        >
          <Duplicate />
        </IconButton>
      </Flex>
    </Field.Root>
  );
};

interface Props {
  integration: Integration;
  canManage: boolean;
  /** Known right after creating; revealed on request later. */
  verifyToken: string | null;
}

/** What Meta's webhook page asks for. */
export const WebhookCard = ({ integration, canManage, verifyToken }: Props) => {
  const { formatMessage } = useIntl();
  const tell = useTellFailure();
  const [revealed, setRevealed] = useState<string | null>(verifyToken);
  const [busy, setBusy] = useState(false);

  const reveal = async () => {
    setBusy(true);
    try {
      const path = `/integrations/${encodeURIComponent(integration.id)}/reveal-verify-token`;
      const { data } = await api.post<OneIntegration.Response>(path);
      setRevealed(data.verifyToken ?? null);
    } catch (cause) {
      tell(cause);
    } finally {
      setBusy(false);
    }
  };

  const tokenLabel = formatMessage(t('webhook.verifyToken'));
  return (
    <Box background="neutral0" hasRadius shadow="filterShadow" padding={6} tag="section">
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Flex direction="column" alignItems="flex-start" gap={1}>
          <Typography variant="delta" tag="h2">
            {formatMessage(t('webhook.title'))}
          </Typography>
          <Typography textColor="neutral600">{formatMessage(t('webhook.text'))}</Typography>
        </Flex>
        {!isPublicHttps(integration.webhookUrl) && (
          <Notice tone="warning" title={formatMessage(t('webhook.notPublic.title'))}>
            {formatMessage(t('webhook.notPublic.text'))}
          </Notice>
        )}
        <Grid.Root gap={4}>
          <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
            <CopyField label={formatMessage(t('webhook.url'))} value={integration.webhookUrl} />
          </Grid.Item>
          <Grid.Item col={6} s={12} xs={12} direction="column" alignItems="stretch">
            {revealed !== null ? (
              <CopyField label={tokenLabel} value={revealed} />
            ) : (
              <Field.Root>
                <Field.Label>{tokenLabel}</Field.Label>
                <Flex gap={2} alignItems="stretch">
                  <Box flex="1" minWidth={0}>
                    <Field.Input readOnly disabled value="••••••••••••" />
                  </Box>
                  {canManage && (
                    <Button size="L" variant="tertiary" startIcon={<Eye />} loading={busy} onClick={reveal}>
                      {formatMessage(t('webhook.reveal'))}
                    </Button>
                  )}
                </Flex>
              </Field.Root>
            )}
          </Grid.Item>
        </Grid.Root>
      </Flex>
    </Box>
  );
};
