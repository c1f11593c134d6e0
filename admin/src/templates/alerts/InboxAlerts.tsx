import { TextButton } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useEffect } from 'react';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import { useResource } from '../../api/resource';
import { useTellFailure } from '../../design/use-tell-failure';
import { t } from '../../translate';
import { useAlertWords } from '../list/use-alert-words';
import { onTemplateChange } from '../on-template-change';
import { templatePath, TEMPLATES_PATH } from '../paths';
import { alertsResource, dismissAlert } from '../resources';

const Bar = styled.div`
  display: flex;
  flex: none;
  flex-wrap: wrap;
  align-items: center;
  justify-content: center;
  gap: 4px 12px;
  padding: 6px 16px;
  border-block-end: 1px solid ${({ theme }) => theme.colors.warning200};
  background: ${({ theme }) => theme.colors.warning100};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.2rem;
  > svg {
    flex: none;
  }
  > span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  a {
    color: inherit;
    font-weight: 600;
  }
`;

const Shown = () => {
  const { formatMessage } = useIntl();
  const wordsOf = useAlertWords();
  const tell = useTellFailure();
  const { data } = useResource(alertsResource);
  useEffect(() => onTemplateChange(() => void alertsResource.refresh()), []);
  // An approval is good news for the list of templates; here every line costs messages.
  const alerts = (data ?? []).filter(({ kind }) => kind !== 'approved');
  const [latest] = alerts;
  if (!latest) return null;
  return (
    <Bar role="status">
      <WarningCircle width={14} height={14} fill="warning700" aria-hidden />
      <span>{wordsOf(latest)}</span>
      <Link to={latest.templateId ? templatePath(latest.templateId) : TEMPLATES_PATH}>
        {formatMessage(t('alerts.look'))}
      </Link>
      {alerts.length > 1 && (
        <Link to={TEMPLATES_PATH}>{formatMessage(t('alerts.more'), { count: alerts.length - 1 })}</Link>
      )}
      <TextButton onClick={() => void dismissAlert(latest.id, tell)}>
        {formatMessage(t('alerts.dismiss'))}
      </TextButton>
    </Bar>
  );
};

/** What Meta did to templates, for those who can do something about it; nobody else is asked to. */
export const InboxAlerts = ({ canManage }: { canManage: boolean }) => (canManage ? <Shown /> : null);
