import { defaultHours } from '../../../../server/src/organizations/business-hours';
import { opensAt } from '../../../../server/src/organizations/opens-at';
import type { BusinessHours } from '../../../../server/src/organizations/contract';

const DEFAULT_HOURS = defaultHours();

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const ask = (at: string, timeZone: string, hours: BusinessHours = DEFAULT_HOURS): string | null =>
  iso(opensAt(Date.parse(at), timeZone, hours));

const closed = Object.fromEntries(
  Object.keys(DEFAULT_HOURS).map((day) => [day, []]),
) as unknown as BusinessHours;

describe('when business hours begin again', () => {
  it.each<[string, string, string, string | null]>([
    ['in the middle of the day', '2026-11-22T12:00:00Z', 'UTC', null],
    ['at the first moment', '2026-11-22T09:00:00Z', 'UTC', null],
    ['at the end it is over', '2026-11-22T18:00:00Z', 'UTC', '2026-11-23T09:00:00.000Z'],
    ['a moment before the first', '2026-11-22T08:59:59.999Z', 'UTC', '2026-11-22T09:00:00.000Z'],
    [
      'in Istanbul it is three hours later',
      '2026-11-22T16:00:00Z',
      'Europe/Istanbul',
      '2026-11-23T06:00:00.000Z',
    ],
    [
      'in New York it is still morning',
      '2026-11-22T12:00:00Z',
      'America/New_York',
      '2026-11-22T14:00:00.000Z',
    ],
    [
      'over the night in which clocks go forward',
      '2026-03-28T20:00:00Z',
      'Europe/Berlin',
      '2026-03-29T07:00:00.000Z',
    ],
    [
      'over the night in which they go back',
      '2026-10-24T20:00:00Z',
      'Europe/Berlin',
      '2026-10-25T08:00:00.000Z',
    ],
    ['half an hour off the hour', '2026-11-22T02:00:00Z', 'Asia/Kolkata', '2026-11-22T03:30:00.000Z'],
  ])('%s', (_name, at, timeZone, expected) => {
    expect(ask(at, timeZone)).toBe(expected);
  });

  it('skips days off, and knows breaks', () => {
    const week = {
      ...closed,
      mon: [
        { from: '14:00', to: '24:00' },
        { from: '08:00', to: '12:00' },
      ],
    };
    expect(ask('2026-11-22T12:00:00Z', 'UTC', week)).toBe('2026-11-23T08:00:00.000Z');
    expect(ask('2026-11-23T12:30:00Z', 'UTC', week)).toBe('2026-11-23T14:00:00.000Z');
    expect(ask('2026-11-23T23:59:00Z', 'UTC', week)).toBeNull();
    expect(ask('2026-11-24T00:00:00Z', 'UTC', week)).toBe('2026-11-30T08:00:00.000Z');
  });

  it('a shop that never opens holds nothing back for ever', () => {
    expect(ask('2026-11-22T12:00:00Z', 'UTC', closed)).toBeNull();
  });
});
