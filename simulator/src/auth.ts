import { expiredToken, invalidToken, missingPermission, unsupportedRequest } from './errors';
import type { Call } from './call';
import type { AccountRecord, NumberRecord, World } from './world';

export type Scope = 'whatsapp_business_messaging' | 'whatsapp_business_management';

export const DEFAULT_SCOPES: readonly Scope[] = [
  'whatsapp_business_messaging',
  'whatsapp_business_management',
];

export const numbersOfToken = (world: World, token: string): NumberRecord[] =>
  [...world.numbers.values()].filter((number) => number.accessToken === token);

const isExpired = (world: World, number: NumberRecord): boolean =>
  number.tokenExpiresAt !== undefined && number.tokenExpiresAt <= world.scheduler.now();

/** The numbers that the caller's token may use. @throws 190 when the token is missing, unknown or expired */
export const authenticate = (world: World, call: Call): NumberRecord[] => {
  const numbers = call.token === null ? [] : numbersOfToken(world, call.token);
  if (numbers.length === 0) throw invalidToken();
  if (numbers.every((number) => isExpired(world, number))) throw expiredToken();
  return numbers;
};

const requireScope = (number: NumberRecord, scope: Scope): void => {
  if (!(number.scopes ?? DEFAULT_SCOPES).includes(scope)) throw missingPermission();
};

/** @throws 100/33 when the number is not the token's, 10 when the scope is missing */
export const requireNumber = (call: Call, mine: NumberRecord[], id: string, scope: Scope): NumberRecord => {
  const number = mine.find((candidate) => candidate.phoneNumberId === id);
  if (!number) throw unsupportedRequest(call.method, id);
  requireScope(number, scope);
  return number;
};

/** The WABA and one of the caller's numbers in it. @throws like `requireNumber` */
export const requireAccount = (
  world: World,
  call: Call,
  mine: NumberRecord[],
  id: string,
  scope: Scope = 'whatsapp_business_management',
): { account: AccountRecord; number: NumberRecord } => {
  const account = world.accounts.get(id);
  const number = mine.find((candidate) => candidate.wabaId === id);
  if (!account || !number) throw unsupportedRequest(call.method, id);
  requireScope(number, scope);
  return { account, number };
};
