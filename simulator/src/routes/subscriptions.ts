import { isUnsubscribed, mended } from '../account-faults';
import { ok, success, type Answer, type Call } from '../call';
import { unsupportedRequest } from '../errors';
import type { AccountRecord, NumberRecord, World } from '../world';
import { changeOverride } from './numbers';

/** `GET|POST|DELETE /<waba id>/subscribed_apps`: without it Meta sends nothing. */
export const subscribedApps = async (
  world: World,
  account: AccountRecord,
  number: NumberRecord,
  call: Call,
): Promise<Answer> => {
  if (call.method === 'GET') {
    return ok({
      data: (isUnsubscribed(world, number.phoneNumberId) ? [] : [...account.subscribedApps]).map((id) => ({
        whatsapp_business_api_data: {
          link: `https://www.facebook.com/games/?app_id=${id}`,
          name: 'Simulated app',
          id,
        },
        ...(account.override && { override_callback_uri: account.override }),
      })),
    });
  }
  if (call.method === 'POST') {
    // An empty body takes an earlier override away.
    await changeOverride(world, account, call.params.override_callback_uri, call.params.verify_token);
    account.subscribedApps.add(number.appId);
    mended(world, 'not-subscribed', number);
    if (account.override) mended(world, 'other-callback', number);
  } else if (call.method === 'DELETE') {
    account.subscribedApps.delete(number.appId);
  } else {
    throw unsupportedRequest(call.method, `${account.wabaId}/subscribed_apps`);
  }
  world.changed({ kind: 'number' });
  return success();
};
