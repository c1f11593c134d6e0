import { callbacksUnderFault, isForeign, mended, numberUnderFault } from '../account-faults';
import { ok, success, type Answer, type Call } from '../call';
import { parameterError, required, unsupportedRequest } from '../errors';
import { pageOf, selectFields } from '../nodes';
import { isFields, textOf, type Fields } from '../send/fields';
import { performHandshake } from '../webhooks/handshake';
import type { AccountRecord, NumberRecord, World } from '../world';

const NUMBER_DEFAULTS = [
  'verified_name',
  'code_verification_status',
  'display_phone_number',
  'quality_rating',
  'platform_type',
  'throughput',
  'id',
];

const health = (kind: string, id: string): Fields => ({
  can_send_message: 'AVAILABLE',
  entities: [{ entity_type: kind, id, can_send_message: 'AVAILABLE' }],
});

const numberNode = (world: World, number: NumberRecord): Fields => {
  const account = world.accounts.get(number.wabaId);
  const callbacks = {
    phone_number: number.override,
    whatsapp_business_account: account?.override,
    application: number.callbackUrl,
  };
  return {
    id: number.phoneNumberId,
    display_phone_number: number.displayPhoneNumber,
    verified_name: number.verifiedName,
    quality_rating: 'GREEN',
    status: 'CONNECTED',
    code_verification_status: 'VERIFIED',
    name_status: 'APPROVED',
    platform_type: 'CLOUD_API',
    account_mode: 'LIVE',
    is_on_biz_app: false,
    is_official_business_account: false,
    throughput: { level: 'STANDARD' },
    whatsapp_business_manager_messaging_limit: 'TIER_2K',
    health_status: health('PHONE_NUMBER', number.phoneNumberId),
    ...numberUnderFault(world, number),
    // Only the levels that are set.
    webhook_configuration: Object.fromEntries(
      Object.entries(callbacksUnderFault(world, number, callbacks)).filter(([, url]) => Boolean(url)),
    ),
  };
};

/** Sets or clears a callback override after Meta's GET check. Empty text clears. @throws 100 when the check fails */
export const changeOverride = async (
  world: World,
  holder: { override: string | null },
  uri: unknown,
  verifyToken: unknown,
): Promise<void> => {
  const callback = textOf(uri);
  if (!callback) {
    holder.override = null;
    return;
  }
  if (callback.length > 200 || !URL.canParse(callback))
    throw parameterError('Param override_callback_uri must be a valid URI of at most 200 characters.');
  if (!textOf(verifyToken)) throw required('verify_token');
  if (!(await performHandshake(callback, textOf(verifyToken), world.settings.webhookTimeoutMs))) {
    throw parameterError(
      'Invalid parameter',
      'The callback URL could not be validated. Callback verification failed.',
    );
  }
  holder.override = callback;
};

/** `GET|POST /<phone id>` */
export const phoneNumber = async (world: World, number: NumberRecord, call: Call): Promise<Answer> => {
  if (call.method === 'GET') {
    return ok(selectFields(call, numberNode(world, number), 'WhatsAppBusinessPhoneNumber', NUMBER_DEFAULTS));
  }
  if (call.method !== 'POST') throw unsupportedRequest(call.method, number.phoneNumberId);
  const config = call.params.webhook_configuration;
  if (isFields(config)) {
    await changeOverride(world, number, config.override_callback_uri, config.verify_token);
    mended(world, 'other-callback', number);
    world.changed({ kind: 'number', phoneNumberId: number.phoneNumberId });
  }
  return success();
};

/** `GET /<waba id>` */
export const account = (call: Call, record: AccountRecord): Answer => {
  if (call.method !== 'GET') throw unsupportedRequest(call.method, record.wabaId);
  const node: Fields = {
    id: record.wabaId,
    name: record.name,
    currency: 'USD',
    timezone_id: '1',
    message_template_namespace: `ns_${record.wabaId}`,
    account_review_status: 'APPROVED',
    business_verification_status: 'verified',
    ownership_type: 'SELF',
    is_enabled_for_insights: false,
    primary_business_location: 'US',
    country: 'US',
    health_status: health('WABA', record.wabaId),
  };
  const defaults = ['id', 'name', 'timezone_id', 'message_template_namespace'];
  return ok(selectFields(call, node, 'WhatsAppBusinessAccount', defaults));
};

/** `GET /<waba id>/phone_numbers` */
export const phoneNumbers = (world: World, record: AccountRecord, call: Call): Answer => {
  if (call.method !== 'GET') throw unsupportedRequest(call.method, `${record.wabaId}/phone_numbers`);
  const numbers = [...world.numbers.values()].filter(
    (number) => number.wabaId === record.wabaId && !isForeign(world, number),
  );
  const view = (number: NumberRecord): Fields =>
    selectFields(call, numberNode(world, number), 'WhatsAppBusinessPhoneNumber', NUMBER_DEFAULTS);
  return ok(pageOf(world, call, numbers, (number) => number.phoneNumberId, view));
};

const PROFILE_LIMITS: Record<string, number> = {
  about: 139,
  address: 256,
  description: 512,
  email: 128,
  vertical: 64,
};

const checkProfile = (params: Fields): Fields => {
  const changes: Fields = {};
  for (const [key, max] of Object.entries(PROFILE_LIMITS)) {
    if (params[key] === undefined) continue;
    if (textOf(params[key]).length > max)
      throw parameterError(`Param ${key} must be at most ${max} characters long.`);
    changes[key] = params[key];
  }
  if (params.websites !== undefined) {
    const sites = Array.isArray(params.websites) ? params.websites : [params.websites];
    if (sites.length > 2 || sites.some((site) => textOf(site).length > 256)) {
      throw parameterError('Param websites must have at most 2 elements of at most 256 characters.');
    }
    changes.websites = sites;
  }
  return changes;
};

/** `GET|POST /<phone id>/whatsapp_business_profile` */
export const businessProfile = (number: NumberRecord, call: Call): Answer => {
  if (call.method === 'POST') {
    if (call.params.messaging_product !== 'whatsapp') throw required('messaging_product');
    Object.assign(number.profile, checkProfile(call.params));
    return success();
  }
  if (call.method !== 'GET')
    throw unsupportedRequest(call.method, `${number.phoneNumberId}/whatsapp_business_profile`);
  const asked = call.query.get('fields')?.split(',') ?? Object.keys(number.profile);
  const shown = Object.fromEntries(Object.entries(number.profile).filter(([key]) => asked.includes(key)));
  return ok({ data: [{ ...shown, messaging_product: 'whatsapp' }] });
};
