import type { WebhookEvent } from './events';
import { ACCOUNT_FIELDS, accountField, TEMPLATE_FIELDS, templateField } from './normalise/account';
import { echoEvents } from './normalise/echoes';
import { frameOf, unknown, type Frame } from './normalise/frame';
import { historyField } from './normalise/history';
import { messagesField } from './normalise/messages-field';
import { preferencesField } from './normalise/preferences';
import { identifier, isObject, list, type JsonObject } from './read';
import { storable } from './storable';

export { bestText } from './normalise/best-text';
export { elementBody } from './normalise/body';
export { NORMALISER_VERSION } from './normalise/version';

/** `entry[].id` of what the dashboard's "Test" button sends: accepted, never stored as a conversation. */
const DASHBOARD_TEST_WABA = '0';

/**
 * One parsed webhook body as a flat list of events, in the order of the body and within one change messages first.
 * Pure and total: never throws for any JSON value; what it cannot read becomes an `unknown` event with the reason.
 * `receivedAt`: milliseconds; later times in the body are brought back to it. All texts in the result can be stored
 * (no NUL, no lone surrogate).
 */
export function normaliseWebhook(body: unknown, receivedAt: number): WebhookEvent[] {
  const clean = storable(body);
  const outside = frameOf('', {}, undefined, receivedAt, { unknown: 0, overflow: null });
  if (!isObject(clean)) return [unknown(outside, 'body is not an object', clean)];
  if (clean.object !== 'whatsapp_business_account')
    return [unknown(outside, 'not a WhatsApp delivery', clean)];
  if (!Array.isArray(clean.entry)) return [unknown(outside, 'body without entries', clean)];
  const events = clean.entry.flatMap((entry) => entryEvents(entry, outside));
  const { overflow } = outside.tally;
  return overflow === null ? events : [...events.filter((event) => event !== overflow), overflow];
}

function entryEvents(entry: unknown, outside: Frame): WebhookEvent[] {
  if (!isObject(entry)) return [unknown(outside, 'entry is not an object', entry)];
  const wabaId = identifier(entry.id) ?? '';
  if (!Array.isArray(entry.changes)) return [unknown({ ...outside, wabaId }, 'entry without changes', entry)];
  return entry.changes.flatMap((change) => {
    if (!isObject(change)) return [unknown({ ...outside, wabaId }, 'change is not an object', change)];
    const frame = frameOf(wabaId, change, entry.time, outside.receivedAt, outside.tally);
    if (wabaId === DASHBOARD_TEST_WABA) return [unknown(frame, 'dashboard-test', change)];
    return changeEvents(frame, change);
  });
}

function changeEvents(frame: Frame, change: JsonObject): WebhookEvent[] {
  try {
    return fieldEvents(frame, change);
  } catch (error) {
    return [
      unknown(frame, `change could not be read: ${error instanceof Error ? error.name : 'error'}`, change),
    ];
  }
}

function fieldEvents(frame: Frame, change: JsonObject): WebhookEvent[] {
  const { field, value } = frame;
  switch (field) {
    case 'messages':
    case 'standby':
    case 'user_id_update':
      return messagesField(frame);
    case 'smb_message_echoes': {
      const events = echoEvents(frame, list(value.message_echoes), false);
      return events.length > 0 ? events : [unknown(frame, 'nothing known in value', value)];
    }
    case 'history':
      return historyField(frame);
    case 'user_preferences':
      return preferencesField(frame);
    default:
      if (TEMPLATE_FIELDS.has(field)) return templateField(frame, change);
      if (ACCOUNT_FIELDS.has(field)) return accountField(frame, change);
      return [unknown(frame, `field "${field.slice(0, 60)}"`, change)];
  }
}
