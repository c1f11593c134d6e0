import { digitsOf, isPhone } from '../customers';
import { seconds } from '../webhooks/people';
import type { Scene } from './scene';

/** System messages carry no `contacts`. */
const pushSystem = (scene: Scene, from: string | null, system: Record<string, unknown>): void => {
  const { queue, number, wamid, at } = scene;
  queue.push({
    phoneNumberId: number.phoneNumberId,
    field: 'messages',
    kind: 'message:system',
    slot: 'messages',
    element: { ...(from && { from }), id: wamid, timestamp: seconds(at), type: 'system', system },
  });
};

const renew = ({ world, customer }: Scene): string => {
  const before = customer.userId;
  // Meta makes a new BSUID with a new phone.
  customer.userId = world.ids.userId(before.slice(0, 2));
  world.changed({ kind: 'customer', customerId: customer.id });
  return before;
};

/** @throws for a customer whose phone is hidden, and for a phone that is none */
export const changeNumber = (scene: Scene, phone: string): void => {
  const { customer } = scene;
  const before = customer.waId;
  if (!customer.phone || !before) throw new Error('A customer without a visible phone cannot change it');
  if (!isPhone(phone)) throw new Error('The new phone is E.164, like +15550100188');
  customer.phone = `+${digitsOf(phone)}`;
  customer.waId = digitsOf(phone);
  const previousUserId = renew(scene);
  pushSystem(scene, before, {
    type: 'user_changed_number',
    body: `User ${customer.name} changed from ${before} to ${customer.waId}`,
    wa_id: customer.waId,
    user_id: customer.userId,
    previous_user_id: previousUserId,
  });
};

export const changeUserId = (scene: Scene): void => {
  const previousUserId = renew(scene);
  pushSystem(scene, null, {
    type: 'user_changed_user_id',
    body: `User ${scene.customer.name} changed their user id`,
    user_id: scene.customer.userId,
    previous_user_id: previousUserId,
  });
};
