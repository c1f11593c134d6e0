import { isObject, type JsonObject } from './read';

/** Deeper than any payload of Meta's; bounds recursion here and in everything that walks the result. */
const MAX_DEPTH = 64;

/** Longest text kept for a bubble, in UTF-16 units; the raw element keeps the rest. */
export const MAX_TEXT_LENGTH = 65_536;

// PostgreSQL refuses NUL in text and jsonb, and lone surrogates in jsonb and in UTF-8.
const UNSAFE = /[\0\p{Surrogate}]/u;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Text that every database stores: NUL removed, lone surrogates replaced by U+FFFD. */
export function storableText(value: string): string {
  return UNSAFE.test(value) ? value.replace(/\0/g, '').replace(LONE_SURROGATES, '\uFFFD') : value;
}

/** Cuts to `max` UTF-16 units without leaving half a surrogate pair. */
export function capText(value: string, max = MAX_TEXT_LENGTH): string {
  if (value.length <= max) return value;
  const last = value.charCodeAt(max - 1);
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}

/**
 * The same JSON value in a form that can be stored and walked safely: texts and keys as in `storableText`,
 * `__proto__` keys dropped, anything nested deeper than 64 levels replaced by null.
 * A value that is fine already is returned itself, not copied. Never throws for a JSON value.
 */
export function storable<T>(value: T): T;
export function storable(value: unknown): unknown {
  return clean(value, 0);
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return cleanArray(value, depth);
  return isObject(value) ? cleanObject(value, depth) : null;
}

function cleanArray(value: unknown[], depth: number): unknown[] {
  let copy: unknown[] | null = null;
  for (let i = 0; i < value.length; i += 1) {
    const item = clean(value[i], depth + 1);
    if (item !== value[i] && copy === null) copy = value.slice(0, i);
    if (copy !== null) copy.push(item);
  }
  return copy ?? value;
}

function cleanObject(value: JsonObject, depth: number): JsonObject {
  const keys = Object.keys(value);
  let copy: JsonObject | null = null;
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i];
    const item = clean(value[key], depth + 1);
    const name = storableText(key);
    if (copy === null && (item !== value[key] || name !== key || key === '__proto__')) {
      copy = {};
      for (let j = 0; j < i; j += 1) copy[keys[j]] = value[keys[j]];
    }
    if (copy !== null && name !== '__proto__') copy[name] = item;
  }
  return copy ?? value;
}
