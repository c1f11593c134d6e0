import type { Identity, MessageReceived, PhoneAppEcho, WebhookEvent } from '../events';
import { identifier, isObject, object, text, type JsonObject } from '../read';
import { capText } from '../storable';
import { elementBody, readBody, typeOf } from './body';
import { envelope, unknown, type Frame, type Party } from './frame';
import { isSomebody } from './people';
import { identityChange } from './system';

/** One element of `messages[]`, `message_echoes[]` or a history thread. `person` is the other side, never the business. */
export function messageEvent(
  frame: Frame,
  message: JsonObject,
  person: Identity,
  party: Party,
): WebhookEvent {
  if (frame.phoneNumberId === null) return unknown(frame, 'message without phone_number_id', message);
  const wamid = identifier(message.id);
  if (wamid === null) return unknown(frame, 'message without id', message);
  switch (typeOf(message)) {
    case 'reaction':
      return reaction(frame, message, wamid, person, party);
    case 'edit':
      return edit(frame, message, wamid, person, party);
    case 'revoke':
      return revoke(frame, message, wamid, person, party);
    case 'system':
      return identityChange(frame, message) ?? plain(frame, message, wamid, person, party, 'nothing');
    case 'request_welcome':
      // The person only opened the chat; Meta documents it as opening the window all the same.
      return plain(frame, message, wamid, person, party, 'window');
    default:
      return plain(frame, message, wamid, person, party, 'utterance');
  }
}

function plain(
  frame: Frame,
  message: JsonObject,
  wamid: string,
  person: Identity,
  party: Party,
  worth: 'utterance' | 'window' | 'nothing',
): WebhookEvent {
  const body = elementBody(message);
  const groupId = identifier(message.group_id);
  if (groupId === null && !isSomebody(person)) return unknown(frame, 'message without a sender', message);
  const at = envelope(frame, message.timestamp);
  const received: MessageReceived = {
    // Spelt out: on the hot path spreading these keys together took half of the whole normaliser's time.
    kind: 'message.received',
    wabaId: at.wabaId,
    phoneNumberId: at.phoneNumberId,
    field: at.field,
    timestamp: at.timestamp,
    wamid,
    type: body.type,
    text: body.text,
    content: flagged(frame, message, body.content, party),
    media: body.media,
    replyTo: identifier(object(message.context)?.id),
    groupId,
    raw: message,
    sender: person,
    isUtterance: worth === 'utterance' && !party.history,
    opensWindow: worth !== 'nothing' && !party.history,
  };
  if (at.clockSuspect) received.clockSuspect = true;
  return party.from === 'contact' ? received : echoOf(received);
}

function echoOf(message: MessageReceived): PhoneAppEcho {
  const { sender, opensWindow: _never, isUtterance: _neither, ...rest } = message;
  return { ...rest, kind: 'message.echoed', recipient: sender };
}

function flagged(frame: Frame, message: JsonObject, content: Record<string, unknown>, party: Party) {
  if (frame.field === 'standby') return { ...content, standby: true };
  if (!party.history) return content;
  const status = text(object(message.history_context)?.status)?.toLowerCase();
  return status ? { ...content, history: true, historyStatus: status } : { ...content, history: true };
}

/** Taking a reaction back omits `emoji` or sends it empty (netflie/whatsapp-cloud-api#138). */
function reaction(
  frame: Frame,
  message: JsonObject,
  wamid: string,
  person: Identity,
  party: Party,
): WebhookEvent {
  const payload = object(message.reaction);
  const targetWamid = identifier(payload?.message_id);
  if (targetWamid === null) return unknown(frame, 'reaction without a target', message);
  return {
    kind: 'reaction.changed',
    ...envelope(frame, message.timestamp),
    wamid,
    targetWamid,
    emoji:
      typeof payload?.emoji === 'string' && payload.emoji !== '' ? capText(payload.emoji, MAX_EMOJI) : null,
    from: party.from,
    sender: person,
    groupId: identifier(message.group_id),
  };
}

/** The longest emoji sequences in use take about 35 UTF-16 units; more is not one. */
const MAX_EMOJI = 64;

function edit(
  frame: Frame,
  message: JsonObject,
  wamid: string,
  person: Identity,
  party: Party,
): WebhookEvent {
  const payload = object(message.edit);
  const targetWamid = identifier(payload?.original_message_id);
  const inner = payload?.message;
  if (targetWamid === null || !isObject(inner))
    return unknown(frame, 'edit without original or new content', message);
  return {
    kind: 'message.edited',
    ...envelope(frame, message.timestamp),
    wamid,
    targetWamid,
    from: party.from,
    sender: person,
    groupId: identifier(message.group_id),
    ...readBody(inner),
    raw: message,
  };
}

function revoke(
  frame: Frame,
  message: JsonObject,
  wamid: string,
  person: Identity,
  party: Party,
): WebhookEvent {
  const targetWamid = identifier(object(message.revoke)?.original_message_id);
  if (targetWamid === null) return unknown(frame, 'revoke without a target', message);
  return {
    kind: 'message.revoked',
    ...envelope(frame, message.timestamp),
    wamid,
    targetWamid,
    from: party.from,
    sender: person,
    groupId: identifier(message.group_id),
  };
}
