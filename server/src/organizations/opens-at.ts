import type { BusinessHours, Weekday } from './contract';

const DAYS: Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The wall clock in a time zone, as if it were UTC: differences between two of them are local minutes. */
const wallClock = (at: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  return (
    Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) + (at % 1000)
  );
};

/** The moment at which clocks there show this. An hour that spring skips is the moment after the leap. */
const instantOf = (wall: number, timeZone: string): number => {
  let at = wall;
  // Twice: the first guess may lie on the other side of a change of clocks.
  for (let round = 0; round < 2; round += 1) at += wall - wallClock(at, timeZone);
  return at;
};

const minutesOf = (clock: string): number => {
  const [hours, minutes] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

/**
 * When business hours begin again, ms; null when `at` lies inside them, or when there are none at all (then nothing would
 * ever go). Hours are local: they move with daylight saving time.
 */
export const opensAt = (at: number, timeZone: string, hours: BusinessHours): number | null => {
  const local = wallClock(at, timeZone);
  const midnight = local - (((local % DAY) + DAY) % DAY);
  for (let day = 0; day <= 7; day += 1) {
    const start = midnight + day * DAY;
    const spans = hours[DAYS[new Date(start).getUTCDay()]] ?? [];
    for (const { from, to } of [...spans].sort((a, b) => minutesOf(a.from) - minutesOf(b.from))) {
      if (local >= start + minutesOf(to) * MINUTE) continue;
      if (local >= start + minutesOf(from) * MINUTE) return null;
      return instantOf(start + minutesOf(from) * MINUTE, timeZone);
    }
  }
  return null;
};
