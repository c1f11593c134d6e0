import { parsePhoneNumberFromString, validatePhoneNumberLength } from 'libphonenumber-js';
import { isE164 } from '../cloud-api/identity-format';
import type { TypedPhone } from './contract';

type Problem = Extract<TypedPhone, { number: null }>['problem'];

/** Digits of every script, with what people put between and around them; at least three, so that "B2B" stays a name. */
const NUMBER_LIKE = /^[\s+＋\p{Nd}().\-–—/\u00a0\u200e\u202a-\u202c]*$/u;
const FEWEST_DIGITS = 3;

const PROBLEMS: Partial<Record<string, Problem>> = {
  TOO_LONG: 'too_long',
  INVALID_COUNTRY: 'unknown_code',
};

/** Pasted from a chat's link or a contact card. */
const withoutScheme = (text: string): string =>
  text.trim().replace(/^(tel:|https?:\/\/(wa\.me\/|api\.whatsapp\.com\/send\/?\?phone=))\+?/i, '+');

/** `00` is how a plus is dialled in most of the world. */
const withPlus = (text: string): string => text.replace(/^\s*00(?=\s*[1-9])/, '+').replace(/^\s*＋/, '+');

const problemOf = (text: string): Problem => PROBLEMS[validatePhoneNumberLength(text) ?? ''] ?? 'too_short';

/**
 * What somebody typed or pasted, read as a phone number; null when it is no number at all.
 * @param ownNumber E.164 of the number to write from: one that is typed as at home is taken to be of the same country
 */
export const readPhone = (typed: string, ownNumber: string): TypedPhone | null => {
  const text = withPlus(withoutScheme(typed));
  const digits = text.match(/\p{Nd}/gu) ?? [];
  if (!NUMBER_LIKE.test(text) || digits.length < FEWEST_DIGITS) return null;
  const international = text.trim().startsWith('+');
  const home = parsePhoneNumberFromString(ownNumber)?.country;
  const parsed = parsePhoneNumberFromString(text, international ? undefined : home);
  if (parsed && isE164(parsed.number) && (international || parsed.isValid())) {
    const { number, country } = parsed;
    return { number, formatted: parsed.formatInternational(), country: country ?? null, problem: null };
  }
  return { number: null, problem: international ? problemOf(text) : 'no_country_code' };
};
