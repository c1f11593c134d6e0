import { useNotification } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { HistoryChoice, Integration, OneIntegration } from '../../../server/src/integrations/contract';
import { api } from '../api/client';
import { integrationsResource, overviewResource } from '../api/resources';
import { useTellFailure } from '../design/use-tell-failure';
import { t } from '../translate';

const replace = (changed: Integration) => (all: Integration[]) =>
  all.map((one) => (one.id === changed.id ? { ...one, ...changed } : one));

/** Switching a number on and off, and deleting it; the list shows the outcome at once. */
export const useNumberActions = () => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const tell = useTellFailure();

  const toggle = async (integration: Integration, active: boolean) => {
    integrationsResource.mutate(replace({ ...integration, active }));
    try {
      const path = `/integrations/${encodeURIComponent(integration.id)}/toggle`;
      const { data } = await api.post<OneIntegration.Response>(path, { active });
      integrationsResource.mutate(replace(data));
    } catch (cause) {
      integrationsResource.mutate(replace(integration));
      tell(cause);
    }
  };

  const remove = async (integration: Integration, history: HistoryChoice) => {
    try {
      await api.del(`/integrations/${encodeURIComponent(integration.id)}`, { history });
      integrationsResource.mutate((all) => all.filter(({ id }) => id !== integration.id));
      overviewResource.clear();
      toggleNotification({ type: 'success', message: formatMessage(t('numbers.delete.done')) });
    } catch (cause) {
      tell(cause);
    }
  };
  return { toggle, remove };
};
