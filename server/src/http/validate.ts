import type { z } from '@strapi/utils';
import type { Context } from 'koa';
import { invalid } from '../errors';
import { unsendableAt } from './sendable';

/** Bodies may be flat or wrapped in Strapi's `data` (REST contract §1). */
const unwrap = (body: unknown): unknown => {
  if (typeof body !== 'object' || body === null) return body ?? {};
  const { data, ...rest } = body as Record<string, unknown>;
  const wrapped = typeof data === 'object' && data !== null && !Array.isArray(data);
  return wrapped && Object.keys(rest).length === 0 ? data : body;
};

const parseWith = <S extends z.ZodType>(schema: S, value: unknown): z.infer<S> => {
  const result = schema.safeParse(value);
  if (result.success) {
    const path = unsendableAt(result.data);
    if (path === null) return result.data;
    throw invalid([{ path, message: 'Holds characters that cannot be sent' }]);
  }
  throw invalid(
    result.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })),
  );
};

export const parseBody = <S extends z.ZodType>(ctx: Context, schema: S): z.infer<S> =>
  parseWith(schema, unwrap((ctx.request as unknown as { body?: unknown }).body));

export const parseQuery = <S extends z.ZodType>(ctx: Context, schema: S): z.infer<S> =>
  parseWith(schema, ctx.query);

/** Ids are 32-bit on PostgreSQL; a larger number there would be a 500 instead of "not found". */
const MAX_ID = 2_147_483_647;

/** A row id from a path, query or body; anything that cannot be one of ours is simply not found, so null. */
export const idOf = (text: unknown): number | null => {
  const id = typeof text === 'string' && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : NaN;
  return id <= MAX_ID ? id : null;
};
