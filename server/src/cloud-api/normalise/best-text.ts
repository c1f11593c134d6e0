import { isObject, list, number, object, text, type JsonObject } from '../read';
import { capText } from '../storable';

/**
 * The best plain-text rendering of one message element of Meta's (cloud-api types, edits' inner messages included):
 * body, caption, label of the tapped button or row, form note, place, names on contact cards. Empty for what
 * says nothing in words (reactions, stickers, unsupported kinds). At most 65,536 characters.
 */
export function bestText(message: JsonObject): string {
  const found = reader(message.type)?.(message);
  return typeof found === 'string' ? capText(found) : '';
}

type Reader = (message: JsonObject) => string | null;

const caption =
  (key: string): Reader =>
  (message) =>
    text(object(message[key])?.caption);

const READERS: ReadonlyMap<unknown, Reader> = new Map<unknown, Reader>([
  ['text', (message) => text(object(message.text)?.body)],
  ['image', caption('image')],
  ['video', caption('video')],
  ['audio', caption('audio')],
  ['document', caption('document')],
  ['button', buttonText],
  ['interactive', interactiveText],
  ['order', (message) => text(object(message.order)?.text)],
  ['system', (message) => text(object(message.system)?.body)],
  ['location', locationText],
  ['contacts', (message) => list(message.contacts).map(cardName).filter(Boolean).join(', ')],
]);

function reader(type: unknown): Reader | undefined {
  return READERS.get(type);
}

function buttonText(message: JsonObject): string | null {
  const button = object(message.button);
  return text(button?.text) ?? text(button?.payload);
}

function interactiveText(message: JsonObject): string | null {
  const interactive = object(message.interactive);
  const reply = object(interactive?.button_reply) ?? object(interactive?.list_reply);
  return text(reply?.title) ?? text(object(interactive?.nfm_reply)?.body);
}

function locationText(message: JsonObject): string | null {
  const location = object(message.location);
  const named = [text(location?.name), text(location?.address)].filter(Boolean).join(', ');
  if (named !== '') return named;
  const latitude = number(location?.latitude);
  const longitude = number(location?.longitude);
  return latitude === null || longitude === null ? null : `${latitude}, ${longitude}`;
}

/** The name on a card; nearly everything on it is optional, the name included. */
export function cardName(card: unknown): string | null {
  if (!isObject(card)) return null;
  const name = object(card.name);
  const spelt = [text(name?.first_name), text(name?.last_name)].filter(Boolean).join(' ');
  return text(name?.formatted_name) ?? (spelt || text(object(card.org)?.company) || firstPhone(card));
}

function firstPhone(card: JsonObject): string | null {
  return text(object(list(card.phones)[0])?.phone);
}
