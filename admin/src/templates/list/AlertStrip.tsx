import { Flex, IconButton, TextButton, Typography } from '@strapi/design-system';
import { CheckCircle, Cross, WarningCircle } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { TemplateAlert } from '../../../../server/src/templates/contract';
import { api } from '../../api/client';
import { listTime } from '../../design/time';
import { useTellFailure } from '../../design/use-tell-failure';
import { serverNow } from '../../realtime/clock';
import { t } from '../../translate';
import { templatePath } from '../paths';
import { alertsResource } from '../resources';
import { useAlertWords } from './use-alert-words';

const SHOWN = 3;

const List = styled.ul`
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  list-style: none;
  > li + li {
    border-block-start: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

/** Taken off the screen at once; back again when the server did not hear of it. */
const useDismiss = () => {
  const tell = useTellFailure();
  return async (ids: string[]) => {
    alertsResource.mutate((alerts) => alerts.filter(({ id }) => !ids.includes(id)));
    try {
      await api.post('/template-alerts/read', { ids });
    } catch (cause) {
      tell(cause);
      await alertsResource.refresh();
    }
  };
};

interface RowProps {
  alert: TemplateAlert;
  onDismiss(): void;
}

const AlertRow = ({ alert, onDismiss }: RowProps) => {
  const { formatMessage, locale } = useIntl();
  const wordsOf = useAlertWords();
  const good = alert.kind === 'approved';
  const Icon = good ? CheckCircle : WarningCircle;
  const words = wordsOf(alert);
  return (
    <Flex tag="li" gap={3} paddingTop={1} paddingBottom={1} paddingLeft={4} paddingRight={2}>
      <Icon
        width={20}
        height={20}
        fill={good ? 'success600' : 'warning700'}
        aria-hidden
        style={{ flex: 'none' }}
      />
      <Typography textColor="neutral800" style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {alert.templateId ? <Link to={templatePath(alert.templateId)}>{words}</Link> : words}{' '}
        <Typography variant="pi" textColor="neutral600">
          {listTime(Date.parse(alert.at), serverNow(), locale)}
        </Typography>
      </Typography>
      <IconButton
        variant="ghost"
        label={formatMessage(t('templates.alerts.dismiss'), { name: alert.name })}
        onClick={onDismiss}
      >
        <Cross />
      </IconButton>
    </Flex>
  );
};

/** What happened at Meta and nobody has taken note of yet, newest first. */
export const AlertStrip = ({ alerts }: { alerts: readonly TemplateAlert[] }) => {
  const { formatMessage } = useIntl();
  const [all, setAll] = useState(false);
  const dismiss = useDismiss();
  if (alerts.length === 0) return null;
  const shown = all ? alerts : alerts.slice(0, SHOWN);
  return (
    <Flex
      tag="section"
      direction="column"
      alignItems="stretch"
      gap={2}
      aria-label={formatMessage(t('templates.alerts'))}
    >
      <List>
        {shown.map((alert) => (
          <AlertRow key={alert.id} alert={alert} onDismiss={() => void dismiss([alert.id])} />
        ))}
      </List>
      <Flex gap={4}>
        {alerts.length > shown.length && (
          <TextButton onClick={() => setAll(true)}>
            {formatMessage(t('templates.alerts.more'), { count: alerts.length - shown.length })}
          </TextButton>
        )}
        {alerts.length > 1 && (
          <TextButton onClick={() => void dismiss(alerts.map(({ id }) => id))}>
            {formatMessage(t('templates.alerts.dismissAll'))}
          </TextButton>
        )}
      </Flex>
    </Flex>
  );
};
