import type { BindableField, ValueFormat } from '../../../../server/src/template-use/contract';

/** Formats to choose from, by a short name; what a field cannot be written as is left out. */
export const FORMATS = {
  text: { as: 'text' },
  number: { as: 'number' },
  currency: { as: 'currency', currency: 'EUR' },
  short: { as: 'date', style: 'short' },
  medium: { as: 'date', style: 'medium' },
  long: { as: 'date', style: 'long' },
  full: { as: 'date', style: 'full' },
  mediumTime: { as: 'date', style: 'medium', time: true },
  longTime: { as: 'date', style: 'long', time: true },
} as const satisfies Record<string, ValueFormat>;

export type FormatName = keyof typeof FORMATS;

const DATES: FormatName[] = ['short', 'medium', 'long', 'full'];

export const formatsFor = (type: BindableField['type']): FormatName[] => {
  if (type === 'number') return ['text', 'number', 'currency'];
  if (type === 'date') return DATES;
  return type === 'datetime' ? [...DATES, 'mediumTime', 'longTime'] : [];
};

/** The name of a format as it is kept; 'text' for none. */
export const formatName = (format: ValueFormat | undefined): FormatName => {
  if (!format || format.as === 'text') return 'text';
  if (format.as !== 'date') return format.as;
  if (!format.time) return format.style;
  return format.style === 'long' || format.style === 'full' ? 'longTime' : 'mediumTime';
};

/** Keeps the currency that was chosen before. */
export const toFormat = (name: FormatName, before: ValueFormat | undefined): ValueFormat =>
  name === 'currency' && before?.as === 'currency' ? before : FORMATS[name];

/** ISO 4217 has three capital letters. */
export const isCurrency = (code: string): boolean => /^[A-Z]{3}$/.test(code);
