import { seconds } from '../webhooks/people';
import type { Thread, World } from '../world';

/** A person who came by an ad costs nothing for three days after the answer. */
const FREE_ENTRY_MS = 72 * 60 * 60 * 1000;

/**
 * `pricing` of a status, with `conversation` only where Meta still sends it: on `sent` of a free entry point (since v24).
 * Free-form messages are charged as `service` since October 2026.
 */
export const chargeOf = (
  world: World,
  thread: Thread | undefined,
  category: string,
  withConversation: boolean,
): Record<string, unknown> => {
  const entered = thread?.enteredByAdAt ?? null;
  if (entered === null || world.scheduler.now() - entered >= FREE_ENTRY_MS)
    return { pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category } };
  const conversation = {
    id: `fep${thread?.customerId ?? ''}${entered}`,
    expiration_timestamp: seconds(entered + FREE_ENTRY_MS),
    origin: { type: 'referral_conversion' },
  };
  return {
    ...(withConversation && { conversation }),
    pricing: {
      billable: false,
      pricing_model: 'PMP',
      type: 'free_entry_point',
      category: 'referral_conversion',
    },
  };
};
