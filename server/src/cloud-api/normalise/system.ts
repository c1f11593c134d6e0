import type { Identity, WebhookEvent } from '../events';
import { metaDigits } from '../identity-format';
import { identifier, object, text, type JsonObject } from '../read';
import { capText } from '../storable';
import { envelope, unknown, type Frame } from './frame';
import { bsuid, isSomebody, NOBODY } from './people';

const NUMBER_CHANGES = new Set(['user_changed_number', 'customer_changed_number']);

/**
 * `type: "system"`: a change of number or BSUID, which carries no `contacts[]`; null for any other system line.
 * Before 11 Aug 2026 the previous BSUID is missing and only `from` → `wa_id` links the two (Meta, reference/messages/system).
 */
export function identityChange(frame: Frame, message: JsonObject): WebhookEvent | null {
  const system = object(message.system);
  const change = text(system?.type);
  if (!system || change === null) return null;
  const movedNumber = NUMBER_CHANGES.has(change);
  if (!movedNumber && change !== 'user_changed_user_id') return null;

  const oldDigits = metaDigits(message.from) ?? metaDigits(system.customer);
  const newDigits = metaDigits(system.wa_id) ?? metaDigits(system.new_wa_id);
  const previous = person(oldDigits, null, system.previous_user_id, system.previous_parent_user_id);
  const currentDigits = newDigits ?? (movedNumber ? null : oldDigits);
  const current = person(
    currentDigits,
    newDigits,
    system.user_id ?? message.from_user_id,
    system.parent_user_id ?? message.from_parent_user_id,
  );
  if (!isSomebody(previous) || !isSomebody(current)) return null;
  return {
    kind: 'identity.changed',
    ...envelope(frame, message.timestamp),
    wamid: identifier(message.id),
    previous,
    current,
    change,
    text: capText(text(system.body) ?? ''),
    raw: message,
  };
}

/** `value.user_id_update[]`: no longer a field one can subscribe to, still read when it shows up. */
export function userIdUpdate(frame: Frame, element: JsonObject): WebhookEvent {
  const userId = object(element.user_id);
  const parent = object(element.parent_user_id);
  const digits = metaDigits(element.wa_id);
  const previous = person(digits, digits, userId?.previous, parent?.previous);
  const current = person(digits, digits, userId?.current, parent?.current);
  if (previous.userId === null || current.userId === null) {
    return unknown(frame, 'user id update without both ids', element);
  }
  return {
    kind: 'identity.changed',
    ...envelope(frame, element.timestamp ?? frame.entryTime ?? undefined),
    wamid: null,
    previous,
    current,
    change: 'user_id_update',
    text: capText(text(element.detail) ?? ''),
    raw: element,
  };
}

function person(
  digits: string | null,
  waId: string | null,
  userId: unknown,
  parentUserId: unknown,
): Identity {
  return {
    ...NOBODY,
    phone: digits === null ? null : `+${digits}`,
    waId,
    userId: bsuid(userId),
    parentUserId: bsuid(parentUserId),
  };
}
