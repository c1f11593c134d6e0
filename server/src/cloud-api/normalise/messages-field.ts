import type { WebhookEvent } from '../events';
import { list, type JsonObject } from '../read';
import { accountErrors } from './account';
import { echoEvents } from './echoes';
import { each } from './each';
import { isBusiness, unknown, type Frame } from './frame';
import { messageEvent } from './message';
import { allAlike, identify } from './people';
import { statusEvent } from './statuses';
import { userIdUpdate } from './system';
import { userAction } from './user-actions';

const KNOWN_KEYS = new Set([
  'messages',
  'message_echoes',
  'statuses',
  'errors',
  'user_id_update',
  'user_actions',
]);
const CONTEXT_KEYS = new Set(['messaging_product', 'metadata', 'contacts']);

/**
 * Fields `messages` and `standby`: the value holds any of several arrays at once, messages first in our order, so
 * that a status of a message in the same delivery finds it (botpress/botpress#15083).
 */
export function messagesField(frame: Frame): WebhookEvent[] {
  const { value } = frame;
  const events = incoming(frame, list(value.messages), false);
  const add = (more: WebhookEvent[]): void => more.forEach((event) => void events.push(event));
  // Asked one by one: most values hold one of them, and a delivery holds many values.
  if (value.message_echoes !== undefined) add(echoEvents(frame, list(value.message_echoes), false));
  if (value.statuses !== undefined) add(statuses(frame, list(value.statuses)));
  if (value.user_id_update !== undefined)
    add(each(frame, list(value.user_id_update), (element) => userIdUpdate(frame, element)));
  if (value.user_actions !== undefined)
    add(each(frame, list(value.user_actions), (element) => userAction(frame, element)));
  if (value.errors !== undefined) add(accountErrors(frame, value.errors));
  add(oddities(frame, value));
  return events.length > 0 ? events : [unknown(frame, 'nothing known in value', value)];
}

/** Messages of people; with the sender of each resolved against `contacts[]`. */
export function incoming(frame: Frame, elements: unknown[], history: boolean): WebhookEvent[] {
  const alone = allAlike(elements, 'from', 'from_user_id');
  return each(frame, elements, (element) => {
    if (isBusiness(frame, element.from)) return fromTheBusiness(frame, element, history);
    const named = {
      address: element.from,
      userId: element.from_user_id,
      parentUserId: element.from_parent_user_id,
    };
    return messageEvent(frame, element, identify(named, frame.contacts, alone), { from: 'contact', history });
  });
}

/** Never a contact of ours: the business's own number among the senders is an echo or a defect. */
function fromTheBusiness(frame: Frame, element: JsonObject, history: boolean): WebhookEvent {
  const [event] = echoEvents(frame, [element], history);
  return event.kind === 'unknown' ? unknown(frame, 'sent by the business itself', element) : event;
}

function statuses(frame: Frame, elements: unknown[]): WebhookEvent[] {
  const alone = allAlike(elements, 'recipient_id', 'recipient_user_id');
  return each(frame, elements, (element) => statusEvent(frame, element, alone));
}

/** Whatever array Meta adds next, and known keys of a wrong shape. */
function oddities(frame: Frame, value: JsonObject): WebhookEvent[] {
  return Object.keys(value)
    .filter((key) => !CONTEXT_KEYS.has(key) && !(KNOWN_KEYS.has(key) && Array.isArray(value[key])))
    .flatMap((key) => {
      const named = `"${key.slice(0, 60)}"`;
      if (!Array.isArray(value[key])) {
        return KNOWN_KEYS.has(key) ? [unknown(frame, `${named} is not an array`, value[key])] : [];
      }
      if (KNOWN_KEYS.has(key)) return [];
      return list(value[key]).map((raw) => unknown(frame, `unknown array ${named}`, raw));
    });
}
