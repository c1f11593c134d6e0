import { versionEndsAt, versionState } from '../../../../server/src/cloud-api/graph-versions';

const at = (day: string): number => Date.parse(day);

it.each([
  ['v25.0', '2026-11-22', 'current'],
  ['v25.0', '2028-05-15', 'ends_soon'],
  ['v25.0', '2028-07-29', 'ended'],
  ['v21.0', '2026-11-22', 'ends_soon'],
  ['v20.0', '2026-11-22', 'ended'],
  ['v16.0', '2026-11-22', 'ended'],
  ['v26.0', '2030-01-01', 'current'],
  ['v31.0', '2026-11-22', 'unknown'],
])('%s on %s is %s', (version, day, state) => {
  expect(versionState(version, at(day))).toBe(state);
});

it('an end that Meta has not named is null', () => {
  expect([versionEndsAt('v26.0'), versionEndsAt('v99.0')]).toEqual([null, null]);
  expect(versionEndsAt('v25.0')).toBe(at('2028-07-29'));
});
