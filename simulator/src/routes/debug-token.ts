import { ok, type Answer, type Call } from '../call';
import { DEFAULT_SCOPES, numbersOfToken } from '../auth';
import { scopesUnderFault, tokenExpiry, tokenFault } from '../account-faults';
import { invalidToken, required } from '../errors';
import type { World } from '../world';

/** `GET /debug_token`: callable with an app token (`<app id>|<app secret>`) or the inspected token itself. */
export const debugToken = (world: World, call: Call): Answer => {
  const isAppToken = [...world.numbers.values()].some(
    (number) => call.token === `${number.appId}|${number.appSecret}`,
  );
  if (!isAppToken && (call.token === null || numbersOfToken(world, call.token).length === 0))
    throw invalidToken();
  const inspected = call.query.get('input_token');
  if (!inspected) throw required('input_token');
  const numbers = numbersOfToken(world, inspected);
  const [first] = numbers;
  const fault = first ? tokenFault(world, first) : 'unknown';
  const expiresAt = first ? tokenExpiry(world, first) : 0;
  if (fault !== null || (expiresAt > 0 && expiresAt <= world.scheduler.now())) {
    const error = {
      code: 190,
      message: 'Invalid OAuth access token.',
      subcode: fault === 'unknown' ? 467 : 463,
    };
    return ok({ data: { error, is_valid: false, scopes: [] } });
  }
  const scopes = scopesUnderFault(world, first, first.scopes ?? DEFAULT_SCOPES);
  return ok({
    data: {
      app_id: first.appId,
      type: 'SYSTEM_USER',
      application: 'Simulated app',
      data_access_expires_at: 0,
      expires_at: Math.floor(expiresAt / 1000),
      is_valid: true,
      issued_at: Math.floor(world.scheduler.now() / 1000) - 3600,
      scopes,
      granular_scopes: scopes.map((scope) => ({
        scope,
        target_ids: [...new Set(numbers.map((number) => number.wabaId))],
      })),
      user_id: '122100000000000000',
    },
  });
};
