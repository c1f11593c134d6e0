import type { BusinessHours, HoursSpan, Weekday } from './contract';

export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const OPEN: HoursSpan = { from: '09:00', to: '18:00' };

/** Until somebody sets others (REST contract §8): 09:00 to 18:00, every day. */
export const defaultHours = (): BusinessHours =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, [{ ...OPEN }]])) as BusinessHours;

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
export const isStart = (time: string): boolean => TIME.test(time);
export const isEnd = (time: string): boolean => time === '24:00' || TIME.test(time);

/** What is wrong with the spans of one day, in words; null when nothing is. `HH:MM` compares as text. */
export const spansProblem = (spans: readonly HoursSpan[]): string | null => {
  const sorted = [...spans].sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const [index, { from, to }] of sorted.entries()) {
    if (!isStart(from)) return 'Begins at a time like 09:00';
    if (!isEnd(to)) return 'Ends at a time like 18:00, at most 24:00';
    if (from >= to) return 'Has to end after it begins';
    if (index > 0 && from < sorted[index - 1].to) return 'Overlaps another span of the day';
  }
  return null;
};

/** What was stored, completed: a day that is missing there is closed, nothing stored means the default. */
export const hoursOf = (stored: unknown): BusinessHours => {
  const value: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored;
  if (typeof value !== 'object' || value === null) return defaultHours();
  const days = value as Partial<BusinessHours>;
  return Object.fromEntries(WEEKDAYS.map((day) => [day, days[day] ?? []])) as BusinessHours;
};
