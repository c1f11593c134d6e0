import type { ValueFormat } from './contract';

/** In what a value is written: the template's language and the organization's clock. */
export interface Writing {
  /** As Meta spells it, `pt_BR`. */
  language: string;
  /** IANA name. */
  timeZone: string;
}

export type Written = { text: string } | { problem: 'not_a_number' | 'not_a_date' };

/** Meta's code as a language tag that Intl knows; English for one that it does not. */
export const languageTag = (metaCode: string): string => {
  try {
    return Intl.getCanonicalLocales(metaCode.replace(/_/g, '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
};

const YES_NO: Record<string, [string, string]> = {
  ar: ['نعم', 'لا'],
  de: ['Ja', 'Nein'],
  en: ['Yes', 'No'],
  es: ['Sí', 'No'],
  fr: ['Oui', 'Non'],
  hi: ['हाँ', 'नहीं'],
  id: ['Ya', 'Tidak'],
  it: ['Sì', 'No'],
  nl: ['Ja', 'Nee'],
  pt: ['Sim', 'Não'],
  ru: ['Да', 'Нет'],
  tr: ['Evet', 'Hayır'],
};

const truthOf = (value: boolean, language: string): string =>
  (YES_NO[languageTag(language).split('-')[0]] ?? YES_NO.en)[value ? 0 : 1];

const numberOf = (value: unknown): number =>
  typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const zoneOrUtc = (timeZone: string): string => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
};

const asDate = (
  value: unknown,
  style: 'short' | 'medium' | 'long' | 'full',
  withTime: boolean,
  { language, timeZone }: Writing,
): Written => {
  const at = value instanceof Date ? value : new Date(typeof value === 'number' ? value : String(value));
  if (value === null || value === undefined || Number.isNaN(at.getTime())) return { problem: 'not_a_date' };
  // A day is the same day everywhere: only a moment is read on the organization's clock.
  const isDay = typeof value === 'string' && DAY.test(value);
  const format = new Intl.DateTimeFormat(languageTag(language), {
    dateStyle: style,
    ...(withTime && !isDay ? { timeStyle: 'short' as const } : {}),
    timeZone: isDay ? 'UTC' : zoneOrUtc(timeZone),
  });
  return { text: format.format(at) };
};

const asNumber = (value: unknown, options: Intl.NumberFormatOptions, language: string): Written => {
  const number = numberOf(value);
  if (!Number.isFinite(number)) return { problem: 'not_a_number' };
  return { text: new Intl.NumberFormat(languageTag(language), options).format(number) };
};

/** A time of day is the same everywhere too: "13:45:00.000" as people write it. */
const asTimeOfDay = (value: string, { language }: Writing): Written => {
  const at = new Date(`1970-01-01T${value}Z`);
  if (Number.isNaN(at.getTime())) return { text: value };
  const format = new Intl.DateTimeFormat(languageTag(language), { timeStyle: 'short', timeZone: 'UTC' });
  return { text: format.format(at) };
};

const DATES = new Set(['date', 'datetime', 'timestamp']);

/**
 * Writes one value for the person who reads it. `type` is the field's in Strapi: without a format, dates are written out in
 * the template's language and everything else stays as it is (an order number is no number to group in thousands).
 */
export const writeValue = (
  value: string | number | boolean | Date,
  type: string,
  format: ValueFormat | undefined,
  writing: Writing,
): Written => {
  if (typeof value === 'boolean') return { text: truthOf(value, writing.language) };
  switch (format?.as) {
    case 'number': {
      const { decimals } = format;
      const digits =
        decimals === undefined ? {} : { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
      return asNumber(value, digits, writing.language);
    }
    case 'currency':
      return asNumber(value, { style: 'currency', currency: format.currency }, writing.language);
    case 'date':
      return asDate(value, format.style, format.time === true, writing);
    case 'text':
      return { text: value instanceof Date ? value.toISOString() : String(value) };
    default:
      if (type === 'time' && typeof value === 'string') return asTimeOfDay(value, writing);
      return DATES.has(type)
        ? asDate(value, 'medium', type !== 'date', writing)
        : { text: value instanceof Date ? value.toISOString() : String(value) };
  }
};
