import { titleOf, UNDELIVERABLE_DETAILS, WINDOW_CLOSED_DETAILS, whatsAppError } from '../errors';
import { addMessage, findMessage, isBlocked, isWindowOpen, openThread, setReaction } from '../threads';
import type { NumberRecord, Thread, World } from '../world';
import { isFields, textOf, type Fields } from './fields';
import { resolveRecipient, type Recipient } from './recipient';
import type { Statuses, StatusSubject } from './statuses';
import { checkSend, type CheckedSend } from './validate';

const REACTION_LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

interface Failure {
  code: number;
  details: string;
}

const windowFailure = (world: World, send: CheckedSend, thread: Thread): Failure | null => {
  if (send.type === 'template') return null;
  const where = { phoneNumberId: thread.phoneNumberId };
  if (world.faults.take('closed-window-sync', where)) throw whatsAppError(131047, WINDOW_CLOSED_DETAILS);
  const forced = world.faults.take('closed-window', where) !== null;
  const closed = world.settings.enforceWindow && !isWindowOpen(thread, world.scheduler.now());
  return forced || closed ? { code: 131047, details: WINDOW_CLOSED_DETAILS } : null;
};

const reactionFailure = (world: World, send: CheckedSend, thread: Thread): Failure | null => {
  if (send.type !== 'reaction' || !isFields(send.content)) return null;
  const target = findMessage(world, textOf(send.content.message_id));
  const reachable =
    target?.thread === thread && world.scheduler.now() - target.message.at < REACTION_LIFETIME_MS;
  return reachable
    ? null
    : { code: 131009, details: 'The message to react to is unknown, too old or of another chat.' };
};

/** What goes wrong after Meta said yes; null: nothing. */
const laterFailure = (world: World, send: CheckedSend, thread: Thread): Failure | null => {
  if (world.faults.take('not-on-whatsapp', { phoneNumberId: thread.phoneNumberId })) {
    return { code: 131026, details: UNDELIVERABLE_DETAILS };
  }
  const chosen = world.faults.take('failed-status', { phoneNumberId: thread.phoneNumberId });
  if (chosen)
    return { code: chosen.code ?? 131000, details: chosen.details ?? titleOf(chosen.code ?? 131000) };
  return windowFailure(world, send, thread) ?? send.lateFailure ?? reactionFailure(world, send, thread);
};

const quotedWamid = (world: World, body: Fields, thread: Thread | null): string | null => {
  const wamid = isFields(body.context) ? textOf(body.context.message_id) : '';
  if (!wamid) return null;
  if (findMessage(world, wamid)?.thread !== thread) {
    throw whatsAppError(131009, 'context.message_id is not a message of this chat');
  }
  return wamid;
};

interface Shown {
  wamid: string;
  replyTo: string | null;
  failure: Failure | null;
}

const showToCustomer = (world: World, thread: Thread, send: CheckedSend, shown: Shown): void => {
  if (send.type === 'reaction' && isFields(send.content)) {
    const target = findMessage(world, textOf(send.content.message_id));
    if (target?.thread === thread)
      setReaction(world, thread, target.message, 'business', textOf(send.content.emoji) || null);
    return;
  }
  addMessage(world, thread, {
    ...shown,
    direction: 'in',
    type: send.type,
    text: send.text,
    at: world.scheduler.now(),
    content: send.content,
    opaque: send.opaque,
    pricingCategory: send.category,
  });
};

const record = (
  world: World,
  number: NumberRecord,
  recipient: Recipient,
  send: CheckedSend,
  body: Fields,
  wamid: string,
): void => {
  world.accepted.push({
    wamid,
    phoneNumberId: number.phoneNumberId,
    to: recipient.to,
    recipient: recipient.userId,
    type: send.type,
    body,
    opaque: send.opaque,
    at: world.scheduler.now(),
  });
};

/** Meta's 200. */
export interface AcceptedAnswer {
  messaging_product: 'whatsapp';
  contacts: Record<string, unknown>[];
  messages: { id: string; message_status?: 'accepted' }[];
}

/**
 * Accepts a send like Meta: answers with a wamid, tells the rest by status webhooks.
 * @throws GraphError for everything Meta refuses at once
 */
export const acceptSend = (
  world: World,
  statuses: Statuses,
  number: NumberRecord,
  body: Fields,
): AcceptedAnswer => {
  const send = checkSend(world, number, body);
  const recipient = resolveRecipient(world, number, body);
  const { customer } = recipient;
  // A code goes to a phone number: Meta, business-scoped-user-ids.
  if (recipient.to === null && send.category === 'authentication')
    throw whatsAppError(131062, 'Authentication templates cannot be sent to a business-scoped user ID');
  if (customer && isBlocked(world, customer, number.phoneNumberId)) {
    throw whatsAppError(130403, 'The business has blocked this user');
  }
  const thread = customer && openThread(world, customer.id, number.phoneNumberId);
  const replyTo = quotedWamid(world, body, thread);
  const failure = thread
    ? laterFailure(world, send, thread)
    : { code: 131026, details: UNDELIVERABLE_DETAILS };

  const wamid = world.ids.wamid();
  record(world, number, recipient, send, body, wamid);
  const subject: StatusSubject = {
    wamid,
    phoneNumberId: number.phoneNumberId,
    customer,
    dialled: recipient.to?.replace(/\D/g, '') ?? null,
    opaque: send.opaque,
    category: send.category,
  };
  if (thread && (!failure || send.type !== 'reaction'))
    showToCustomer(world, thread, send, { wamid, replyTo, failure });
  const silent = recipient.dropped || world.faults.take('no-status', { phoneNumberId: number.phoneNumberId });
  if (failure && !silent) statuses.fail(subject, failure.code, failure.details);
  else if (!silent) statuses.follow(subject, send.type === 'reaction');

  return {
    messaging_product: 'whatsapp',
    contacts: [recipient.contact],
    messages: [{ id: wamid, ...(send.type === 'template' && { message_status: 'accepted' }) }],
  };
};
