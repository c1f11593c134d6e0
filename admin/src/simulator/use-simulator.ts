import { useCallback, useEffect, useState } from 'react';
import type {
  AddCustomer,
  PhoneMessage,
  PhoneThread,
  PlayCustomer,
  SetFault,
} from '../../../server/src/sandbox/contract';
import { api } from '../api/client';
import { simulatorResource } from '../api/resources';
import { linkStore, onSignal } from '../realtime/hub';
import { report } from '../design/report';
import { useTellFailure } from '../design/use-tell-failure';

/** Without the stream (which is for readers of the inbox) the phone asks by itself. */
const POLL_MS = 2_500;

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
    const stop = onSignal((signal) => {
      if (signal.type === 'simulator') refresh();
    });
    const timer = setInterval(() => {
      if (!linkStore.get().open && document.visibilityState === 'visible') refresh();
    }, POLL_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [load]);

  return { messages, reload: load };
};

/** What one can do to the simulator; failures become notices. */
export const useSimulatorActions = () => {
  const tell = useTellFailure();
  const guard = useCallback(
    async <T>(work: () => Promise<T>): Promise<T | null> => {
      try {
        return await work();
      } catch (cause) {
        tell(cause);
        return null;
      }
    },
    [tell],
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
    clearFaults: () =>
      guard(async () => {
        await api.del('/simulator/faults');
        await simulatorResource.refresh();
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
