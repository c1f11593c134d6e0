import type { DeliveryEvidence, WebhookEvent } from '../events';
import { OPAQUE_DATA_MAX } from '../limits';
import { bool, compact, identifier, object, text, type JsonObject } from '../read';
import { envelope, instant, unknown, type Frame } from './frame';
import { readErrors } from './meta-error';
import { identify } from './people';

const EVIDENCE: ReadonlySet<string> = new Set(['sent', 'delivered', 'read', 'played', 'failed']);

/** One element of `statuses[]`. Payment states share the array and some words, but say nothing about delivery. */
export function statusEvent(frame: Frame, status: JsonObject, alone: boolean): WebhookEvent {
  if (status.type === 'payment') return unknown(frame, 'payment status', status);
  if (frame.phoneNumberId === null) return unknown(frame, 'status without phone_number_id', status);
  const wamid = identifier(status.id);
  if (wamid === null) return unknown(frame, 'status without id', status);
  const state = text(status.status)?.toLowerCase() ?? '';
  if (!isEvidence(state)) return unknown(frame, `status "${state.slice(0, 40)}"`, status);
  const inGroup = status.recipient_type === 'group';
  return {
    kind: 'status.changed',
    ...envelope(frame, status.timestamp),
    wamid,
    status: state,
    recipient: inGroup ? participant(frame, status) : recipient(frame, status, alone),
    groupId: inGroup ? identifier(status.recipient_id) : null,
    opaque: opaqueData(status.biz_opaque_callback_data),
    error: readErrors(status.errors)[0] ?? null,
    pricing: readPricing(status),
  };
}

function isEvidence(state: string): state is DeliveryEvidence {
  return EVIDENCE.has(state);
}

/** Both spellings of the parent id are in Meta's samples. */
function recipient(frame: Frame, status: JsonObject, alone: boolean) {
  const named = {
    address: status.recipient_id,
    userId: status.recipient_user_id,
    parentUserId: status.recipient_parent_user_id ?? status.parent_recipient_user_id,
  };
  return identify(named, frame.contacts, alone);
}

function participant(frame: Frame, status: JsonObject) {
  const named = {
    address: status.recipient_participant_id ?? status.participant_recipient_id,
    userId: status.recipient_participant_user_id ?? status.participant_recipient_user_id,
  };
  return identify(named, frame.contacts, false);
}

function opaqueData(value: unknown): string | null {
  const read = text(value);
  return read !== null && read.length <= OPAQUE_DATA_MAX ? read : null;
}

/** `billable` is being retired: `type` says the same. Group sends put `pricing` inside `conversation` at times. */
function readPricing(status: JsonObject): Record<string, unknown> | null {
  const conversation = object(status.conversation);
  const pricing = object(status.pricing) ?? object(conversation?.pricing);
  if (pricing === null && conversation === null) return null;
  const type = text(pricing?.type);
  return compact({
    billable: bool(pricing?.billable) ?? (type === null ? null : type === 'regular'),
    model: text(pricing?.pricing_model),
    type,
    category: text(pricing?.category)?.replace(
      'authentication_international',
      'authentication-international',
    ),
    conversationId: text(conversation?.id),
    conversationOrigin: text(object(conversation?.origin)?.type),
    conversationExpiresAt: instant(conversation?.expiration_timestamp),
  });
}
