import { parsePhoneNumberFromString } from 'libphonenumber-js';

const E164 = /^\+[1-9]\d{6,14}$/;

// Meta, business-scoped-user-ids: two-letter country, dot, optional ENT., up to 128 letters and digits. Case matters.
const BSUID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

// Shorter than 6 or longer than E.164's 15 digits is no number a person could be reached at.
const META_DIGITS = /^\+?(\d{6,15})$/;

/** Strict E.164 (`+`, 7–15 digits, no leading zero) whose length is possible in its country. */
export function isE164(value: unknown): value is string {
  if (typeof value !== 'string' || !E164.test(value)) return false;
  const parsed = parsePhoneNumberFromString(value);
  return parsed !== undefined && parsed.number === value && parsed.isPossible();
}

/** A business-scoped user id, own or parent. Never lower-case it or strip its dot: it would name someone else. */
export function isBsuid(value: unknown): value is string {
  return typeof value === 'string' && BSUID.test(value);
}

/**
 * The digits of a number as Meta writes it in webhooks (6–15, `+` optional, also a JSON number), else null.
 * Not a validator for what people type: Meta's own spelling is believed as it is.
 */
export function metaDigits(value: unknown): string | null {
  const spelt = typeof value === 'number' ? String(value) : value;
  if (typeof spelt !== 'string') return null;
  const match = META_DIGITS.exec(spelt);
  return match ? match[1] : null;
}

/** A number for logs: `+15550100177` → `+1555•••0177`; short or odd ones show less. */
export function maskPhone(value: unknown): string {
  const digits = metaDigits(value);
  if (digits === null) return '•••';
  const shown = digits.length >= 10 ? 4 : 2;
  return `+${digits.slice(0, shown)}•••${digits.slice(-shown)}`;
}
