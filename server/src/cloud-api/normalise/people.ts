import { isBsuid, metaDigits } from '../identity-format';
import type { Identity } from '../events';
import { isObject, object, text, type JsonObject } from '../read';
import { capText } from '../storable';

/** The identifiers that an element itself gives for a person. */
export interface Named {
  /** `from`, `recipient_id`, `to`: a phone number, absent for username users. */
  address: unknown;
  userId: unknown;
  parentUserId?: unknown;
}

export interface ContactIndex {
  byUserId: Map<string, JsonObject>;
  byDigits: Map<string, JsonObject>;
  /** The one contact of a value that lists exactly one. */
  only: JsonObject | null;
}

export const NOBODY: Readonly<Identity> = Object.freeze({
  phone: null,
  waId: null,
  userId: null,
  parentUserId: null,
  username: null,
  profileName: null,
});

/** Names are shown, never matched; longer ones do not fit an indexed column. */
export const MAX_NAME_LENGTH = 255;

/** `contacts[]` is not aligned with `messages[]` by position (Meta, webhooks/reference/messages): look up by id. */
export function contactIndex(contacts: unknown[]): ContactIndex {
  const index: ContactIndex = { byUserId: new Map(), byDigits: new Map(), only: null };
  for (const contact of contacts) {
    if (!isObject(contact)) continue;
    if (isBsuid(contact.user_id)) index.byUserId.set(contact.user_id, contact);
    const digits = metaDigits(contact.wa_id);
    if (digits !== null) index.byDigits.set(digits, contact);
  }
  if (contacts.length === 1) index.only = object(contacts[0]);
  return index;
}

/**
 * Who is meant, from the element's own ids and the contact that belongs to it.
 * `alone`: all elements of the array name the same person, so a single contact must be theirs even when Meta spells
 * the number differently there (Brazil, Mexico, Argentina).
 */
export function identify(named: Named, index: ContactIndex, alone: boolean): Identity {
  // Not documented, but a BSUID put where the phone belongs must not lose its person.
  const strayBsuid = isBsuid(named.address) ? named.address : null;
  const ownUserId = isBsuid(named.userId) ? named.userId : strayBsuid;
  const ownDigits = metaDigits(named.address);
  const contact = contactOf(ownUserId, ownDigits, index, alone);
  const waId = metaDigits(contact?.wa_id);
  const digits = ownDigits ?? waId;
  const profile = object(contact?.profile);
  return {
    phone: digits === null ? null : `+${digits}`,
    waId,
    userId: ownUserId ?? bsuid(contact?.user_id),
    parentUserId: bsuid(named.parentUserId) ?? bsuid(contact?.parent_user_id),
    username: name(profile?.username) ?? name(contact?.username),
    profileName: name(profile?.name),
  };
}

function contactOf(
  userId: string | null,
  digits: string | null,
  index: ContactIndex,
  alone: boolean,
): JsonObject | null {
  const byUserId = userId === null ? undefined : index.byUserId.get(userId);
  if (byUserId) return byUserId;
  const byDigits = digits === null ? undefined : index.byDigits.get(digits);
  if (byDigits) return byDigits;
  if (index.only === null) return null;
  const contradicts = userId !== null && isBsuid(index.only.user_id) && index.only.user_id !== userId;
  const nameless = userId === null && digits === null;
  return !contradicts && (alone || nameless) ? index.only : null;
}

/** Whether every element of a webhook array names the same person under these keys. */
export function allAlike(elements: unknown[], addressKey: string, userIdKey: string): boolean {
  const first = object(elements[0]);
  return elements.every(
    (element) =>
      isObject(element) &&
      element[addressKey] === first?.[addressKey] &&
      element[userIdKey] === first?.[userIdKey],
  );
}

/** Whether anything is known that a conversation could be kept under. */
export function isSomebody(person: Identity): boolean {
  return (person.phone ?? person.waId ?? person.userId ?? person.parentUserId) !== null;
}

export function bsuid(value: unknown): string | null {
  return isBsuid(value) ? value : null;
}

function name(value: unknown): string | null {
  const read = text(value);
  return read === null ? null : capText(read, MAX_NAME_LENGTH);
}
