import type { Context } from 'koa';
import { chargedTo, createLimiter } from '../../../../server/src/http/limits';

interface Call {
  strategy?: string;
  id?: number;
  userId?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

const call = ({ strategy, id, userId, headers = {}, body }: Call = {}) => {
  const set: Record<string, string> = {};
  const ctx = {
    ip: '192.0.2.7',
    state: {
      auth: strategy ? { strategy: { name: strategy }, credentials: { id } } : {},
      user: { id: userId },
    },
    get: (name: string) => headers[name] ?? '',
    set: (name: string, value: string) => (set[name] = value),
    request: { body },
  };
  return { ctx: ctx as unknown as Context, set };
};

const limits = { writesPerMinutePerToken: 3, writesPerMinutePerAdmin: 2, bodyBytes: 20 };
const token = (id: number): Call => ({ strategy: 'content-api-token', id });
const admin = (userId: number): Call => ({ strategy: 'admin', userId });

const outcomes = async (check: ReturnType<typeof createLimiter>, calls: Call[]): Promise<string[]> => {
  const seen: string[] = [];
  for (const each of calls) {
    await check(call(each).ctx).then(
      () => seen.push('ok'),
      (error: { code: string }) => seen.push(error.code),
    );
  }
  return seen;
};

describe('writing', () => {
  it('is limited per token and per person, each on their own account', async () => {
    const check = createLimiter(limits);
    expect(await outcomes(check, [token(1), token(1), token(1), token(1), token(2)])).toEqual([
      'ok',
      'ok',
      'ok',
      'rate_limit_exceeded',
      'ok',
    ]);
    expect(await outcomes(check, [admin(1), admin(1), admin(1), admin(2)])).toEqual([
      'ok',
      'ok',
      'rate_limit_exceeded',
      'ok',
    ]);
  });

  it('says when to try again', async () => {
    const check = createLimiter({ ...limits, writesPerMinutePerToken: 1 });
    await check(call(token(1)).ctx);
    const second = call(token(1));
    await expect(check(second.ctx)).rejects.toMatchObject({ code: 'rate_limit_exceeded', status: 429 });
    expect(Number(second.set['Retry-After'])).toBeGreaterThan(0);
    expect(Number(second.set['Retry-After'])).toBeLessThanOrEqual(60);
  });

  it.each<[string, Call, string]>([
    ['a declared size', { headers: { 'content-length': '21' } }, 'payload_too_large'],
    ['a size that nobody declared', { body: { text: 'x'.repeat(20) } }, 'payload_too_large'],
    [
      'a file',
      { headers: { 'content-length': '999', 'content-type': 'multipart/form-data; boundary=x' } },
      'ok',
    ],
    ['a small body', { headers: { 'content-length': '20' } }, 'ok'],
    ['no body', {}, 'ok'],
  ])('looks at %s', async (_name, given, expected) => {
    expect(await outcomes(createLimiter(limits), [{ ...token(1), ...given }])).toEqual([expected]);
  });

  it('charges whoever it is', () => {
    expect(chargedTo(call(admin(4)).ctx)).toEqual({ kind: 'admin', key: 'admin:4' });
    expect(chargedTo(call(token(4)).ctx)).toEqual({ kind: 'token', key: 'content-api-token:4' });
    expect(chargedTo(call({ strategy: 'admin-token', id: 4, userId: 1 }).ctx)).toEqual({
      kind: 'token',
      key: 'admin-token:4',
    });
    expect(chargedTo(call().ctx)).toEqual({ kind: 'token', key: 'address:192.0.2.7' });
  });
});
