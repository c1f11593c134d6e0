import { parameterError, required, whatsAppError } from '../errors';

/** A JSON object of a request body, not yet trusted. */
export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);

/** Non-empty text of at most `max` UTF-16 units, refused in Graph's words (code 100). */
export const requireText = (value: unknown, path: string, max: number): string => {
  if (value === undefined || value === null || value === '') throw required(path);
  if (typeof value !== 'string') throw parameterError(`Param ${path} must be a string.`);
  return limitText(value, path, max);
};

export const limitText = (value: unknown, path: string, max: number): string => {
  const text = textOf(value);
  if (text.length > max) throw parameterError(`Param ${path} must be at most ${max} characters long.`);
  return text;
};

/** Rules of interactive messages and templates, refused in WhatsApp's words (code 131009). */
export const assertValue = (valid: boolean, details: string): void => {
  if (!valid) throw whatsAppError(131009, details);
};

export const assertLength = (value: unknown, what: string, max: number, min = 1): void => {
  const length = textOf(value).length;
  assertValue(
    length >= min && length <= max,
    `${what} length invalid. Min length: ${min}, Max length: ${max}`,
  );
};

export const assertUnique = (values: string[], what: string): void =>
  assertValue(new Set(values).size === values.length, `Duplicated ${what}`);
