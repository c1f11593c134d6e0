/** Reads a text field of a message's type-specific content; '' when absent. */
export const textOf = (content: Record<string, unknown>, ...names: string[]): string => {
  for (const name of names) {
    const value = content[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
};

export const numberOf = (content: Record<string, unknown>, name: string): number | null => {
  const value = content[name];
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
};

export const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

export const listOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.map(recordOf) : [];

/** Takes characters out of a file name that could make it read backwards ("gpj.exe"). */
export const safeFileName = (name: string): string =>
  name.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '');

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export const fileSize = (bytes: number, locale: string): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[unit],
    // The short form of bytes has no plural in English ("900 byte").
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
};

const MAX_WIDTH = 330;
const MAX_HEIGHT = 320;

/**
 * The place a picture takes in the thread, px: its own shape within 330 × 320, 4:3 when the size is unknown. Reserved
 * before the bytes arrive, so that nothing moves.
 */
export const mediaBox = (width: number | null, height: number | null): { width: number; height: number } => {
  const [w, h] = width && height && width > 0 && height > 0 ? [width, height] : [4 * 80, 3 * 80];
  const scale = Math.min(1, MAX_WIDTH / w, MAX_HEIGHT / h);
  return { width: Math.max(80, Math.round(w * scale)), height: Math.max(60, Math.round(h * scale)) };
};
