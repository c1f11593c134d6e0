import { Flex, IconButton, Switch, Td, Tr, Typography } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { useNavigate } from 'react-router-dom';
import type { HistoryChoice, Integration } from '../../../server/src/integrations/contract';
import { fullDateTime, listTime } from '../design/time';
import { serverNow } from '../realtime/clock';
import { t } from '../translate';
import { DeleteDialog } from './DeleteDialog';
import { DailyLimit, Quality } from './Health';
import { NumberStatus } from './NumberStatus';

interface RowProps {
  integration: Integration;
  canManage: boolean;
  onToggle(active: boolean): void;
  onDelete(history: HistoryChoice): Promise<void>;
}

/** One number of the list; a press anywhere outside its controls opens it. */
export const NumberRow = ({ integration, canManage, onToggle, onDelete }: RowProps) => {
  const { formatMessage, locale } = useIntl();
  const navigate = useNavigate();
  const { id, name, phoneNumber, active, lastWebhookAt } = integration;
  const last = lastWebhookAt ? Date.parse(lastWebhookAt) : null;
  return (
    <Tr onClick={() => navigate(id)} style={{ cursor: 'pointer' }}>
      <Td>
        <Flex direction="column" alignItems="flex-start">
          <Typography fontWeight="semiBold" textColor="neutral800">
            <bdi>{name}</bdi>
          </Typography>
          <Typography variant="pi" textColor="neutral600">
            <bdi dir="ltr">{phoneNumber}</bdi>
          </Typography>
        </Flex>
      </Td>
      <Td>
        <NumberStatus integration={integration} />
      </Td>
      <Td>
        <Quality integration={integration} />
      </Td>
      <Td>
        <DailyLimit integration={integration} />
      </Td>
      <Td>
        <Typography textColor="neutral800" title={last === null ? undefined : fullDateTime(last, locale)}>
          {last === null ? formatMessage(t('numbers.noEvent')) : listTime(last, serverNow(), locale)}
        </Typography>
      </Td>
      <Td onClick={(event: { stopPropagation(): void }) => event.stopPropagation()}>
        <Switch
          checked={active}
          disabled={!canManage}
          onLabel={formatMessage(t('numbers.on'))}
          offLabel={formatMessage(t('numbers.off'))}
          visibleLabels
          aria-label={formatMessage(t('numbers.toggle'), { name })}
          onCheckedChange={onToggle}
        />
      </Td>
      <Td onClick={(event: { stopPropagation(): void }) => event.stopPropagation()}>
        <Flex gap={1} justifyContent="flex-end">
          <IconButton
            variant="ghost"
            label={formatMessage(t('numbers.edit'), { name })}
            onClick={() => navigate(id)}
          >
            <Pencil />
          </IconButton>
          {canManage && <DeleteDialog integration={integration} onConfirm={onDelete} />}
        </Flex>
      </Td>
    </Tr>
  );
};
