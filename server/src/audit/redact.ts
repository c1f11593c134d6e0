import { redact } from '../cloud-api/redact';

export const HIDDEN = '•••';

/** Whole values that must not be kept: credentials, and what people wrote to each other. */
const SECRET =
  /token$|secret|password|sealed|apikey|authorization|signature|credential|^pin$|^(verifytoken|accesstoken)/i;
const WORDS = /^(text|body|caption|message|messages|content|note|preview|snippet)$/i;
/** Fields whose name ends like a secret's and that hold none. */
const HARMLESS = /[Ll]ast_?4$|^has[A-Z]/;
const MAX_TEXT = 200;
const MAX_ITEMS = 50;
const MAX_DEPTH = 5;

/** Phone numbers as people and Meta write them: 8 to 15 digits, also with a plus and separators. */
const PHONE = /\+?\d(?:[ ().-]?\d){7,14}/g;

/** `+14155550123` → `+141•••23`: enough to tell two apart, too little to call. */
export const maskPhones = (value: string): string =>
  value.replace(PHONE, (phone) => {
    const digits = phone.replace(/\D/g, '');
    return `${phone.startsWith('+') ? '+' : ''}${digits.slice(0, 3)}${HIDDEN}${digits.slice(-2)}`;
  });

/** Ids of Meta's side look like phone numbers; they are no secret, and without them an entry says nothing. */
const ID = /(^|[a-z_])(id|ids)$|Id$|Ids$/;

const redactText = (key: string, value: string): string => {
  const safe = redact(value.slice(0, MAX_TEXT));
  return ID.test(key) ? safe : maskPhones(safe);
};

/**
 * A value as the audit trail may keep it: secrets and people's words become dots, phone numbers are masked, long things
 * are cut. `key` is the name of the field that it comes from.
 */
export const redactValue = (key: string, value: unknown, depth = 0): unknown => {
  if (value === null || value === undefined || typeof value === 'boolean') return value ?? null;
  if (!HARMLESS.test(key) && (SECRET.test(key) || WORDS.test(key))) return HIDDEN;
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return redactText(key, value);
  if (depth >= MAX_DEPTH) return HIDDEN;
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => redactValue(key, item, depth + 1));
  if (typeof value !== 'object') return HIDDEN;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MAX_ITEMS)
      .map(([name, item]) => [name, redactValue(name, item, depth + 1)]),
  );
};

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);

type Fields = Record<string, unknown>;

/**
 * Before and after of a change, reduced to the fields that differ and made safe. A secret that was replaced shows as dots
 * on both sides: that it changed is told, what it was is not.
 */
export const changedFields = (
  before: Fields | null | undefined,
  after: Fields | null | undefined,
): { before: Fields | null; after: Fields | null } => {
  const pick = (from: Fields | null | undefined, other: Fields | null | undefined): Fields | null => {
    if (!from) return null;
    const kept = Object.keys(from).filter((key) => !other || differs(from[key], other[key]));
    return Object.fromEntries(kept.map((key) => [key, redactValue(key, from[key])]));
  };
  return { before: pick(before, after), after: pick(after, before) };
};
