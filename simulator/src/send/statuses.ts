import { webhookError } from '../errors';
import { findMessage } from '../threads';
import type { CustomerRecord, Thread, ThreadMessage, World } from '../world';
import { contactOf, recipientOf, seconds } from '../webhooks/people';
import type { WebhookQueue } from '../webhooks/queue';

type Status = 'sent' | 'delivered' | 'read' | 'failed';

const RANK: Record<string, number> = { sending: 0, sent: 1, delivered: 2, read: 3, failed: 4 };

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
  /** The customer looks at the chat: everything delivered becomes read, what is on its way will. */
  readAll(thread: Thread): void;
  /** Goes on with the statuses that an earlier run of the process still owed. */
  resume(thread: Thread): void;
}

const pricingOf = (category: string): Record<string, unknown> => ({
  billable: true,
  pricing_model: 'PMP',
  type: 'regular',
  category,
});

const elementOf = (subject: StatusSubject, status: Status, at: number): Record<string, unknown> => ({
  id: subject.wamid,
  status,
  timestamp: seconds(at),
  ...(subject.customer
    ? recipientOf(subject.customer)
    : subject.dialled && { recipient_id: subject.dialled }),
  ...(subject.opaque !== null && { biz_opaque_callback_data: subject.opaque }),
});

export const createStatuses = (world: World, queue: WebhookQueue): Statuses => {
  const show = (wamid: string, status: Status): void => {
    const found = findMessage(world, wamid);
    if (!found || RANK[status] <= RANK[found.message.state]) return;
    found.message.state = status;
    const { customerId, phoneNumberId } = found.thread;
    world.changed({ kind: 'status', customerId, phoneNumberId });
  };

  const post = (subject: StatusSubject, status: Exclude<Status, 'failed'>, at: number): void => {
    const { customer, phoneNumberId } = subject;
    show(subject.wamid, status);
    queue.push({
      phoneNumberId,
      field: 'messages',
      kind: `status:${status}`,
      slot: 'statuses',
      // Meta gives the username on delivered and read, not on sent, and prices on sent and delivered.
      contact: customer && !customer.hidden ? contactOf(customer, status !== 'sent') : undefined,
      element: {
        ...elementOf(subject, status, at),
        ...(status !== 'read' && { pricing: pricingOf(subject.category) }),
      },
    });
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
    world.scheduler.after(delay, () => {
      show(subject.wamid, 'failed');
      queue.push({
        phoneNumberId: subject.phoneNumberId,
        field: 'messages',
        kind: 'status:failed',
        slot: 'statuses',
        element: { ...elementOf(subject, 'failed', at), errors: [webhookError(code, details)] },
      });
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

  return { follow, fail, readAll, resume };
};
