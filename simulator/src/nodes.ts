import { parameterError, unknownField, whatsAppError } from './errors';
import type { Call } from './call';
import type { World } from './world';
import type { Fields } from './send/fields';

/** `id,name,health_status{a,b}` → top-level names. */
const fieldNames = (fields: string): string[] =>
  fields
    .replace(/\{[^}]*\}|\([^)]*\)/g, '')
    .split(',')
    .map((name) => name.trim().split('.')[0])
    .filter(Boolean);

/** The fields that were asked for, `id` always. @throws 100 on a field that the node does not have */
export const selectFields = (call: Call, node: Fields, nodeType: string, defaults: string[]): Fields => {
  const asked = call.query.get('fields');
  const names = asked ? fieldNames(asked) : defaults;
  const selected: Fields = {};
  for (const name of names) {
    if (!(name in node)) throw unknownField(name, nodeType);
    if (node[name] !== undefined) selected[name] = node[name];
  }
  return { ...selected, id: node.id };
};

const encodeCursor = (id: string): string => Buffer.from(`QVFI:${id}`).toString('base64url');
const decodeCursor = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8').slice(5);

/**
 * One page of a list in Graph's form. Default 25, like Graph.
 * @throws 131059 when a cursor names something that has gone meanwhile
 */
export const pageOf = <T>(
  world: World,
  call: Call,
  items: T[],
  idOf: (item: T) => string,
  view: (item: T) => unknown,
): Fields => {
  const limit = Number(call.query.get('limit') ?? 25);
  if (!Number.isInteger(limit) || limit < 1) throw parameterError('Param limit must be a positive integer.');
  const after = call.query.get('after');
  const start = after ? items.findIndex((item) => idOf(item) === decodeCursor(after)) + 1 : 0;
  if (after && start === 0)
    throw whatsAppError(131059, 'The cursor is no longer valid. Start again without it.');
  const page = items.slice(start, start + limit);
  if (page.length === 0) return { data: [] };
  const cursors = { before: encodeCursor(idOf(page[0])), after: encodeCursor(idOf(page[page.length - 1])) };
  const next = new URL(`/${[call.version, ...call.segments].filter(Boolean).join('/')}`, world.origin);
  call.query.forEach((value, key) => key !== 'access_token' && next.searchParams.set(key, value));
  next.searchParams.set('after', cursors.after);
  const more = start + limit < items.length;
  return { data: page.map(view), paging: { cursors, ...(more && { next: next.toString() }) } };
};
