const HIDDEN = '•••';

/** Fields of Meta's webhooks whose texts are the protocol's own words or ids, never a person's. */
const SHOWN = new Set(
  (
    'object field type status event timestamp time messaging_product code title href category pricing_model billable ' +
    'phone_number_id mime_type sha256 voice animated language message_template_language message_template_name ' +
    'message_template_id previous_category new_category message_template_category current_limit old_limit ' +
    'max_daily_conversations_per_business requested_verified_name_decision decision quality_score new_quality_score ' +
    'previous_quality_score ban_state waba_ban_state restriction_type alert_type alert_severity alert_status ' +
    'entity_type violation_type action unsupported errors_type expiration_timestamp source_type media_type ' +
    'frequently_forwarded forwarded button_type emoji_count phase progress chunk_order history_sync'
  ).split(' '),
);
/** Numbers that say where somebody is. */
const PLACE = /^(latitude|longitude)$/;
/** `id` means a wamid, a person or a business, depending on where it stands. A wamid holds the phone number. */
const tail = (text: string): string => (text.length > 12 ? `…${text.slice(-6)}` : HIDDEN);
const safeKey = (key: string): string => (/^[\w.-]{1,64}$/.test(key) && !/\d{6}/.test(key) ? key : HIDDEN);

const hideText = (text: string): string => (text === '' ? '' : `${HIDDEN} (${text.length})`);

const redactField = (key: string, value: unknown, inEntry: boolean): unknown => {
  if (typeof value === 'string') {
    if (SHOWN.has(key)) return value.slice(0, 200);
    // The id of an `entry` is the business account.
    if (key === 'id') return inEntry ? value.slice(0, 32) : tail(value);
    return hideText(value);
  }
  if (typeof value === 'number') return PLACE.test(key) || Math.abs(value) > 1e11 ? HIDDEN : value;
  if (Array.isArray(value)) return value.map((item) => redactAny(key, item));
  if (typeof value === 'object' && value !== null) return redactAny(key, value);
  return value;
};

const redactAny = (key: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => redactAny(key, item));
  if (typeof value !== 'object' || value === null) return redactField(key, value, false);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [safeKey(name), redactField(name, item, key === 'entry')]),
  );
};

/** Any JSON value by the rule of `redactPayload`. */
export const redactValue = (value: unknown): unknown => redactAny('', value);

/**
 * A webhook body with its shape, kinds, states, times and error codes, and without anything that a person wrote or is
 * known by: what is not on the list of harmless fields shows its length only. What is no JSON shows its size only.
 */
export const redactPayload = (body: Buffer, indent = 2): string => {
  try {
    return JSON.stringify(redactValue(JSON.parse(body.toString('utf8'))), null, indent);
  } catch {
    return JSON.stringify({ notJson: true, bytes: body.length });
  }
};
