import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { AddCustomer, GetSimulator } from '../../../server/src/sandbox/contract';
import { api } from '../api/client';
import { integrationsResource, overviewResource, simulatorResource } from '../api/resources';
import { useTellFailure } from '../design/use-tell-failure';
import { PLUGIN_PATH } from '../plugin-id';

/** Somebody to play at once; a fictitious person. */
const FIRST_CUSTOMER: AddCustomer.Body = { name: 'Ana Ruiz', phone: '+34600555101' };

/** "Try it without a Meta account": makes the sandbox number (once) and goes to the simulator. */
export const useStartSandbox = () => {
  const navigate = useNavigate();
  const tell = useTellFailure();
  const [busy, setBusy] = useState(false);
  const start = useCallback(async () => {
    setBusy(true);
    try {
      await api.post('/sandbox');
      const { data } = await api.get<GetSimulator.Response>('/simulator');
      if (data.customers.length === 0) await api.post('/simulator/customers', FIRST_CUSTOMER);
      await Promise.all([
        integrationsResource.refresh(),
        overviewResource.refresh(),
        simulatorResource.refresh(),
      ]);
      navigate(`${PLUGIN_PATH}/simulator`);
    } catch (cause) {
      tell(cause);
    } finally {
      setBusy(false);
    }
  }, [navigate, tell]);
  return { start, busy };
};
