import { z } from '@strapi/utils';
import type { Context } from 'koa';
import { invalid, notFound, WhatsAppError } from '../../../../server/src/errors';
import { answering } from '../../../../server/src/http/answer';
import { checkCursor, pageQuery } from '../../../../server/src/http/paging';
import { idOf, parseBody, parseQuery } from '../../../../server/src/http/validate';
import { encodeCursor } from '../../../../server/src/storage/keyset';

const withBody = (body: unknown) => ({ request: { body } }) as unknown as Context;
const withQuery = (query: Record<string, unknown>) => ({ query }) as unknown as Context;
const schema = z.object({ name: z.string(), data: z.string().optional() });

const problemsOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as WhatsAppError).details;
  }
};

describe('bodies', () => {
  it.each([
    ['flat', { name: 'Shop' }],
    ["wrapped in Strapi's data", { data: { name: 'Shop' } }],
  ])('may be %s', (_name, body) => {
    expect(parseBody(withBody(body), schema)).toEqual({ name: 'Shop' });
  });

  it('are flat as soon as anything stands beside "data"', () => {
    expect(parseBody(withBody({ name: 'Shop', data: 'x' }), schema)).toEqual({ name: 'Shop', data: 'x' });
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{ data: null }],
    [{ data: [] }],
    [{ name: 7 }],
    [{ data: {} }],
  ])('like %j are refused with a path, not with an exception', (body) => {
    expect(problemsOf(() => parseBody(withBody(body), schema))).toMatchObject({
      code: 'validation_failed',
      errors: expect.arrayContaining([{ path: expect.any(String), message: expect.any(String) }]),
    });
  });
});

describe('paging', () => {
  it.each(['1', '25', '100'])('takes a limit of %s', (limit) => {
    expect(parseQuery(withQuery({ limit }), pageQuery).limit).toBe(Number(limit));
  });
  it('gives 25 when nothing is said', () => {
    expect(parseQuery(withQuery({}), pageQuery).limit).toBe(25);
  });
  it.each(['0', '-1', '101', '1.5', 'ten', '', '1e3', ['5', '6']])('refuses a limit of %j', (limit) => {
    expect(problemsOf(() => parseQuery(withQuery({ limit }), pageQuery))).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'limit' }],
    });
  });
  it('takes the cursors that lists hand out', () => {
    expect(() => checkCursor(encodeCursor({ at: 1_700_000_000_000, id: 5 }))).not.toThrow();
    expect(() => checkCursor(undefined)).not.toThrow();
  });
  it.each(['', 'x', 'MTo', '1:2', '%', 'MTIzOmFiYw', Buffer.from('1:2:3').toString('base64url')])(
    'refuses %j as cursor',
    (cursor) => {
      expect(problemsOf(() => checkCursor(cursor))).toMatchObject({ errors: [{ path: 'cursor' }] });
    },
  );
});

describe('ids', () => {
  it.each(['1', '42', '2147483647'])('%s is one', (text) => {
    expect(idOf(text)).toBe(Number(text));
  });
  it.each([
    '0',
    '01',
    '-1',
    '+1',
    '1.0',
    '1e3',
    ' 1',
    '2147483648',
    '99999999999',
    '9'.repeat(400),
    'abc',
    '',
    '１',
    1,
    null,
    undefined,
    ['1'],
    {},
  ])('%j is none', (text) => {
    expect(idOf(text)).toBeNull();
  });
});

describe('errors at the door', () => {
  const answer = async (error: unknown) => {
    const ctx = {} as Context;
    await answering(() => {
      throw error;
    })(ctx);
    return { status: ctx.status, body: ctx.body };
  };

  it('become the body of the contract', async () => {
    expect(await answer(notFound('Message'))).toEqual({
      status: 404,
      body: {
        data: null,
        error: {
          status: 404,
          name: 'NotFoundError',
          message: 'Message not found.',
          details: { code: 'not_found' },
        },
      },
    });
    expect(await answer(invalid([{ path: 'to', message: 'Is missing' }]))).toMatchObject({
      status: 400,
      body: {
        error: { name: 'ValidationError', details: { errors: [{ path: 'to', message: 'Is missing' }] } },
      },
    });
  });

  it('keep their text where Strapi would replace it', async () => {
    const { status, body } = await answer(new WhatsAppError('encryption_key_missing', 'Set the key first.'));
    expect({ status, body }).toMatchObject({
      status: 500,
      body: { error: { message: 'Set the key first.' } },
    });
  });

  it('are left to Strapi when they are not ours, whatever status they carry', async () => {
    const foreign = Object.assign(new Error('Request failed'), { status: 401 });
    await expect(answer(foreign)).rejects.toBe(foreign);
  });
});
