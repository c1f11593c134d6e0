/** What bites those who send: each rule once, under the number by which it is known. */
import { describeMetaError } from '../../../../server/src/cloud-api/errors';
import { GraphError, type GraphErrorCategory } from '../../../../server/src/cloud-api/graph-error';
import { failureOfStatus } from '../../../../server/src/outbound/failure';
import { nextAfter } from '../../../../server/src/outbound/retry';
import { stopFor } from '../../../../server/src/outbound/stops';

const told = (code: number) => ({ code, title: 'x', message: 'said Meta', details: null });
const failure = (category: GraphErrorCategory, code: number) =>
  new GraphError(category, 'said Meta', {
    meta: { code, title: null, details: null, fbtraceId: null },
    httpStatus: 400,
  });

it('gotcha 42: a file that Meta refused (131053) is not sent again by itself', () => {
  expect(nextAfter(failure('rejected', 131053), 1, 0.5)).toEqual({ do: 'fail' });
  expect(failureOfStatus(told(131053)).retryable).toBe(false);
});

it('gotcha 47: a closed window (131047) is no dead end: it is told as such, and a retry is not offered', () => {
  expect(nextAfter(failure('rejected', 131047), 1, 0.5)).toEqual({ do: 'fail' });
  const { code, retryable, hint } = failureOfStatus(told(131047));
  expect({ code, retryable }).toEqual({ code: '131047', retryable: false });
  expect(hint).toMatch(/template/i);
});

it('gotcha 51: who stopped marketing (131050) is neither tried again nor taken for a block, and stops nobody else', () => {
  expect(nextAfter(failure('rejected', 131050), 1, 0.5)).toEqual({ do: 'fail' });
  expect(stopFor(failure('rejected', 131050))).toBeNull();
  expect(describeMetaError(told(131050)).act).toBe('opt_out');
  expect(failureOfStatus(told(131050)).message).not.toMatch(/block/i);
});

it('gotcha 63: a call without an answer is never made again by itself, however often', () => {
  const silent = new GraphError('unknown_outcome', 'no answer', {});
  for (const attempt of [1, 2, 5, 50]) expect(nextAfter(silent, attempt, 0.5)).toEqual({ do: 'unknown' });
});

it('gotcha 75: a test number’s list of allowed people (131030) is explained as that', () => {
  const { message, hint, retryable } = failureOfStatus(told(131030));
  expect(retryable).toBe(false);
  expect(`${message} ${hint}`).toMatch(/test number|allowed|list/i);
});
