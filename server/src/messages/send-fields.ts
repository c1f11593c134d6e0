import { z } from '@strapi/utils';
import { isSendable } from '../http/sendable';

/** Why a text cannot be sent, or null. Counted in UTF-16 units; control characters that Meta refuses are no text either. */
export const wordsProblem = (value: string, max: number, min = 1): string | null => {
  if (min > 0 && value.trim() === '') return 'Must not be empty';
  if (value.length > max) return `Must have at most ${max} characters`;
  if (!isSendable(value)) return 'Holds characters that cannot be sent';
  return null;
};

/** A text of 1 to `max` UTF-16 units (`min` 0: may be empty). */
export const words = (max: number, min = 1) =>
  z.string('Must be a text').superRefine((value, context) => {
    const problem = wordsProblem(value, max, min);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

/** Adds an issue for each value that was there before; ids and titles of one message must differ. */
export const assertDistinct = (
  context: z.RefinementCtx,
  values: { path: (string | number)[]; value: string }[],
): void => {
  const seen = new Set<string>();
  for (const { path, value } of values) {
    if (seen.has(value))
      context.addIssue({ code: 'custom', path, message: 'Must be different from the others' });
    seen.add(value);
  }
};

export const webUrl = z.string('Must be an address').refine((value) => {
  try {
    return ['http:', 'https:'].includes(new URL(value).protocol) && value.length <= 2_000;
  } catch {
    return false;
  }
}, 'Must be an http or https address');
