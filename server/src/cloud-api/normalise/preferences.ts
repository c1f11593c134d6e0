import type { WebhookEvent } from '../events';
import { identifier, list, type JsonObject } from '../read';
import { each } from './each';
import { envelope, unknown, type Frame } from './frame';
import { allAlike, identify, isSomebody } from './people';

/** Field `user_preferences`: the person stopped or resumed marketing in WhatsApp's own screens. */
export function preferencesField(frame: Frame): WebhookEvent[] {
  const elements = list(frame.value.user_preferences);
  if (elements.length === 0) return [unknown(frame, 'nothing known in value', frame.value)];
  const alone = allAlike(elements, 'wa_id', 'user_id');
  return each(frame, elements, (element) => preference(frame, element, alone));
}

function preference(frame: Frame, element: JsonObject, alone: boolean): WebhookEvent {
  const { value } = element;
  if (value !== 'stop' && value !== 'resume')
    return unknown(frame, 'preference is neither stop nor resume', element);
  const named = { address: element.wa_id, userId: element.user_id, parentUserId: element.parent_user_id };
  const person = identify(named, frame.contacts, alone);
  if (!isSomebody(person)) return unknown(frame, 'preference of nobody', element);
  return {
    kind: 'preference.changed',
    ...envelope(frame, element.timestamp),
    person,
    category: identifier(element.category) ?? 'marketing_messages',
    value,
  };
}
