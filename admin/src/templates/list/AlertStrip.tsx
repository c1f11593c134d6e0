import { Flex, IconButton, TextButton, Typography } from '@strapi/design-system';
import { CheckCircle, Cross, WarningCircle } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { TemplateAlert } from '../../../../server/src/templates/contract';
import { TextLink } from '../../design/TextLink';
import { listTime } from '../../design/time';
import { useTellFailure } from '../../design/use-tell-failure';
import { serverNow } from '../../realtime/clock';
import { t } from '../../translate';
import { templatePath } from '../paths';
import { dismissAlert, dismissAlerts } from '../resources';
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

const AlertRow = ({ alert }: { alert: TemplateAlert }) => {
  const { formatMessage, locale } = useIntl();
  const tell = useTellFailure();
  const wordsOf = useAlertWords();
  const good = alert.kind === 'approved';
  const Icon = good ? CheckCircle : WarningCircle;
  const words = wordsOf(alert);
  return (
    <Flex tag="li" gap={3} paddingTop={2} paddingBottom={2} paddingLeft={4} paddingRight={4}>
      <Icon
        width={20}
        height={20}
        fill={good ? 'success600' : 'warning700'}
        aria-hidden
        style={{ flex: 'none' }}
      />
      <Typography textColor="neutral800" style={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
        {alert.templateId ? <TextLink to={templatePath(alert.templateId)}>{words}</TextLink> : words}{' '}
        <Typography variant="pi" textColor="neutral600">
          {listTime(Date.parse(alert.at), serverNow(), locale)}
        </Typography>
      </Typography>
      <IconButton
        variant="ghost"
        size="XS"
        label={formatMessage(t('templates.alerts.dismissOne'), { alert: words })}
        onClick={() => void dismissAlert(alert.id, tell)}
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
  const tell = useTellFailure();
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
          <AlertRow key={alert.id} alert={alert} />
        ))}
      </List>
      <Flex gap={4}>
        {alerts.length > shown.length && (
          <TextButton onClick={() => setAll(true)}>
            {formatMessage(t('templates.alerts.more'), { count: alerts.length - shown.length })}
          </TextButton>
        )}
        <TextButton onClick={() => void dismissAlerts(tell)}>
          {formatMessage(t('templates.alerts.dismissAll'), { count: alerts.length })}
        </TextButton>
      </Flex>
    </Flex>
  );
};
