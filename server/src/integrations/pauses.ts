import type { SendingPause } from './contract';

/** What is said to the lanes of a number, which know nothing of tenants or rights. */
export interface NumberPauses {
  within(
    organizationId: number,
  ): Promise<(Omit<SendingPause, 'until'> & { integrationId: number; until: number })[]>;
  pause(
    at: { organizationId: number; integrationId: number },
    stop: Omit<SendingPause, 'until'> & { forMs: number },
  ): Promise<void>;
  resume(at: { organizationId: number; integrationId: number }): Promise<boolean>;
  /** The lane looks again now. */
  wake(integrationId: number): void;
}
