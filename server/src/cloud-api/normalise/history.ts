import type { WebhookEvent } from '../events';
import { isObject, list, object, text, type JsonObject } from '../read';
import { accountErrors } from './account';
import { each } from './each';
import { echoEvents } from './echoes';
import { isBusiness, unknown, type Frame } from './frame';
import { messageEvent } from './message';
import { incoming } from './messages-field';
import { contactIndex, identify } from './people';

/**
 * Field `history`: chats of the phone app's past, in chunks of no order, and later their media as top-level
 * `messages`/`message_echoes` with the same wamids (Meta, reference/history).
 */
export function historyField(frame: Frame): WebhookEvent[] {
  const { value } = frame;
  const events = [
    ...list(value.history).flatMap((chunk) => chunkEvents(frame, chunk)),
    ...incoming(frame, list(value.messages), true),
    ...echoEvents(frame, list(value.message_echoes), true),
    ...accountErrors(frame, value.errors),
  ];
  const understood = events.length > 0 || Array.isArray(value.history);
  return understood ? events : [unknown(frame, 'nothing known in value', value)];
}

function chunkEvents(frame: Frame, chunk: unknown): WebhookEvent[] {
  if (!isObject(chunk)) return [unknown(frame, 'history chunk is not an object', chunk)];
  if (chunk.threads !== undefined && !Array.isArray(chunk.threads)) {
    return [unknown(frame, '"threads" is not an array', chunk)];
  }
  return [
    ...list(chunk.threads).flatMap((thread) => threadEvents(frame, thread)),
    ...accountErrors(frame, chunk.errors),
  ];
}

function threadEvents(frame: Frame, thread: unknown): WebhookEvent[] {
  if (!isObject(thread)) return [unknown(frame, 'history thread is not an object', thread)];
  const context = object(thread.context);
  const contact = threadContact(thread, context);
  const people = contactIndex(contact ? [contact] : []);
  return each(frame, list(thread.messages), (message) => {
    const ours = isOurs(frame, message);
    const named = ours
      ? { address: message.to ?? thread.id, userId: message.to_user_id ?? context?.user_id }
      : { address: message.from ?? thread.id, userId: message.from_user_id ?? context?.user_id };
    const person = identify(named, people, true);
    return messageEvent(frame, message, person, { from: ours ? 'business' : 'contact', history: true });
  });
}

/** The thread's own note of the person, in the shape of a `contacts[]` element. */
function threadContact(thread: JsonObject, context: JsonObject | null): JsonObject | null {
  if (context === null) return null;
  return { ...context, wa_id: context.wa_id ?? thread.id, profile: { username: text(context.username) } };
}

/** Only what the business wrote has an addressee; `from` alone fails once a display number was re-formatted. */
function isOurs(frame: Frame, message: JsonObject): boolean {
  return isBusiness(frame, message.from) || (addressed(message) && !isBusiness(frame, message.to));
}

function addressed(message: JsonObject): boolean {
  return text(message.to) !== null || text(message.to_user_id) !== null;
}
