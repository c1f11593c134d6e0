/** Small guards over parsed JSON of unknown shape. They answer null instead of throwing. */

export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function object(value: unknown): JsonObject | null {
  return isObject(value) ? value : null;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A non-empty string; numbers are spelt out, since Meta sends some ids as either. */
export function text(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** A finite number, also when it arrives as text. */
export function number(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

export function bool(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/** Longest id that fits an indexed `varchar(255)` on all three databases. */
const MAX_ID_LENGTH = 255;

/** An id of Meta's (wamid, media id, group id): opaque, case-sensitive, 1–255 characters. */
export function identifier(value: unknown): string | null {
  const id = text(value);
  return id !== null && id.length <= MAX_ID_LENGTH ? id : null;
}

/** Drops keys without a value, so that stored content stays small. */
export function compact<T extends JsonObject>(
  value: T,
): { [K in keyof T]?: Exclude<T[K], null | undefined> } {
  const kept: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== null && value[key] !== undefined) kept[key] = value[key];
  }
  return kept as { [K in keyof T]?: Exclude<T[K], null | undefined> };
}
