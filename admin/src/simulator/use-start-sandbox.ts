import { useNotification } from '@strapi/strapi/admin';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { api, ApiError } from '../api/client';
import { integrationsResource, overviewResource, simulatorResource } from '../api/resources';
import { PLUGIN_PATH } from '../plugin-id';

/** "Try it without a Meta account": makes the sandbox number (once) and goes to the simulator. */
export const useStartSandbox = () => {
  const navigate = useNavigate();
  const { toggleNotification } = useNotification();
  const [busy, setBusy] = useState(false);
  const start = useCallback(async () => {
    setBusy(true);
    try {
      await api.post('/sandbox');
      await Promise.all([
        integrationsResource.refresh(),
        overviewResource.refresh(),
        simulatorResource.refresh(),
      ]);
      navigate(`${PLUGIN_PATH}/simulator`);
    } catch (cause) {
      toggleNotification({
        type: 'danger',
        message: cause instanceof ApiError ? cause.message : String(cause),
      });
    } finally {
      setBusy(false);
    }
  }, [navigate, toggleNotification]);
  return { start, busy };
};
