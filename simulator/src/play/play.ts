import { digitsOf, portfolioOf, requireCustomer } from '../customers';
import type { Statuses } from '../send/statuses';
import { addMessage, anchorWindow, findMessage, isBlocked, openThread, setReaction } from '../threads';
import type { PlayAction } from '../types';
import type { World } from '../world';
import type { WebhookQueue } from '../webhooks/queue';
import { buildContent } from './content';
import type { Of, Written } from './played';
import { changeNumber, changeUserId } from './identity';
import { echo, history } from './phone-app';
import { pushMessage, pushValue, type Scene } from './scene';

/** Quoting: Meta names who wrote the quoted message. */
const contextOf = (scene: Scene, wamid: string | undefined): Record<string, unknown> => {
  if (!wamid) return {};
  const ours = findMessage(scene.world, wamid)?.message.direction !== 'out';
  const from = ours ? digitsOf(scene.number.displayPhoneNumber) : scene.customer.waId;
  return { ...(from && { from }), id: wamid };
};

const write = (scene: Scene, action: Written): void => {
  const { world, customer, number, wamid, at } = scene;
  const blocked = isBlocked(world, customer, number.phoneNumberId);
  const played = buildContent(scene, action);
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
  const { context: manner, ...beside } = played.beside ?? {};
  if (beside.referral) thread.enteredByAdAt = at;
  const context = { ...contextOf(scene, played.replyTo), ...(manner as object | undefined) };
  const element = {
    ...(Object.keys(context).length > 0 && { context }),
    ...(played.content !== undefined && { [played.type]: played.content }),
    ...beside,
  };
  pushMessage(scene, played.type, element, wamid);
};

const inThisChat = ({ world, customer, number }: Scene, wamid: string) => {
  const found = findMessage(world, wamid);
  const thread = openThread(world, customer.id, number.phoneNumberId);
  if (found?.thread !== thread) throw new Error('There is no such message in this chat');
  return found;
};

const ownMessage = (scene: Scene, wamid: string) => {
  const found = inThisChat(scene, wamid);
  if (found.message.direction !== 'out') throw new Error('Only the customer’s own message can be changed');
  return found;
};

const isSilenced = ({ world, customer, number }: Scene): boolean =>
  isBlocked(world, customer, number.phoneNumberId);

const react = (scene: Scene, action: Of<'reaction'>): void => {
  const { thread, message } = inThisChat(scene, action.messageId);
  setReaction(scene.world, thread, message, 'customer', action.emoji || null);
  if (isSilenced(scene)) return;
  // Taking a reaction back: the key `emoji` is absent.
  const reaction = { message_id: action.messageId, ...(action.emoji && { emoji: action.emoji }) };
  pushMessage(scene, 'reaction', { reaction });
};

const told = (scene: Scene): void =>
  scene.world.changed({
    kind: 'message',
    customerId: scene.customer.id,
    phoneNumberId: scene.number.phoneNumberId,
  });

/** Media keep their file, and the caption changes. */
const edit = (scene: Scene, action: Of<'edit'>): void => {
  const { message } = ownMessage(scene, action.messageId);
  const before = (message.content ?? {}) as Record<string, unknown>;
  const key = message.type === 'text' ? 'body' : 'caption';
  message.content = { ...before, [key]: action.text };
  message.text = action.text;
  message.edited = true;
  told(scene);
  if (isSilenced(scene)) return;
  const changed = { context: { id: 'M0' }, type: message.type, [message.type]: message.content };
  pushMessage(scene, 'edit', { edit: { original_message_id: action.messageId, message: changed } });
};

const revoke = (scene: Scene, action: Of<'revoke'>): void => {
  const { message } = ownMessage(scene, action.messageId);
  Object.assign(message, { text: '', content: null, revoked: true });
  told(scene);
  if (!isSilenced(scene)) pushMessage(scene, 'revoke', { revoke: { original_message_id: action.messageId } });
};

const prefer = (scene: Scene, { value }: Of<'preference'>): void => {
  const { customer, number, at } = scene;
  const who = { ...(customer.waId && { wa_id: customer.waId }), user_id: customer.userId };
  pushValue(scene, 'user_preferences', 'user_preferences', {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: digitsOf(number.displayPhoneNumber),
      phone_number_id: number.phoneNumberId,
    },
    contacts: [{ profile: { name: customer.name }, ...who }],
    user_preferences: [
      {
        ...who,
        category: 'marketing_messages',
        value,
        detail: `User requested to ${value} marketing messages`,
        timestamp: Math.floor(at / 1000),
      },
    ],
  });
};

const click = (scene: Scene): void => {
  const { number, at, wamid } = scene;
  pushValue(scene, 'messages', 'user_action', {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: digitsOf(number.displayPhoneNumber),
      phone_number_id: number.phoneNumberId,
    },
    user_actions: [
      {
        timestamp: String(Math.floor(at / 1000)),
        action_type: 'marketing_messages_link_click',
        marketing_messages_link_click_data: { tracking_token: wamid.slice(-12), click_id: wamid.slice(-6) },
      },
    ],
  });
};

const listen = (scene: Scene, statuses: Statuses, action: Of<'listen'>): void => {
  const { message } = inThisChat(scene, action.messageId);
  if (message.direction !== 'in' || message.type !== 'audio')
    throw new Error('Only a voice note of the business can be listened to');
  statuses.post({ wamid: message.wamid, status: 'played', at: scene.at });
};

const act = (scene: Scene, statuses: Statuses, action: PlayAction): void => {
  switch (action.type) {
    case 'reaction':
      return react(scene, action);
    case 'edit':
      return edit(scene, action);
    case 'revoke':
      return revoke(scene, action);
    case 'changed_number':
      return changeNumber(scene, action.phone);
    case 'changed_user_id':
      return changeUserId(scene);
    case 'echo':
      return echo(scene, action.text);
    case 'history':
      return history(scene, action);
    case 'preference':
      return prefer(scene, action);
    case 'link_click':
      return click(scene);
    case 'listen':
      return listen(scene, statuses, action);
    default:
      return write(scene, action);
  }
};

/**
 * Lets a customer do something on the phone. The webhook follows by itself.
 * @throws Error in plain words for an unknown customer, number or message
 */
export const play = (
  parts: { world: World; queue: WebhookQueue; statuses: Statuses },
  customerId: string,
  phoneNumberId: string,
  action: PlayAction,
): string => {
  const { world, queue, statuses } = parts;
  const customer = requireCustomer(world, customerId);
  const number = world.numbers.get(phoneNumberId);
  if (!number) throw new Error(`No number '${phoneNumberId}'`);
  if (portfolioOf(number) !== customer.portfolioId)
    throw new Error('This customer belongs to the numbers of another portfolio');
  const now = world.scheduler.now();
  const scene: Scene = { world, queue, customer, number, wamid: world.ids.wamid(), at: action.at ?? now };
  act(scene, statuses, action);
  return scene.wamid;
};
