import { GraphError, type GraphErrorCategory } from '../../../../server/src/cloud-api/graph-error';
import { nextAfter } from '../../../../server/src/outbound/retry';

const failure = (
  category: GraphErrorCategory,
  code?: number,
  httpStatus = 400,
  retryAfterMs: number | null = null,
) =>
  new GraphError(category, 'said Meta', {
    meta: code === undefined ? null : { code, title: null, details: null, fbtraceId: null },
    httpStatus,
    retryAfterMs,
  });

const MIDDLE = 0.5;

describe('what a failed send leads to', () => {
  it.each<[string, GraphError, string]>([
    ['an answer that never came', failure('unknown_outcome'), 'unknown'],
    ['a dead token', failure('credential', 190, 401), 'pause'],
    ['a refusal', failure('rejected', 131026), 'fail'],
    ['a number that needs an admin', failure('config', 131031), 'fail'],
    ['too fast', failure('retryable', 130429, 429), 'retry'],
    ['too fast, as HTTP 400', failure('retryable', 130429, 400), 'retry'],
    ['overloaded, said with its own code', failure('retryable', 131016, 503), 'retry'],
    ['nobody reached', failure('unreachable'), 'retry'],
    ['"something went wrong" under HTTP 500', failure('retryable', 131000, 500), 'unknown'],
    ['"unknown error" under HTTP 500', failure('retryable', 1, 500), 'unknown'],
    ['"temporary error" under HTTP 503', failure('retryable', 2, 503), 'unknown'],
    ['"something went wrong" under HTTP 400', failure('retryable', 131000, 400), 'retry'],
  ])('%s: %s → %s', (_name, error, expected) => {
    expect(nextAfter(error, 1, MIDDLE).do).toBe(expected);
  });

  it('waits longer each time, up to a minute, and then gives up', () => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => nextAfter(failure('retryable', 130429), attempt, MIDDLE));
    expect(waits).toEqual([
      { do: 'retry', afterMs: 2_000 },
      { do: 'retry', afterMs: 4_000 },
      { do: 'retry', afterMs: 8_000 },
      { do: 'retry', afterMs: 16_000 },
      { do: 'fail' },
    ]);
  });

  it('waits 4^n seconds for one recipient, at least 6 s from the second time on', () => {
    const waits = [1, 2, 3, 4].map((attempt) => nextAfter(failure('retryable', 131056), attempt, MIDDLE));
    expect(waits).toEqual([4_000, 16_000, 60_000, 60_000].map((afterMs) => ({ do: 'retry', afterMs })));
  });

  it('has more patience while nothing can have been sent', () => {
    expect(nextAfter(failure('unreachable'), 9, MIDDLE).do).toBe('retry');
    expect(nextAfter(failure('unreachable'), 10, MIDDLE).do).toBe('fail');
  });

  it('spreads retries by a quarter either way', () => {
    const at = (random: number) => nextAfter(failure('retryable', 130429), 3, random);
    expect(at(0)).toEqual({ do: 'retry', afterMs: 6_000 });
    expect(at(0.999_999)).toEqual({ do: 'retry', afterMs: 10_000 });
  });

  it('waits at least as long as Meta asks for', () => {
    expect(nextAfter(failure('retryable', 80007, 400, 300_000), 1, MIDDLE)).toEqual({
      do: 'retry',
      afterMs: 300_000,
    });
  });
});
