import {
  defaultHours,
  hoursOf,
  spansProblem,
  WEEKDAYS,
} from '../../../../server/src/organizations/business-hours';
import { organizationInput, organizationPatch } from '../../../../server/src/organizations/schema-input';
import { isSlug, slugFrom } from '../../../../server/src/organizations/slug';
import { isTimeZone } from '../../../../server/src/organizations/time-zone';

describe('business hours', () => {
  it('are nine to six every day until somebody says otherwise', () => {
    for (const hours of [defaultHours(), hoursOf(null), hoursOf(undefined)]) {
      for (const day of WEEKDAYS) expect(hours[day]).toEqual([{ from: '09:00', to: '18:00' }]);
    }
  });

  it('are read from text and from values, a missing day is closed', () => {
    const stored = { mon: [{ from: '08:00', to: '24:00' }] };
    expect(hoursOf(JSON.stringify(stored))).toMatchObject({ ...stored, tue: [] });
    expect(hoursOf(stored)).toMatchObject({ ...stored, sun: [] });
  });

  it.each<[string, [string, string][], boolean]>([
    ['closed', [], true],
    [
      'two spans',
      [
        ['14:00', '18:00'],
        ['09:00', '12:00'],
      ],
      true,
    ],
    [
      'one that begins when the other ends',
      [
        ['09:00', '12:00'],
        ['12:00', '18:00'],
      ],
      true,
    ],
    ['until midnight', [['00:00', '24:00']], true],
    ['backwards', [['18:00', '09:00']], false],
    ['empty', [['09:00', '09:00']], false],
    [
      'overlapping',
      [
        ['09:00', '13:00'],
        ['12:00', '18:00'],
      ],
      false,
    ],
    ['beginning at 24:00', [['24:00', '24:00']], false],
    ['without a leading zero', [['9:00', '18:00']], false],
    ['25 o’clock', [['09:00', '25:00']], false],
    ['sixty minutes', [['09:60', '18:00']], false],
  ])('%s', (_name, spans, fine) => {
    expect(spansProblem(spans.map(([from, to]) => ({ from, to }))) === null).toBe(fine);
  });
});

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Istanbul', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'])(
    '%s is one',
    (name) => {
      expect(isTimeZone(name)).toBe(true);
    },
  );
  it.each(['', 'Mars/Phobos', '+03:00', '03:00', 'Europe/Istanbul; DROP', 'Europe/', '../etc'])(
    '"%s" is none',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});

describe('a short name', () => {
  it.each([
    ['Müşteri İlişkileri', 'musteri-iliskileri'],
    ['ISTANBUL ışık', 'istanbul-isik'],
    ['  North & South!  ', 'north-south'],
    ['Straße 7', 'strasse-7'],
    ['顧客', ''],
  ])('of "%s" is "%s"', (name, slug) => {
    expect(slugFrom(name)).toBe(slug);
    if (slug) expect(isSlug(slug)).toBe(true);
  });
  it.each(['', 'A', 'a--b', '-a', 'a-', 'a b', 'ä', 'x'.repeat(64)])('"%s" is none', (slug) => {
    expect(isSlug(slug)).toBe(false);
  });
});

describe('the body of an organization', () => {
  const problems = (
    body: unknown,
    schema: { safeParse: typeof organizationInput.safeParse } = organizationInput,
  ) => schema.safeParse(body).error?.issues.map(({ path }) => path.join('.'));

  it('needs a name, and takes any part later', () => {
    expect(problems({})).toEqual(['name']);
    expect(problems({}, organizationPatch as never)).toBeUndefined();
  });

  it('names what is wrong', () => {
    const hours = { ...defaultHours(), tue: [{ from: '18:00', to: '09:00' }] };
    const { sun: _sun, ...six } = defaultHours();
    expect(problems({ name: ' ', slug: 'A b', timeZone: 'Mars', businessHours: hours })).toEqual([
      'name',
      'slug',
      'timeZone',
      'businessHours.tue',
    ]);
    expect(problems({ name: 'Acme', businessHours: six })).toEqual(['businessHours.sun']);
  });
});
