import { createPace, createPairLimit, type Pace } from '../../../../server/src/outbound/pace';

/** Sends as fast as the pace lets, with simulated time that never waits less than a timer of `grain` ms can. */
const run = (pace: Pace, from: number, forMs: number, grain = 1): number[] => {
  const sent: number[] = [];
  for (let now = from; now < from + forMs;) {
    const wait = pace.take(now);
    if (wait === 0) sent.push(now);
    else now += Math.max(grain, wait);
  }
  return sent;
};

/** Most sends in any window of one second, [t, t + 1000). */
const busiestSecond = (sent: number[]): number => {
  let most = 0;
  for (let start = 0, end = 0; start < sent.length; start += 1) {
    while (end < sent.length && sent[end] < sent[start] + 1000) end += 1;
    most = Math.max(most, end - start);
  }
  return most;
};

/** A small generator, so that a failing case can be repeated. */
const seeded = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

describe('the pace of a number', () => {
  it.each([80, 1_000])('never exceeds %d in any sliding second and reaches 94 %% of it', (limit) => {
    const seconds = 60;
    const sent = run(createPace(limit), 1_000_000, seconds * 1000);
    expect(busiestSecond(sent)).toBeLessThanOrEqual(limit);
    expect(sent.length).toBeGreaterThanOrEqual(0.94 * limit * seconds);
  });

  it('holds for every rate, after pauses of any length and with coarse timers', () => {
    const random = seeded(20_261_101);
    for (let round = 0; round < 200; round += 1) {
      const limit = 1 + Math.floor(random() * 1_000);
      const pace = createPace(limit);
      const sent: number[] = [];
      let now = Math.floor(random() * 1e12);
      for (let burst = 0; burst < 4; burst += 1) {
        const forMs = Math.floor(random() * 3_000);
        sent.push(...run(pace, now, forMs, 1 + Math.floor(random() * 20)));
        now += forMs + Math.floor(random() * 5_000);
      }
      expect({ round, limit, exceeded: busiestSecond(sent) > limit }).toEqual({
        round,
        limit,
        exceeded: false,
      });
    }
  });

  it('bursts neither after an hour of silence nor after the clock jumped either way', () => {
    for (const jump of [3_600_000, -3_600_000]) {
      const pace = createPace(80);
      run(pace, 10_000_000, 5_000);
      const after = run(pace, 10_005_000 + jump, 2_000);
      expect(busiestSecond(after)).toBeLessThanOrEqual(80);
      expect(after.length).toBeGreaterThan(120);
    }
  });

  it('halves when Meta says "too fast" and is back at full speed within 20 seconds', () => {
    const pace = createPace(80);
    run(pace, 0, 2_000);
    pace.slowDown(2_000);
    const slow = run(pace, 2_000, 1_000);
    expect(slow.length).toBeGreaterThan(30);
    expect(slow.length).toBeLessThan(48);
    run(pace, 3_000, 20_000);
    expect(run(pace, 23_000, 5_000).length).toBeGreaterThanOrEqual(5 * 80 * 0.94);
  });

  it('keeps trickling however often it is slowed down', () => {
    const pace = createPace(80);
    for (let at = 0; at < 50; at += 1) pace.slowDown(at);
    expect(run(pace, 50, 3_000).length).toBeGreaterThanOrEqual(2);
  });
});

describe('the limit per recipient', () => {
  it('lets 45 go at once, then one every 6 seconds', () => {
    const pairs = createPairLimit();
    const waits = Array.from({ length: 46 }, () => pairs.take(1, 0));
    expect(waits.slice(0, 45)).toEqual(Array(45).fill(0));
    expect(waits[45]).toBe(6_000);
    expect(pairs.take(1, 5_999)).toBeGreaterThan(0);
    expect(pairs.take(1, 6_000)).toBe(0);
    expect(pairs.take(1, 6_001)).toBeGreaterThan(0);
  });

  it('is not fooled by a clock that is set back an hour', () => {
    const pairs = createPairLimit();
    const HOUR = 3_600_000;
    pairs.take(1, HOUR);
    expect(pairs.take(1, 0)).toBe(0);
  });

  it('does not make other people wait', () => {
    const pairs = createPairLimit();
    for (let n = 0; n < 46; n += 1) pairs.take(1, 0);
    expect(pairs.take(2, 0)).toBe(0);
  });

  it('forgets people who may send freely again but nobody who still owes', () => {
    const pairs = createPairLimit();
    for (let n = 0; n < 45; n += 1) pairs.take(-1, 0);
    for (let id = 1; id <= 10_050; id += 1) pairs.take(id, 1_000);
    expect(pairs.take(-1, 1_000)).toBeGreaterThan(0);
  });
});
