import { z } from '@strapi/utils';

/** `?from=` and `?to=`: an ISO-8601 moment or day; as ms. A day as `to` includes the whole day (UTC). */
const moment = (endOfDay: boolean) =>
  z
    .string()
    .trim()
    .refine(
      (text) => !Number.isNaN(Date.parse(text)),
      'Must be a date like 2026-11-22 or 2026-11-22T10:00:00Z',
    )
    .transform((text) => Date.parse(text) + (endOfDay && /^\d{4}-\d{2}-\d{2}$/.test(text) ? 86_399_999 : 0));

export const fromQuery = moment(false).optional();
export const toQuery = moment(true).optional();
