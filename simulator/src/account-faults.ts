import { createHmac } from 'node:crypto';
import { numbersOfToken } from './auth';
import type { Call } from './call';
import { invalidToken, missingPermission, parameterError, unsupportedRequest } from './errors';
import type { Fields } from './send/fields';
import type { NumberRecord, World } from './world';

const ELSEWHERE = 'https://another-site.example/webhook';
const HOUR_MS = 60 * 60 * 1000;
const CLOCK_AHEAD_MS = 10 * 60 * 1000;

const isOn = (world: World, name: Parameters<World['faults']['isOn']>[0], phoneNumberId?: string): boolean =>
  world.faults.isOn(name, { phoneNumberId, call: 'other' });

/** Whoever sends a proof has it checked, whether or not the app asks for one (Graph API, securing requests). */
const checkProof = (world: World, call: Call, number: NumberRecord): void => {
  const proof = call.query.get('appsecret_proof');
  if (proof === null) return;
  const right = createHmac('sha256', number.appSecret).update(number.accessToken).digest('hex');
  if (proof !== right || isOn(world, 'wrong-secret', number.phoneNumberId)) {
    throw parameterError('Invalid appsecret_proof provided in the API argument');
  }
};

/** What is wrong with a token, its rights or its account, before anything is looked up. @throws GraphError */
export const refuseByAccount = (world: World, call: Call): void => {
  const [node] = call.segments;
  const [number] = numbersOfToken(world, call.token ?? '');
  if (!number || node === 'debug_token') return;
  if (isOn(world, 'invalid-token', number.phoneNumberId)) throw invalidToken();
  checkProof(world, call, number);
  if (!world.accounts.has(node)) return;
  if (isOn(world, 'missing-scope', number.phoneNumberId)) throw missingPermission();
  if (isOn(world, 'account-gone', number.phoneNumberId)) throw unsupportedRequest(call.method, node);
};

/** What `debug_token` says of a token under these faults; null: the truth. */
export const tokenFault = (world: World, { phoneNumberId }: NumberRecord): 'dead' | 'unknown' | null => {
  if (isOn(world, 'dead-token', phoneNumberId)) return 'dead';
  return isOn(world, 'invalid-token', phoneNumberId) ? 'unknown' : null;
};

/** ms since 1970; 0 = never. */
export const tokenExpiry = (world: World, { phoneNumberId, tokenExpiresAt }: NumberRecord): number =>
  isOn(world, 'token-expires-soon', phoneNumberId)
    ? world.scheduler.now() + 3 * HOUR_MS
    : (tokenExpiresAt ?? 0);

export const scopesUnderFault = (world: World, { phoneNumberId }: NumberRecord, scopes: readonly string[]) =>
  isOn(world, 'missing-scope', phoneNumberId)
    ? scopes.filter((scope) => scope !== 'whatsapp_business_management')
    : scopes;

/** Fields of the number's node that these faults change. */
export const numberUnderFault = (world: World, { phoneNumberId }: NumberRecord): Fields => ({
  ...(isOn(world, 'quality-low', phoneNumberId) && { quality_rating: 'RED', status: 'FLAGGED' }),
  ...(isOn(world, 'number-disconnected', phoneNumberId) && { status: 'DISCONNECTED' }),
  ...(isOn(world, 'number-banned', phoneNumberId) && { status: 'BANNED' }),
});

/** The callbacks that Meta has on record, by level. */
export const callbacksUnderFault = <T extends object>(
  world: World,
  { phoneNumberId }: NumberRecord,
  callbacks: T,
) => (isOn(world, 'other-callback', phoneNumberId) ? { application: ELSEWHERE } : callbacks);

export const isUnsubscribed = (world: World, phoneNumberId: string): boolean =>
  isOn(world, 'not-subscribed', phoneNumberId);

export const isForeign = (world: World, { phoneNumberId }: NumberRecord): boolean =>
  isOn(world, 'wrong-account', phoneNumberId);

/** What somebody mends at Meta is mended. */
export const mended = (
  world: World,
  name: 'not-subscribed' | 'other-callback',
  { phoneNumberId }: NumberRecord,
): void => {
  if (isOn(world, name, phoneNumberId)) world.faults.clear(name);
};

/** `Date` of an answer when the clocks differ. */
export const dateHeader = (world: World, phoneNumberId: string | undefined): Record<string, string> =>
  isOn(world, 'slow-clock', phoneNumberId)
    ? { date: new Date(world.scheduler.now() + CLOCK_AHEAD_MS).toUTCString() }
    : {};
