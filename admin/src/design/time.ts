/** The viewer's calendar day, `2026-11-22`; a key, never shown. */
export const localDay = (at: number): string => {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** Whole calendar days between two moments in the viewer's zone; DST days count as one. */
export const daysBetween = (earlier: number, later: number): number =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / 86_400_000);

const formatters = new Map<string, Intl.DateTimeFormat>();
const formatter = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = locale + JSON.stringify(options);
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
};

export const timeOfDay = (at: number, locale: string): string =>
  formatter(locale, { timeStyle: 'short' }).format(at);

export const fullDateTime = (at: number, locale: string): string =>
  formatter(locale, { dateStyle: 'full', timeStyle: 'short' }).format(at);

/** With seconds: for records that are read closely. */
export const exactDateTime = (at: number, locale: string): string =>
  formatter(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);

/** Day and time in few words: for what is to come. */
export const shortDateTime = (at: number, locale: string): string =>
  formatter(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at);

const relativeDay = (days: number, locale: string): string => {
  const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day');
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
};

/** "Today", "Yesterday", the weekday within 7 days, then the full date. */
export const dayLabel = (at: number, now: number, locale: string): string => {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1) return relativeDay(days, locale);
  if (days > 1 && days < 7) return formatter(locale, { weekday: 'long' }).format(at);
  return formatter(locale, { dateStyle: 'long' }).format(at);
};

/** Time column of a list row: time today, "Yesterday", weekday within 7 days, then a short date. */
export const listTime = (at: number, now: number, locale: string): string => {
  const days = daysBetween(at, now);
  if (days <= 0) return timeOfDay(at, locale);
  if (days === 1) return relativeDay(1, locale);
  if (days < 7) return formatter(locale, { weekday: 'short' }).format(at);
  return formatter(locale, { dateStyle: 'short' }).format(at);
};
