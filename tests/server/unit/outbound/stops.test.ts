import { GraphError } from '../../../../server/src/cloud-api/graph-error';
import { dailyLimitOf, rateOf } from '../../../../server/src/outbound/rates';
import { stopFor } from '../../../../server/src/outbound/stops';

const MINUTE = 60_000;
const meta = (code: number, retryAfterMs: number | null = null) =>
  new GraphError('rejected', 'said Meta', {
    meta: { code, title: null, details: null, fbtraceId: null },
    retryAfterMs,
  });

describe('what an error stops beyond its own message', () => {
  it.each<[number, 'all' | 'bulk' | null]>([
    [4, 'all'],
    [80007, 'all'],
    [131031, 'all'],
    [131042, 'all'],
    [133010, 'all'],
    [368, 'all'],
    [10, 'all'],
    [131048, 'bulk'],
    [131063, 'bulk'],
    [130429, null],
    [131056, null],
    [131026, null],
    [132015, null],
    // The lane itself waits for another token.
    [190, null],
    [424242, null],
  ])('%i: %s', (code, scope) => {
    expect(stopFor(meta(code))?.scope ?? null).toBe(scope);
  });

  it('rests as long as Meta asks for, else five minutes; for spam an hour', () => {
    expect(stopFor(meta(4, 20 * MINUTE))?.forMs).toBe(20 * MINUTE);
    expect(stopFor(meta(80007))?.forMs).toBe(5 * MINUTE);
    expect(stopFor(meta(131048))?.forMs).toBe(60 * MINUTE);
  });

  it('has words and code for whoever looks why nothing leaves', () => {
    expect(stopFor(meta(131031))).toMatchObject({
      code: '131031',
      reason: 'Meta has locked this WhatsApp account.',
    });
  });
});

describe('how fast a number may send', () => {
  const options = { messagesPerSecond: 80, coexistencePerSecond: 10 };
  it.each<[string | null, boolean, number]>([
    [null, false, 80],
    ['STANDARD', false, 80],
    ['HIGH', false, 1_000],
    ['NOT_APPLICABLE', false, 80],
    ['HIGH', true, 10],
  ])('level %s, in the phone app too: %s → %i a second', (throughput, coexistence, rate) => {
    expect(rateOf({ throughput, coexistence }, options)).toBe(rate);
  });

  it.each<[string | null, number | null]>([
    ['TIER_250', 250],
    ['TIER_2K', 2_000],
    ['TIER_100K', 100_000],
    ['TIER_UNLIMITED', null],
    ['TIER_NOT_SET', null],
    [null, null],
  ])('%s is %s people a day', (tier, people) => {
    expect(dailyLimitOf(tier)).toBe(people);
  });
});
