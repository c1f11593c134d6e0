import { digitsOf, isPhone, requireCustomer } from '../customers';
import { addMessage, anchorWindow, findMessage, isBlocked, openThread, setReaction } from '../threads';
import type { PlayAction } from '../types';
import type { CustomerRecord, NumberRecord, World } from '../world';
import { contactOf, seconds, senderOf } from '../webhooks/people';
import type { WebhookQueue } from '../webhooks/queue';
import { buildContent } from './content';

interface Scene {
  world: World;
  queue: WebhookQueue;
  customer: CustomerRecord;
  number: NumberRecord;
  wamid: string;
  at: number;
}

const pushMessage = (scene: Scene, type: string, element: Record<string, unknown>, outWamid?: string): void =>
  scene.queue.push({
    phoneNumberId: scene.number.phoneNumberId,
    field: 'messages',
    kind: `message:${type}`,
    slot: 'messages',
    contact: contactOf(scene.customer, true),
    element: { ...senderOf(scene.customer), id: scene.wamid, timestamp: seconds(scene.at), type, ...element },
    outWamid,
  });

/** Quoting: Meta names who wrote the quoted message. */
const contextOf = (scene: Scene, wamid: string | undefined): Record<string, unknown> => {
  if (!wamid) return {};
  const ours = findMessage(scene.world, wamid)?.message.direction !== 'out';
  const from = ours ? digitsOf(scene.number.displayPhoneNumber) : scene.customer.waId;
  return { context: { ...(from && { from }), id: wamid } };
};

const write = (scene: Scene, action: Exclude<PlayAction, { type: 'reaction' | 'changed_number' }>): void => {
  const { world, customer, number, wamid, at } = scene;
  const blocked = isBlocked(world, customer, number.phoneNumberId);
  const played = buildContent(world, number.phoneNumberId, action);
  const thread = openThread(world, customer.id, number.phoneNumberId);
  addMessage(world, thread, {
    wamid,
    direction: 'out',
    type: played.type,
    text: played.text,
    at,
    replyTo: played.replyTo ?? null,
    content: played.content,
  });
  // A blocked person sees one tick for ever; the business hears nothing.
  if (blocked) return;
  anchorWindow(thread, at);
  const element = { ...contextOf(scene, played.replyTo), [played.type]: played.content, ...played.beside };
  pushMessage(scene, played.type, element, wamid);
};

const react = (scene: Scene, action: Extract<PlayAction, { type: 'reaction' }>): void => {
  const { world, customer, number } = scene;
  const found = findMessage(world, action.messageId);
  const thread = openThread(world, customer.id, number.phoneNumberId);
  if (found?.thread !== thread) throw new Error('There is no such message in this chat');
  setReaction(world, thread, found.message, 'customer', action.emoji || null);
  if (isBlocked(world, customer, number.phoneNumberId)) return;
  // Taking a reaction back: the key `emoji` is absent.
  const reaction = { message_id: action.messageId, ...(action.emoji && { emoji: action.emoji }) };
  pushMessage(scene, 'reaction', { reaction });
};

const changeNumber = (scene: Scene, phone: string): void => {
  const { world, queue, customer, number, wamid, at } = scene;
  if (!customer.phone || !customer.waId)
    throw new Error('A customer without a visible phone cannot change it');
  if (!isPhone(phone)) throw new Error('The new phone is E.164, like +15550100188');
  const before = { waId: customer.waId, userId: customer.userId };
  customer.phone = `+${digitsOf(phone)}`;
  customer.waId = digitsOf(phone);
  // Meta makes a new BSUID with a new phone.
  customer.userId = world.ids.userId(before.userId.slice(0, 2));
  world.changed({ kind: 'customer', customerId: customer.id });
  queue.push({
    phoneNumberId: number.phoneNumberId,
    field: 'messages',
    kind: 'message:system',
    slot: 'messages',
    element: {
      from: before.waId,
      id: wamid,
      timestamp: seconds(at),
      type: 'system',
      system: {
        type: 'user_changed_number',
        body: `User ${customer.name} changed from ${before.waId} to ${customer.waId}`,
        wa_id: customer.waId,
        user_id: customer.userId,
        previous_user_id: before.userId,
      },
    },
  });
};

/**
 * Lets a customer do something on the phone. The webhook follows by itself.
 * @throws Error in plain words for an unknown customer, number or message
 */
export const play = (
  world: World,
  queue: WebhookQueue,
  customerId: string,
  phoneNumberId: string,
  action: PlayAction,
): string => {
  const customer = requireCustomer(world, customerId);
  const number = world.numbers.get(phoneNumberId);
  if (!number) throw new Error(`No number '${phoneNumberId}'`);
  const now = world.scheduler.now();
  const scene: Scene = { world, queue, customer, number, wamid: world.ids.wamid(), at: action.at ?? now };
  if (action.type === 'reaction') react(scene, action);
  else if (action.type === 'changed_number') changeNumber(scene, action.phone);
  else write(scene, action);
  return scene.wamid;
};
