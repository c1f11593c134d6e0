import type { CustomerRecord, NumberRecord, World } from '../world';
import { contactOf, seconds, senderOf } from '../webhooks/people';
import type { WebhookQueue } from '../webhooks/queue';

/** One action of one customer towards one number. */
export interface Scene {
  world: World;
  queue: WebhookQueue;
  customer: CustomerRecord;
  number: NumberRecord;
  wamid: string;
  at: number;
}

/** A message of the customer, with the customer in `contacts`. */
export const pushMessage = (
  { queue, customer, number, wamid, at }: Scene,
  type: string,
  element: Record<string, unknown>,
  outWamid?: string,
): void =>
  queue.push({
    phoneNumberId: number.phoneNumberId,
    field: 'messages',
    kind: `message:${type}`,
    slot: 'messages',
    contact: contactOf(customer, true),
    element: { ...senderOf(customer), id: wamid, timestamp: seconds(at), type, ...element },
    outWamid,
  });

/** A whole `value` of a field; follows the overrides of the number, as everything about messages does. */
export const pushValue = (
  { queue, number }: Scene,
  field: string,
  kind: string,
  value: Record<string, unknown>,
): void =>
  queue.push({ phoneNumberId: number.phoneNumberId, field, kind, slot: 'message-value', element: value });
