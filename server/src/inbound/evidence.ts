import type { StatusChanged } from '../cloud-api/events';
import type { WindowRefusal } from '../conversations/batch';
import type { DescribeError, StatusMerge } from '../messages/batch';
import { mergeEvidence } from '../messages/delivery-state';
import { reactionOf, type ReactionSend } from '../messages/reaction-key';
import type { Known, KnownMessage } from './lookup';
import type { Unit } from './plan';

export interface StatusPlan {
  merges: StatusMerge[];
  /** Message behind each merge, for change rows and the window. */
  touched: Map<number, KnownMessage>;
  /** Conversations whose window Meta calls closed. */
  closed: WindowRefusal[];
  /** Messages whose send had no answer, now proven to have been accepted. */
  settled: KnownMessage[];
  /** Reactions of ours that WhatsApp did not put on their message after all. */
  refusedReactions: (ReactionSend & { integrationId: number })[];
  unknown: Unit<StatusChanged>[];
}

/** Meta: more than 24 hours have passed since the person last wrote (error table, cloud-api.md §28). */
const WINDOW_CLOSED = 131047;

/** Statuses of a drain as one merge per message. Our own send key finds a message before its wamid is known. */
export const planStatuses = (
  units: Unit<StatusChanged>[],
  known: Known,
  describe: DescribeError,
): StatusPlan => {
  const plan: StatusPlan = {
    merges: [],
    touched: new Map(),
    closed: [],
    settled: [],
    refusedReactions: [],
    unknown: [],
  };
  const byMessage = new Map<number, StatusMerge>();
  for (const unit of units) {
    const { event, route } = unit;
    const reaction = reactionOf(event.opaque);
    if (reaction) {
      // A reaction has no bubble whose ticks could move.
      if (event.status === 'failed')
        plan.refusedReactions.push({ ...reaction, integrationId: route.integrationId });
      continue;
    }
    const message =
      known.byWamid(route.integrationId, event.wamid) ??
      (event.opaque ? known.bySendKey(route.integrationId, event.opaque) : undefined);
    if (!message || (message.wamid !== '' && message.wamid !== event.wamid)) {
      plan.unknown.push(unit);
      continue;
    }
    let merge = byMessage.get(message.id);
    if (!merge) {
      merge = {
        messageId: message.id,
        wamid: event.wamid,
        sendKey: null,
        at: {},
        error: null,
        pricing: null,
      };
      byMessage.set(message.id, merge);
      plan.merges.push(merge);
      plan.touched.set(message.id, message);
      if (message.state === 'unknown') plan.settled.push(message);
    }
    merge.sendKey ??= event.opaque;
    // The first failure is the reason that stays; later ones are of other devices.
    const isFirstFailure = event.status === 'failed' && event.timestamp < (merge.at.failed ?? Infinity);
    if (event.error && isFirstFailure) merge.error = describe(event.error);
    merge.at = mergeEvidence(merge.at, { [event.status]: event.timestamp });
    if (event.pricing) merge.pricing = { ...merge.pricing, [event.status]: event.pricing };
    if (event.status === 'failed' && event.error?.code === WINDOW_CLOSED) {
      plan.closed.push({ conversationId: message.conversationId, at: event.timestamp });
    }
  }
  return plan;
};
