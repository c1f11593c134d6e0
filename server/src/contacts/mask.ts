/** Country codes of one and two digits (ITU-T E.164); all others have three. */
const SHORT_CODES = /^(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

const FEWEST_DIGITS = 7;

/** Digits of every script: a profile name may be a number in Arabic ones. */
const DIGIT = /\p{Nd}/gu;
/** A number as people write it: seven to fifteen digits with the usual separators between them. */
const NUMBER = /(?<!\p{Nd})\+?\(?\p{Nd}(?:[\s().\-/\u00a0]{0,2}\p{Nd}){6,14}(?!\p{Nd})/gu;

const digitsIn = (text: string): string => (text.match(DIGIT) ?? []).join('');

/**
 * What somebody without the right sees of a number: `+905321234567` → `+90 ••• •• 67`. Equal for all numbers of a country
 * with the same two last digits, whatever their length. Shorter things than a number become dots alone.
 */
export const maskPhone = (phone: string): string => {
  const digits = digitsIn(phone);
  if (digits.length < FEWEST_DIGITS) return '•••';
  const bare = digits.replace(/^00/, '');
  // A national spelling does not tell its country.
  const code = /^[1-9]/.test(bare) ? (SHORT_CODES.exec(bare)?.[0] ?? bare.slice(0, 3)) : '';
  const international = isInternational(phone);
  return `${international ? '+' : ''}${code} ••• •• ${digits.slice(-2)}`.trim();
};

const isInternational = (phone: string): boolean => /^\s*(\+|00)/.test(phone);

/** One that stands in a text: without a plus its first digits may be an area's. */
const maskFound = (found: string): string =>
  isInternational(found) ? maskPhone(found) : `••• •• ${digitsIn(found).slice(-2)}`;

/** Numbers within a text: a name that is one, a line of the system, a contact card. */
export const maskNumbers = (text: string): string => text.replace(NUMBER, maskFound);

/** Whether two spellings can be the same line: equal, or one without the country's code or the national zero. */
const isSame = (a: string, b: string): boolean => {
  const [short, long] = [a, b].map((digits) => digits.replace(/^0+/, '')).sort((x, y) => x.length - y.length);
  return short.length >= FEWEST_DIGITS && long.endsWith(short);
};

/**
 * Numbers within what somebody wrote. Order numbers and the like stay: only what is in international form, or is one of
 * `own` (digits) in any spelling, is masked.
 */
export const maskOwnNumbers = (text: string, own: readonly string[]): string =>
  text.replace(NUMBER, (found) => {
    const digits = digitsIn(found);
    const masked = isInternational(found) || own.some((number) => isSame(number, digits));
    return masked ? maskFound(found) : found;
  });

/** Fields that hold a number and nothing else, in our spelling and in Meta's. */
const PHONE_FIELD = /^(phone|phone_?number|wa_?id|new_?wa_?id|display_?phone_?number|customer)$/i;
/** Row ids and times are long numbers too. */
const OWN_FIELD =
  /^(id|(conversation|integration|message|contact|author|assignee|upload|media|user|parentUser)Id|at|.*At|timestamp)$/;
/** Meta's message id is base64, and the person's number stands in it. */
const isWamid = (value: string): boolean => value.startsWith('wamid.');

export interface MaskOptions {
  /** Digits of the person's own numbers. */
  own: readonly string[];
  /** Texts hold numbers as such (system lines, contact cards), not by chance. */
  strict?: boolean;
}

const maskField = (field: string, value: string, { own, strict }: MaskOptions): string | null => {
  if (isWamid(value)) return null;
  if (PHONE_FIELD.test(field)) return maskPhone(value);
  // A link of our own, signed as it is.
  if (OWN_FIELD.test(field) || (field === 'url' && value.startsWith('/'))) return value;
  return strict ? maskNumbers(value) : maskOwnNumbers(value, own);
};

/** The same thing without full phone numbers, however deep they lie. */
export const maskDeep = <T>(value: T, options: MaskOptions, field = ''): T => {
  if (typeof value === 'string') return maskField(field, value, options) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => maskDeep(item, options, field)) as T;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      name === 'raw' ? null : maskDeep<unknown>(item, options, name),
    ]),
  ) as T;
};

/** Digits of the numbers that a person goes by, for `own`. */
export const ownNumbers = (...numbers: (string | null | undefined)[]): string[] =>
  numbers.map((number) => digitsIn(number ?? '')).filter((digits) => digits.length >= FEWEST_DIGITS);
