import type { AccountChanged, TemplateChanged, WebhookEvent } from '../events';
import { identifier, isObject, object, type JsonObject } from '../read';
import { envelope, unknown, type Frame } from './frame';
import { readErrors } from './meta-error';

/** Fields about templates (Meta, reference/message_template_*): which of them it is, the value tells better than the field. */
export const TEMPLATE_FIELDS: ReadonlySet<string> = new Set([
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
  'template_correct_category_detection',
]);

/** Fields about the account or a number as a whole. */
export const ACCOUNT_FIELDS: ReadonlySet<string> = new Set([
  'account_update',
  'account_alerts',
  'account_review_update',
  'account_settings_update',
  'business_capability_update',
  'phone_number_quality_update',
  'phone_number_name_update',
  'security',
]);

export function templateField(frame: Frame, change: JsonObject): WebhookEvent[] {
  if (!isObject(change.value)) return [unknown(frame, 'value is not an object', change)];
  // Meta's syntax block shows it beside `value`, live payloads inside.
  const beside = object(change.rejection_info);
  const value =
    beside && frame.value.rejection_info === undefined
      ? { ...frame.value, rejection_info: beside }
      : frame.value;
  const event: TemplateChanged = { kind: 'template.changed', ...envelope(frame, frame.entryTime), value };
  return [event];
}

export function accountField(frame: Frame, change: JsonObject): WebhookEvent[] {
  if (!isObject(change.value)) return [unknown(frame, 'value is not an object', change)];
  return [accountChanged(owner(frame), frame.value)];
}

/** `value.errors[]` beside messages: a problem of the account or app, never of a chat. */
export function accountErrors(frame: Frame, errors: unknown): WebhookEvent[] {
  const read = readErrors(errors);
  return read.length > 0 ? [accountChanged(frame, { errors: read })] : [];
}

/** `PARTNER_*` events may carry a partner's portfolio as entry id; the account is then inside the value. */
function owner(frame: Frame): Frame {
  const wabaId = identifier(object(frame.value.waba_info)?.waba_id);
  return wabaId === null ? frame : { ...frame, wabaId };
}

function accountChanged(frame: Frame, value: Record<string, unknown>): AccountChanged {
  return { kind: 'account.changed', ...envelope(frame, frame.entryTime), value };
}
