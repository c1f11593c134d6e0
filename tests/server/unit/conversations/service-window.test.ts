import { isWindowOpen, windowExpiresAt } from '../../../../server/src/conversations/service-window';

const HOUR = 3_600_000;
const T = 1_790_000_000_000;

describe('the customer service window', () => {
  it.each([
    ['never opened', null, null, null],
    ['never opened, though Meta refused', null, T, null],
    ['24 hours from the last message', T, null, T + 24 * HOUR],
    ['closed at once by a later refusal', T, T + HOUR, T + HOUR],
    ['a refusal of the same moment counts', T, T, T],
    ['a refusal after the end moves nothing', T, T + 30 * HOUR, T + 24 * HOUR],
    ['an older refusal is over when the person writes again', T, T - 1, T + 24 * HOUR],
  ])('%s', (_name, lastInboundAt, refusedAt, expected) => {
    expect(windowExpiresAt({ lastInboundAt, refusedAt })).toBe(expected);
  });

  it('is open until the last millisecond and not one longer', () => {
    const facts = { lastInboundAt: T, refusedAt: null };
    expect(isWindowOpen(facts, T + 24 * HOUR - 1)).toBe(true);
    expect(isWindowOpen(facts, T + 24 * HOUR)).toBe(false);
    expect(isWindowOpen({ lastInboundAt: null, refusedAt: null }, T)).toBe(false);
    expect(isWindowOpen({ lastInboundAt: T, refusedAt: T + 1 }, T + 1)).toBe(false);
  });
});
