import { useNotification } from '@strapi/strapi/admin';
import { useCallback, useEffect, useState } from 'react';
import type {
  AddCustomer,
  PhoneMessage,
  PhoneThread,
  PlayCustomer,
  SetFault,
} from '../../../server/src/sandbox/contract';
import { api, ApiError } from '../api/client';
import { simulatorResource } from '../api/resources';
import { onSignal } from '../realtime/hub';
import { report } from '../design/report';

const phonePath = (customerId: string, number: string, last = 'messages') =>
  `/simulator/customers/${encodeURIComponent(customerId)}/${last}?number=${encodeURIComponent(number)}`;

/** What a customer's phone shows on one number; renewed whenever the simulator's phones change. */
export const usePhoneThread = (customerId: string | null, number: string | null) => {
  const [messages, setMessages] = useState<PhoneMessage[] | null>(null);

  const load = useCallback(async () => {
    if (!customerId || !number) return;
    const path = `/simulator/customers/${encodeURIComponent(customerId)}/messages`;
    const { data } = await api.get<PhoneThread.Response>(path, { number });
    setMessages(data);
  }, [customerId, number]);

  useEffect(() => {
    setMessages(null);
    const refresh = () => {
      load().catch((cause: unknown) => report('The phone could not be refreshed', cause));
    };
    refresh();
    return onSignal((signal) => signal.type === 'simulator' && refresh());
  }, [load]);

  return { messages, reload: load };
};

/** What one can do to the simulator; failures become notices. */
export const useSimulatorActions = () => {
  const { toggleNotification } = useNotification();
  const guard = useCallback(
    async <T>(work: () => Promise<T>): Promise<T | null> => {
      try {
        return await work();
      } catch (cause) {
        toggleNotification({
          type: 'danger',
          message: cause instanceof ApiError ? cause.message : String(cause),
        });
        return null;
      }
    },
    [toggleNotification],
  );

  return {
    play: (customerId: string, number: string, body: PlayCustomer.Body) =>
      guard(() => api.post<PlayCustomer.Response>(phonePath(customerId, number), body)),
    read: (customerId: string, number: string) =>
      guard(() => api.post(phonePath(customerId, number, 'read'))),
    addCustomer: (body: AddCustomer.Body) =>
      guard(async () => {
        const { data } = await api.post<AddCustomer.Response>('/simulator/customers', body);
        await simulatorResource.refresh();
        return data;
      }),
    setFault: (body: SetFault.Body) =>
      guard(async () => {
        simulatorResource.mutate((state) => ({
          ...state,
          faults: state.faults.map((fault) =>
            fault.name === body.name ? { ...fault, active: body.active } : fault,
          ),
        }));
        await api.put('/simulator/faults', body);
        await simulatorResource.refresh();
      }),
  };
};
