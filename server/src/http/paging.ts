import { z } from '@strapi/utils';
import { invalid } from '../errors';
import { decodeCursor } from '../storage/keyset';

/** `?limit=` 1–100, default 25. */
export const limitQuery = z.coerce
  .number('Must be a number')
  .int('Must be a whole number')
  .min(1, 'Must be at least 1')
  .max(100, 'Must be at most 100')
  .default(25);

export const pageQuery = z.object({ limit: limitQuery, cursor: z.string().max(200).optional() });

/** A cursor that is not one of ours is an error: starting over silently would loop a client for ever. */
export const checkCursor = (cursor: string | undefined): void => {
  if (cursor !== undefined && decodeCursor(cursor) === null) {
    throw invalid([{ path: 'cursor', message: 'Is no cursor of this list' }]);
  }
};
