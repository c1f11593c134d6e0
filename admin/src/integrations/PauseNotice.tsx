import { Box, Button, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Integration, OneIntegration } from '../../../server/src/integrations/contract';
import { api } from '../api/client';
import { Notice } from '../design/Notice';
import { fullDateTime } from '../design/time';
import { useBusy } from '../settings/use-busy';
import { t } from '../translate';

interface Props {
  integration: Integration;
  canManage: boolean;
  onChanged(integration: Integration): void;
}

/** Why nothing leaves the number for now, and the way to let it go on; nothing while it sends. */
export const PauseNotice = ({ integration, canManage, onChanged }: Props) => {
  const { formatMessage, locale } = useIntl();
  const { busy, run } = useBusy();
  const { pause } = integration;
  if (!pause) return null;
  const resume = () =>
    run('work', async () => {
      const path = `/integrations/${encodeURIComponent(integration.id)}/resume`;
      onChanged((await api.post<OneIntegration.Response>(path)).data);
    });
  const time = fullDateTime(Date.parse(pause.until), locale);
  return (
    <Notice
      tone="warning"
      title={formatMessage(t(pause.scope === 'all' ? 'pause.all' : 'pause.bulk'), { time })}
    >
      <Typography tag="p">
        {pause.code === 'manual' ? pause.reason : `${pause.reason} (${pause.code})`}
      </Typography>
      {canManage && (
        <Box paddingTop={3}>
          <Button variant="tertiary" loading={busy !== null} onClick={() => void resume()}>
            {formatMessage(t('pause.resume'))}
          </Button>
        </Box>
      )}
    </Notice>
  );
};
