import { ERROR_TABLE, type ErrorClass, type Stops } from '../../../../server/src/cloud-api/error-table';
import { describeMetaError, errorRow, retryDelayMs } from '../../../../server/src/cloud-api/errors';

const info = (code: number, details: string | null = null) => ({
  code,
  title: 'Title of Meta',
  message: 'Message of Meta',
  details,
});

/** Every code of Meta's table, with the class it is held to. */
const CLASSES: [ErrorClass, number[]][] = [
  [
    'retry',
    [
      1, 2, 4, 613, 80007, 130429, 131000, 131016, 131056, 131057, 131059, 132069, 133004, 134101, 139102,
      139103, 2494100,
    ],
  ],
  [
    'config',
    [
      0, 3, 10, 33, 190, 200, 210, 299, 368, 131005, 131031, 131037, 131042, 131044, 131045, 131048, 131063,
      131064, 132015, 132016, 132068, 133000, 133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011,
      134102, 136024, 139000, 139004, 139200, 141008, 141014, 147001, 147004, 200005, 200006, 200007,
    ],
  ],
  ['contact', [130403, 131050, 137000]],
  [
    'fail',
    [
      100, 130472, 130497, 130501, 131008, 131009, 131020, 131021, 131026, 131030, 131041, 131047, 131049,
      131051, 131052, 131053, 131055, 131060, 131062, 131201, 131215, 132000, 132001, 132005, 132007, 132008,
      132012, 132018, 132021, 134100, 135000, 138000, 138018, 139100, 139101, 2388019, 2388293, 2494191,
      2593107, 2593108, 2593109, 1752041,
    ],
  ],
];

describe.each(CLASSES)('class %s', (kind, codes) => {
  it.each(codes)('%i has a sentence and the right class', (code) => {
    const row = describeMetaError(info(code));
    expect(row).toMatchObject({ code, class: kind, known: true });
    expect(row.title.length).toBeGreaterThan(3);
    expect(row.message).toMatch(/\.$|Meta says/);
    expect(row.retry !== null).toBe(kind === 'retry');
  });
});

it('no code is listed twice', () => {
  const single = ERROR_TABLE.flatMap((row) =>
    row.codes.filter((code): code is number => typeof code === 'number'),
  );
  expect(new Set(single).size).toBe(single.length);
});

it('every config row says what to do or stops nothing', () => {
  for (const row of ERROR_TABLE) {
    if (row.class === 'config' && row.stops === 'number')
      expect([row.title, row.hint]).toEqual([row.title, expect.any(String)]);
  }
});

it.each<[number, Stops]>([
  [190, 'number'],
  [131031, 'number'],
  [131048, 'campaigns'],
  [132015, 'template'],
  [132068, 'flow'],
  [131026, 'nothing'],
  [131056, 'nothing'],
])('%i stops: %s', (code, stops) => {
  expect(errorRow(code)?.stops).toBe(stops);
});

it.each([199, 300, 131200, 131216, 138019, 139005, 147000, 2387999, 2389000, -1, 424242])(
  '%i is in no range',
  (code) => {
    expect(errorRow(code)).toBeNull();
  },
);

it('an unknown code fails with Meta’s own words', () => {
  expect(describeMetaError(info(424242, 'Details of Meta'))).toMatchObject({
    class: 'fail',
    known: false,
    title: 'Title of Meta',
    message: 'Meta says: Details of Meta',
    retry: null,
  });
  expect(describeMetaError({ code: -1, title: null, message: null, details: null }).message).toMatch(
    /without giving a reason/,
  );
});

it('details are shown where they say which value is wrong', () => {
  expect(describeMetaError(info(100, 'Param text[body] is too long')).message).toMatch(/Param text\[body\]/);
  expect(describeMetaError(info(131026, 'internal')).message).not.toMatch(/internal/);
});

describe('retryDelayMs', () => {
  const pair = errorRow(131056)?.retry;
  it('gotcha 65: waits 4^n seconds for the pair limit, with a cap', () => {
    if (!pair) throw new Error('131056 must be retried');
    expect([1, 2, 3, 4, 5].map((attempt) => retryDelayMs(pair, attempt, () => 0))).toEqual([
      4000,
      16_000,
      64_000,
      256_000,
      null,
    ]);
  });

  it('adds at most a quarter', () => {
    expect(retryDelayMs({ max: 1, baseMs: 1000, factor: 2 }, 1, () => 0.999)).toBeLessThanOrEqual(1250);
    expect(retryDelayMs({ max: 1, baseMs: 1000, factor: 2 }, 0)).toBeNull();
  });
});
