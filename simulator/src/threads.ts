import type { CustomerRecord, Thread, ThreadMessage, World } from './world';

const DAY_MS = 24 * 60 * 60 * 1000;
const keyOf = (customerId: string, phoneNumberId: string): string => `${customerId}|${phoneNumberId}`;

export const findThread = (world: World, customerId: string, phoneNumberId: string): Thread | undefined =>
  world.threads.get(keyOf(customerId, phoneNumberId));

export const openThread = (world: World, customerId: string, phoneNumberId: string): Thread => {
  const known = findThread(world, customerId, phoneNumberId);
  if (known) return known;
  const thread: Thread = { customerId, phoneNumberId, messages: [], windowAnchor: null, enteredByAdAt: null };
  addThread(world, thread);
  return thread;
};

/** Registers a thread and the ids of its messages. */
export const addThread = (world: World, thread: Thread): void => {
  world.threads.set(keyOf(thread.customerId, thread.phoneNumberId), thread);
  thread.messages.forEach((message) => world.wamids.set(message.wamid, { thread, message }));
};

export const dropThreads = (world: World, gone: (thread: Thread) => boolean): void => {
  for (const [key, thread] of world.threads) {
    if (!gone(thread)) continue;
    thread.messages.forEach((message) => world.wamids.delete(message.wamid));
    world.threads.delete(key);
  }
};

type NewMessage = Pick<ThreadMessage, 'wamid' | 'direction' | 'type' | 'text' | 'at'> &
  Partial<ThreadMessage>;

export const addMessage = (world: World, thread: Thread, message: NewMessage): ThreadMessage => {
  const full: ThreadMessage = {
    replyTo: null,
    reactions: [],
    state: 'sending',
    content: null,
    opaque: null,
    pricingCategory: null,
    readOnArrival: false,
    failure: null,
    edited: false,
    revoked: false,
    ...message,
  };
  thread.messages.push(full);
  world.wamids.set(full.wamid, { thread, message: full });
  world.changed({ kind: 'message', customerId: thread.customerId, phoneNumberId: thread.phoneNumberId });
  return full;
};

export const findMessage = (world: World, wamid: string): { thread: Thread; message: ThreadMessage } | null =>
  world.wamids.get(wamid) ?? null;

/** One reaction per side and message: a new one replaces, null removes. */
export const setReaction = (
  world: World,
  thread: Thread,
  message: ThreadMessage,
  from: 'customer' | 'business',
  emoji: string | null,
): void => {
  message.reactions = message.reactions.filter((reaction) => reaction.from !== from);
  if (emoji) message.reactions.push({ emoji, from });
  world.changed({ kind: 'reaction', customerId: thread.customerId, phoneNumberId: thread.phoneNumberId });
};

/** The window counts from the newest message of the customer, never backwards (a late message must not shrink it). */
export const anchorWindow = (thread: Thread, at: number): void => {
  thread.windowAnchor = Math.max(thread.windowAnchor ?? at, at);
};

export const isWindowOpen = (thread: Thread, now: number): boolean =>
  thread.windowAnchor !== null && now - thread.windowAnchor < DAY_MS;

export const isBlocked = (world: World, customer: CustomerRecord, phoneNumberId: string): boolean =>
  world.numbers.get(phoneNumberId)?.blocked.includes(customer.id) ?? false;
