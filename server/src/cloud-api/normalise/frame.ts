import { metaDigits } from '../identity-format';
import type { UnknownEvent } from '../events';
import { identifier, list, number, object, text, type JsonObject } from '../read';
import { capText } from '../storable';
import { contactIndex, MAX_NAME_LENGTH, type ContactIndex } from './people';

/** What all elements of one `changes[]` item share. */
export interface Frame {
  wabaId: string;
  phoneNumberId: string | null;
  field: string;
  value: JsonObject;
  receivedAt: number;
  /** Digits of our own number, to tell what the business wrote itself. */
  businessDigits: string | null;
  contacts: ContactIndex;
  /** `entry[].time`; missing on most message deliveries. */
  entryTime: unknown;
  tally: Tally;
}

/** A signed body of millions of broken elements must not become millions of events: counted over the delivery. */
export interface Tally {
  unknown: number;
  /** Stands for every element past the limit. */
  overflow: UnknownEvent | null;
}

const MAX_UNKNOWN = 1000;

/** The business typed it in its phone app, or a person wrote it; and whether it is new or imported. */
export interface Party {
  from: 'contact' | 'business';
  history: boolean;
}

export interface Envelope {
  wabaId: string;
  phoneNumberId: string | null;
  field: string;
  timestamp: number;
  clockSuspect?: true;
}

export function frameOf(
  wabaId: string,
  change: JsonObject,
  entryTime: unknown,
  receivedAt: number,
  tally: Tally,
): Frame {
  const value = object(change.value) ?? {};
  const metadata = object(value.metadata);
  return {
    wabaId,
    phoneNumberId: identifier(metadata?.phone_number_id),
    field: capText(text(change.field) ?? '', MAX_NAME_LENGTH),
    value,
    receivedAt,
    businessDigits: digitsOfDisplayNumber(metadata?.display_phone_number),
    contacts: contactIndex(list(value.contacts)),
    entryTime,
    tally,
  };
}

/** The display number comes with or without `+`, spaces, hyphens and brackets. */
function digitsOfDisplayNumber(value: unknown): string | null {
  return metaDigits((text(value) ?? '').replace(/[\s()+-]/g, ''));
}

export function isBusiness(frame: Frame, address: unknown): boolean {
  return frame.businessDigits !== null && metaDigits(address) === frame.businessDigits;
}

/** Above this a number counts milliseconds; as seconds it would be the year 33658. */
const MILLISECONDS_FROM = 1e12;
/** WhatsApp did not exist before 2009: an older time is a defect, not a date. */
const EARLIEST = Date.UTC(2009, 0, 1);
/** Clocks differ by seconds; by minutes something is wrong. */
const TOLERATED_LEAD_MS = 5 * 60 * 1000;

/** Milliseconds from Meta's seconds or milliseconds, number or text; null when unreadable. Not clamped. */
export function instant(value: unknown): number | null {
  const read = number(value);
  if (read === null) return null;
  const ms = Math.floor(read >= MILLISECONDS_FROM ? read : read * 1000);
  return ms >= EARLIEST ? ms : null;
}

/** The shared keys of an event; `time` unreadable or ahead of us becomes the time of receipt. */
export function envelope(frame: Frame, time: unknown): Envelope {
  const { wabaId, phoneNumberId, field, receivedAt } = frame;
  const at = instant(time);
  const timestamp = at === null || at > receivedAt ? receivedAt : at;
  const suspect = (at === null && time !== undefined) || (at !== null && at > receivedAt + TOLERATED_LEAD_MS);
  return suspect
    ? { wabaId, phoneNumberId, field, timestamp, clockSuspect: true }
    : { wabaId, phoneNumberId, field, timestamp };
}

/** What could not be read, with the reason; past a thousand of them in one delivery, one shared event. */
export function unknown(frame: Frame, reason: string, raw: unknown): UnknownEvent {
  const { tally } = frame;
  tally.unknown += 1;
  if (tally.overflow !== null) return tally.overflow;
  const time = object(raw)?.timestamp;
  const event: UnknownEvent = {
    kind: 'unknown',
    ...envelope(frame, time ?? frame.entryTime ?? undefined),
    reason,
    raw,
  };
  if (tally.unknown <= MAX_UNKNOWN) return event;
  tally.overflow = { ...event, reason: 'more elements were not understood', raw: null };
  return tally.overflow;
}
