import { contractCode } from '../../../../server/src/cloud-api/contract-codes';
import {
  ERROR_TABLE,
  type ErrorAct,
  type ErrorClass,
  type Stops,
} from '../../../../server/src/cloud-api/error-table';
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

/** Every code that Meta's reference lists for what a business account can meet, ranges by their ends. */
const REFERENCE = [
  0, 1, 2, 3, 4, 10, 33, 100, 190, 200, 299, 368, 613, 80007, 130403, 130429, 130472, 130497, 130501, 131000,
  131005, 131008, 131009, 131016, 131020, 131021, 131026, 131030, 131031, 131037, 131041, 131042, 131044,
  131045, 131047, 131048, 131049, 131050, 131051, 131052, 131053, 131055, 131056, 131057, 131059, 131060,
  131062, 131063, 131064, 131201, 131215, 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016,
  132018, 132021, 132068, 132069, 133000, 133004, 133005, 133006, 133008, 133009, 133010, 133015, 133016,
  134011, 134100, 134101, 134102, 135000, 136024, 137000, 138000, 138018, 139000, 139004, 139100, 139101,
  139102, 139103, 139200, 141008, 141014, 147001, 147004, 200005, 200006, 200007, 2388000, 2388999, 2494100,
  2494191, 2593107, 2593108, 2593109, 1752041,
];

it('every code of the reference has a row, a key for its words and one thing that it asks for', () => {
  const rows = REFERENCE.map((code) => describeMetaError(info(code)));
  expect(rows.filter(({ known }) => !known)).toEqual([]);
  expect(rows.filter(({ key }) => key === null || errorRow(Number(key))?.key !== key)).toEqual([]);
});

it('keys are unique', () => {
  const keys = ERROR_TABLE.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

it.each<[number, ErrorAct]>([
  [2, 'retry'],
  [131016, 'retry'],
  [130429, 'wait'],
  [131056, 'wait'],
  [131048, 'wait'],
  [131049, 'wait'],
  [190, 'stop_number'],
  [131031, 'stop_number'],
  [132015, 'stop_template'],
  [132001, 'stop_template'],
  [132068, 'stop_template'],
  [131050, 'opt_out'],
  [131026, 'agent'],
  [131053, 'agent'],
  [100, 'bug'],
])('%i asks for: %s', (code, act) => {
  expect(describeMetaError(info(code)).act).toBe(act);
});

it.each([
  [131047, 'window_closed'],
  [131050, 'recipient_opted_out'],
  [130429, 'rate_limit_exceeded'],
  [132001, 'template_not_found'],
  [132016, 'template_not_approved'],
  [132000, 'template_parameters_invalid'],
  [131053, 'media_not_supported'],
  [131026, 'provider_error'],
])('%i is %s in the words of the contract', (code, ours) => {
  expect(contractCode(code)).toBe(ours);
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
