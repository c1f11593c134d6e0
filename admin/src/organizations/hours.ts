import type { BusinessHours, HoursSpan, Weekday } from '../../../server/src/organizations/contract';

/** As weeks begin by ISO 8601. */
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export const END_OF_DAY = '24:00';

const everyDay = (spans: HoursSpan[]): BusinessHours =>
  Object.fromEntries(WEEKDAYS.map((day) => [day, spans.map((span) => ({ ...span }))])) as BusinessHours;

export const DEFAULT_HOURS = everyDay([{ from: '09:00', to: '18:00' }]);

export type HoursProblem = 'order' | 'overlap';

/** What is wrong with a day: a span that ends before it begins, or two that overlap. null when it is fine. */
export const dayProblem = (spans: HoursSpan[]): HoursProblem | null => {
  if (spans.some(({ from, to }) => from === '' || to === '' || from >= to)) return 'order';
  const sorted = [...spans].sort((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.some((span, index) => index > 0 && span.from < sorted[index - 1]!.to) ? 'overlap' : null;
};

/** The same hours on each day that is open. */
export const copyToOpenDays = (hours: BusinessHours, from: Weekday): BusinessHours =>
  Object.fromEntries(
    WEEKDAYS.map((day) => [day, hours[day].length > 0 ? hours[from].map((span) => ({ ...span })) : []]),
  ) as BusinessHours;

/** A browser's time field knows no 24:00; at a day's end midnight means that. */
export const toEnd = (typed: string): string => (typed === '00:00' ? END_OF_DAY : typed);
export const fromEnd = (to: string): string => (to === END_OF_DAY ? '00:00' : to);

/** Where a further span of a day may begin: an hour after the last one ends. null when the day is full. */
export const nextSpan = (spans: HoursSpan[]): HoursSpan | null => {
  const last = spans.reduce((latest, { to }) => (to > latest ? to : latest), '08:00');
  const hour = Number(last.slice(0, 2)) + 1;
  if (hour > 22) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  return { from: `${two(hour)}:00`, to: `${two(Math.min(hour + 4, 23))}:00` };
};
