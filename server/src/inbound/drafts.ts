import type { DeliveryEvidence, StatusChanged } from '../cloud-api/events';
import type { People, Person } from '../contacts/people';
import type { Touch } from '../conversations/batch';
import type { NewMessage } from '../messages/batch';
import type { Rewrite } from '../messages/rewrite';
import { documentId } from '../storage/ids';
import { createPairs } from '../collections/pairs';
import type { Known, KnownMessage } from './lookup';
import { isStandIn, type Sorted, type ThreadEvent, type Unit } from './plan';
import { personOf } from './wanted';

/** A bubble to be inserted, and who it is from. */
export interface Draft {
  person: Person;
  message: Omit<NewMessage, 'conversationId'>;
  unread: boolean;
  opensWindow: boolean;
}

export interface Completion extends Rewrite {
  organizationId: number;
  stored: KnownMessage;
}

export interface Drafts {
  drafts: Draft[];
  /** Content of bubbles of which only a stand-in is stored. */
  completions: Completion[];
  duplicates: number;
}

/** The phone app's own word for the state of an imported message; it goes where all evidence goes. */
const HISTORY_EVIDENCE: Record<string, DeliveryEvidence> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'played',
  error: 'failed',
};

/** What imported messages of ours tell about their delivery, as statuses of the time when they were written. */
export const historyStatuses = (messages: Unit<ThreadEvent>[]): Unit<StatusChanged>[] =>
  messages.flatMap((unit) => {
    const { event } = unit;
    const status = HISTORY_EVIDENCE[String(event.content.historyStatus)];
    if (event.kind !== 'message.echoed' || !status) return [];
    const { wabaId, phoneNumberId, field, timestamp, wamid, recipient } = event;
    const told: StatusChanged = {
      ...{ kind: 'status.changed', wabaId, phoneNumberId, field, timestamp, wamid, status, recipient },
      ...{ opaque: null, error: null, pricing: null },
    };
    return [{ ...unit, event: told }];
  });

const storedMedia = (event: ThreadEvent): string | null =>
  event.media && JSON.stringify({ ...event.media, url: null, state: 'pending' });

const storedContent = ({ content }: ThreadEvent): string => {
  if (!('historyStatus' in content)) return JSON.stringify(content);
  const { historyStatus: _told, ...kept } = content;
  return JSON.stringify(kept);
};

const draftOf = (unit: Unit<ThreadEvent>, person: Person): Draft => {
  const { event, route } = unit;
  const inbound = event.kind === 'message.received';
  return {
    person,
    unread: inbound && event.isUtterance,
    // A group's window is nobody's: free-form rules there are Meta's own (cloud-api.md §26).
    opensWindow: inbound && event.opensWindow && !event.groupId,
    message: {
      key: documentId(),
      organizationId: route.organizationId,
      integrationId: route.integrationId,
      direction: inbound ? 'inbound' : 'outbound',
      type: event.type,
      text: event.text,
      content: storedContent(event),
      media: storedMedia(event),
      raw: JSON.stringify(event.raw),
      wamid: event.wamid,
      replyTo: event.replyTo,
      origin: inbound ? 'contact' : 'phone_app',
      authorName: event.groupId && inbound ? (event.sender.profileName ?? event.sender.phone) : null,
      writtenAt: event.timestamp,
      receivedAt: unit.receivedAt,
      state: inbound ? 'received' : 'accepted',
    },
  };
};

const completionOf = (stored: KnownMessage, event: ThreadEvent): Completion => ({
  stored,
  organizationId: stored.organizationId,
  messageId: stored.id,
  type: event.type,
  text: event.text,
  content: storedContent(event),
  media: storedMedia(event),
  raw: JSON.stringify(event.raw),
  replyTo: event.replyTo,
});

/** The line that a change of number or id leaves in the thread. */
const lineOf = ({ event, ...unit }: Sorted['identities'][number], wamid: string): Unit<ThreadEvent> => {
  const { previous: _previous, current, change, ...rest } = event;
  return {
    ...unit,
    event: {
      ...rest,
      kind: 'message.received',
      wamid,
      type: 'system',
      content: { event: change },
      media: null,
      replyTo: null,
      groupId: null,
      sender: current,
      isUtterance: false,
      opensWindow: false,
    },
  };
};

/** The bubbles of a drain that are not stored yet, and who they are from. */
export const draftMessages = (sorted: Sorted, known: Known, people: People): Drafts => {
  const result: Drafts = { drafts: [], completions: [], duplicates: 0 };
  const add = (unit: Unit<ThreadEvent>, person: Person | null): void => {
    if (person) result.drafts.push(draftOf(unit, person));
    else throw new Error('A message names neither a sender nor a group');
  };
  for (const unit of sorted.identities) {
    const { event, route } = unit;
    // Told again, it is no news: the person may have changed once more since.
    if (event.wamid && known.byWamid(route.integrationId, event.wamid)) {
      result.duplicates += 1;
      continue;
    }
    const person = people.rename(route.organizationId, event.previous, event.current, event.timestamp);
    if (event.wamid) add(lineOf(unit, event.wamid), person);
  }
  for (const unit of sorted.messages) {
    const { event, route } = unit;
    const stored = known.byWamid(route.integrationId, event.wamid);
    // A stored duplicate teaches nothing, but its sender must not be made anew.
    if (stored) {
      if (isStandIn(stored) && !isStandIn(event)) result.completions.push(completionOf(stored, event));
      else result.duplicates += 1;
      continue;
    }
    add(unit, people.resolve(route.organizationId, personOf(event), event.groupId, event.timestamp));
  }
  return result;
};

export const touchesOf = (drafts: Draft[]): Touch[] => {
  const byPair = createPairs<number, number, Touch>();
  const touches: Touch[] = [];
  for (const { person, message, unread, opensWindow } of drafts) {
    const { integrationId } = message;
    const contactId = person.id as number;
    let touch = byPair.get(integrationId, contactId);
    if (!touch) {
      touch = {
        organizationId: message.organizationId,
        integrationId,
        contactId,
        unread: 0,
        inboundAt: null,
        lastMessageKey: message.key,
        lastMessageAt: message.writtenAt,
      };
      byPair.set(integrationId, contactId, touch);
      touches.push(touch);
    }
    if (unread) touch.unread += 1;
    if (opensWindow) touch.inboundAt = Math.max(touch.inboundAt ?? 0, message.writtenAt);
    if (message.writtenAt >= touch.lastMessageAt) {
      touch.lastMessageAt = message.writtenAt;
      touch.lastMessageKey = message.key;
    }
  }
  return touches;
};
