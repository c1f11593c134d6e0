import { titleOf, webhookError } from '../errors';
import { findMessage } from '../threads';
import type { StatusInput } from '../types';
import type { CustomerRecord, Thread, ThreadMessage, World } from '../world';
import { contactOf, recipientOf, seconds } from '../webhooks/people';
import type { WebhookQueue } from '../webhooks/queue';
import { chargeOf } from './pricing';

type Status = StatusInput['status'];

/** `deleted` and `warning` are values of old payloads that say nothing about the delivery. */
const RANK: Record<string, number> = { sending: 0, sent: 1, delivered: 2, read: 3, played: 4, failed: 5 };

/** What a status is about; `customer` null for a number that is not on WhatsApp. */
export interface StatusSubject {
  wamid: string;
  phoneNumberId: string;
  customer: CustomerRecord | null;
  /** Digits that were dialled, when there is no customer. */
  dialled: string | null;
  opaque: string | null;
  category: string;
}

export interface Statuses {
  /** sent → delivered → read at the configured pace; reactions only ever get `sent`. */
  follow(subject: StatusSubject, onlySent: boolean): void;
  fail(subject: StatusSubject, code: number, details: string): void;
  /** Resolves once the planned statuses of a send were taken by the receiver, or after `atMostMs`. */
  told(wamid: string, atMostMs: number): Promise<void>;
  /** Posts one status by hand. @throws for a message that the business did not send */
  post(input: StatusInput): void;
  /** The customer looks at the chat: everything delivered becomes read, what is on its way will. */
  readAll(thread: Thread): void;
  /** Goes on with the statuses that an earlier run of the process still owed. */
  resume(thread: Thread): void;
}

const LOOK_MS = 10;

const elementOf = (subject: StatusSubject, status: Status, at: number): Record<string, unknown> => ({
  id: subject.wamid,
  status,
  timestamp: seconds(at),
  ...(subject.customer
    ? recipientOf(subject.customer)
    : subject.dialled && { recipient_id: subject.dialled }),
  ...(subject.opaque !== null && { biz_opaque_callback_data: subject.opaque }),
});

/** How many statuses of this message the receiver has taken. */
const takenOf = (world: World, wamid: string): number => {
  const kinds = new Set<unknown>();
  for (const { status, payload } of world.webhooks) {
    if (status !== 200) continue;
    const { entry = [] } = payload as { entry?: { changes: { value: { statuses?: StatusElement[] } }[] }[] };
    for (const { value } of entry.flatMap(({ changes }) => changes))
      value.statuses?.filter(({ id }) => id === wamid).forEach((element) => kinds.add(element.status));
  }
  return kinds.size;
};

interface StatusElement {
  id: string;
  status: string;
}

export const createStatuses = (world: World, queue: WebhookQueue): Statuses => {
  const show = (wamid: string, status: Status): void => {
    const found = findMessage(world, wamid);
    const shown = status === 'played' ? 'read' : status;
    if (!found || !(RANK[shown] > RANK[found.message.state])) return;
    found.message.state = shown as ThreadMessage['state'];
    const { customerId, phoneNumberId } = found.thread;
    world.changed({ kind: 'status', customerId, phoneNumberId });
  };

  /** Meta gives the username on delivered and read, not on sent, and the price on sent and delivered. */
  const push = (subject: StatusSubject, status: Status, at: number, more: Record<string, unknown>): void => {
    const { customer, phoneNumberId } = subject;
    show(subject.wamid, status);
    const named = customer && !customer.hidden && status !== 'failed';
    const thread = findMessage(world, subject.wamid)?.thread;
    const charged = status === 'sent' || status === 'delivered';
    queue.push({
      phoneNumberId,
      field: 'messages',
      kind: `status:${status}`,
      slot: 'statuses',
      contact: named ? contactOf(customer, status !== 'sent') : undefined,
      element: {
        ...elementOf(subject, status, at),
        ...(charged && chargeOf(world, thread, subject.category, status === 'sent')),
        ...more,
      },
    });
  };

  const post = (subject: StatusSubject, status: Exclude<Status, 'failed'>, at: number): void => {
    push(subject, status, at, {});
    const message = findMessage(world, subject.wamid)?.message;
    if (status === 'delivered' && message?.readOnArrival) post(subject, 'read', at);
  };

  const follow: Statuses['follow'] = (subject, onlySent) => {
    const now = world.scheduler.now();
    const { pace } = world.settings;
    const plan = (['sent', 'delivered', 'read'] as const).flatMap((status) => {
      const delay = pace[status];
      return delay === null || (onlySent && status !== 'sent') ? [] : [{ status, at: now + delay, delay }];
    });
    const delays = plan.map((step) => step.delay);
    if (plan.length > 1 && world.faults.take('out-of-order', { phoneNumberId: subject.phoneNumberId }))
      delays.reverse();
    plan
      .map((step, index) => ({ ...step, delay: delays[index] }))
      // Timers of the same length fire in the order they were started; a reversed plan has to start reversed.
      .sort((left, right) => left.delay - right.delay)
      .forEach((step) => world.scheduler.after(step.delay, () => post(subject, step.status, step.at)));
  };

  const fail: Statuses['fail'] = (subject, code, details) => {
    const delay = world.settings.pace.sent ?? 0;
    const at = world.scheduler.now() + delay;
    world.scheduler.after(delay, () =>
      push(subject, 'failed', at, { errors: [webhookError(code, details)] }),
    );
  };

  const plannedOf = (message: ThreadMessage | undefined): number => {
    const { sent, delivered, read } = world.settings.pace;
    return !message || message.failure ? 1 : [sent, delivered, read].filter((delay) => delay !== null).length;
  };

  const told: Statuses['told'] = (wamid, atMostMs) => {
    const end = world.scheduler.now() + atMostMs;
    const planned = plannedOf(findMessage(world, wamid)?.message);
    return new Promise((resolve) => {
      const look = (): void => {
        if (takenOf(world, wamid) >= planned || world.scheduler.now() >= end) resolve();
        else world.scheduler.after(LOOK_MS, look);
      };
      look();
    });
  };

  const subjectOf = (thread: Thread, message: ThreadMessage): StatusSubject => ({
    wamid: message.wamid,
    phoneNumberId: thread.phoneNumberId,
    customer: world.customers.get(thread.customerId) ?? null,
    dialled: null,
    opaque: message.opaque,
    category: message.pricingCategory ?? 'service',
  });

  const postByHand: Statuses['post'] = ({ wamid, status, at, code, details }) => {
    const found = findMessage(world, wamid);
    if (found?.message.direction !== 'in') throw new Error('The business sent no such message');
    const when = at ?? world.scheduler.now();
    const subject = subjectOf(found.thread, found.message);
    if (status !== 'failed') return push(subject, status, when, {});
    const failure = code ?? 131000;
    push(subject, status, when, { errors: [webhookError(failure, details ?? titleOf(failure))] });
  };

  const readAll: Statuses['readAll'] = (thread) => {
    for (const message of thread.messages.filter(({ direction }) => direction === 'in')) {
      if (message.state === 'delivered') post(subjectOf(thread, message), 'read', world.scheduler.now());
      else if (message.state === 'sending' || message.state === 'sent') message.readOnArrival = true;
    }
  };

  const resume: Statuses['resume'] = (thread) => {
    const owed = thread.messages.filter(
      ({ direction, state }) => direction === 'in' && RANK[state] < RANK.delivered,
    );
    for (const message of owed) {
      const subject = subjectOf(thread, message);
      if (message.failure) fail(subject, message.failure.code, message.failure.details);
      else follow(subject, false);
    }
  };

  return { follow, fail, told, post: postByHand, readAll, resume };
};
