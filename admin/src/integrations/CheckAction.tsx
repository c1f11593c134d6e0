import { Button, LinkButton } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import type { CheckAction as Action, RepairIntegration } from '../../../server/src/integrations/contract';
import type { Reseal } from '../../../server/src/encryption/contract';
import { api } from '../api/client';
import { NUMBERS_PATH } from '../plugin-id';
import { useBusy } from '../settings/use-busy';
import { t, type TranslationId } from '../translate';
import type { Abilities } from '../use-abilities';

const LABELS: Record<Action, TranslationId> = {
  subscribe: 'check.action.subscribe',
  'override-callback': 'check.action.override',
  reseal: 'check.action.reseal',
  'edit-number': 'check.action.edit',
};

interface Props {
  action: Action;
  /** null where the check is about no number. */
  integrationId: string | null;
  abilities: Abilities;
  /** Called after a repair; the check that was made again, where the server answers it. */
  onRepaired(check: RepairIntegration.Response['data'] | null): void;
}

/** The button that mends what a check found; not there for whoever may not press it. */
export const CheckAction = ({ action, integrationId, abilities, onRepaired }: Props) => {
  const { formatMessage } = useIntl();
  const { busy, run } = useBusy();
  const label = formatMessage(t(LABELS[action]));

  if (action === 'edit-number') {
    if (!abilities.canReadIntegrations) return null;
    const to = integrationId ? `${NUMBERS_PATH}/${encodeURIComponent(integrationId)}` : NUMBERS_PATH;
    return (
      <LinkButton tag={Link} to={to} variant="tertiary">
        {label}
      </LinkButton>
    );
  }
  const repair = async () => {
    if (action === 'reseal') {
      await api.post<Reseal.Response>('/encryption/reseal');
      return onRepaired(null);
    }
    const path = `/integrations/${encodeURIComponent(integrationId ?? '')}/${action}`;
    onRepaired((await api.post<RepairIntegration.Response>(path)).data);
  };
  const allowed = action === 'reseal' ? abilities.canManageEncryption : abilities.canManageIntegrations;
  if (!allowed || (action !== 'reseal' && integrationId === null)) return null;
  return (
    <Button variant="secondary" loading={busy !== null} onClick={() => void run('work', repair)}>
      {label}
    </Button>
  );
};
