import { isE164 } from '../cloud-api/identity-format';
import { DEFAULT_GRAPH_URL, TABLES } from '../constants';
import { placeOf, type Secrets } from '../encryption/secrets';
import { invalid, WhatsAppError } from '../errors';
import { assertHost, ForbiddenAddress, type Allowance } from '../net/guarded-agent';
import { isSameServer } from './endpoint-rule';
import { ENVIRONMENT_FIELDS, type Environment, type EnvironmentField } from './environment';
import type { IntegrationRow, IntegrationWrite } from './row';
import type { IntegrationPatch } from './schema-input';

const assertPhone = (phone: string): void => {
  if (!isE164(phone)) {
    throw new WhatsAppError(
      'invalid_phone_number',
      'The phone number has to be in international form: a plus sign, country code and number, digits only (E.164).',
      { errors: [{ path: 'phoneNumber', message: 'Must be E.164, like +14155550123' }] },
    );
  }
};

/** A stored token goes only where it was given for: whoever may change an address must not learn a token by it. */
export const assertTokenStays = (
  endpointInForce: string | null,
  { endpointUrl, accessToken }: IntegrationPatch,
): void => {
  if (endpointUrl === undefined || accessToken !== undefined) return;
  if (isSameServer(endpointUrl, endpointInForce ?? DEFAULT_GRAPH_URL)) return;
  const message = 'Is needed again for another server: the stored one is not sent to a new address';
  throw invalid([{ path: 'accessToken', message }]);
};

/** Private networks are not for a number to call; names are judged again at each connection. */
export const assertEndpoint = (endpointUrl: string | undefined, allowance: Allowance): void => {
  if (endpointUrl === undefined) return;
  try {
    assertHost(new URL(endpointUrl.trim()).hostname, allowance);
  } catch (error) {
    if (!(error instanceof ForbiddenAddress)) throw error;
    throw invalid([{ path: 'endpointUrl', message: 'Must be on the public internet' }]);
  }
};

/** Values that may be repeated as they are: a form sends back what it was shown. */
const SHOWN: readonly EnvironmentField[] = [
  'phoneNumberId',
  'phoneNumber',
  'businessAccountId',
  'name',
  'endpointUrl',
  'apiVersion',
];

/** What is left of a change once the environment's fields are out of it; throws when it wants another value for one. */
export const withoutLocked = (
  row: IntegrationRow,
  environment: Environment,
  input: IntegrationPatch,
): IntegrationPatch => {
  const locked = environment.of(row.phoneNumberId);
  const wrong = ENVIRONMENT_FIELDS.filter((field) => {
    const wanted = input[field];
    if (locked[field] === undefined || wanted === undefined) return false;
    return !(SHOWN.includes(field) && wanted === locked[field]);
  });
  if (wrong.length > 0) {
    const message = 'Is set by the environment of this server and can be changed only there';
    throw invalid(wrong.map((path) => ({ path, message })));
  }
  return Object.fromEntries(
    Object.entries(input).filter(([field]) => locked[field as EnvironmentField] === undefined),
  );
};

/** A form sends back what it was shown; the same number or account is no new one. */
export const withoutRepeats = (row: IntegrationRow, input: IntegrationPatch): IntegrationPatch => {
  const { phoneNumberId, businessAccountId, ...rest } = input;
  return {
    ...rest,
    ...(phoneNumberId !== undefined && phoneNumberId !== row.phoneNumberId && { phoneNumberId }),
    ...(businessAccountId !== undefined &&
      businessAccountId !== row.businessAccountId && { businessAccountId }),
  };
};

/** Fields that are columns as they are. */
const PLAIN = {
  name: 'name',
  phoneNumber: 'phone_number',
  phoneNumberId: 'phone_number_id',
  businessAccountId: 'business_account_id',
  endpointUrl: 'endpoint_url',
  apiVersion: 'api_version',
  sandbox: 'sandbox',
  active: 'active',
  readReceipts: 'read_receipts',
  typingIndicator: 'typing_indicator',
  copyMediaToLibrary: 'copy_media_to_library',
} as const satisfies Partial<Record<keyof IntegrationPatch, keyof IntegrationWrite>>;

/** Another token, number or account: what was known of the old one no longer holds. */
const STARTS_ANEW: readonly (keyof IntegrationPatch)[] = [
  'accessToken',
  'phoneNumberId',
  'businessAccountId',
];

/**
 * Columns behind the fields that were given. Sealing comes first: without a key nothing is written at all. Secrets are
 * bound to the row of this document id.
 */
export const columnsOf = (
  secrets: Secrets,
  documentId: string,
  input: IntegrationPatch,
): IntegrationWrite => {
  if (input.phoneNumber !== undefined) assertPhone(input.phoneNumber);
  const seal = (column: string, plain: string): string =>
    secrets.seal(plain, placeOf(TABLES.integrations, documentId, column));
  const { accessToken, appSecret, verifyToken } = input;
  const columns: Record<string, unknown> = {};
  if (accessToken !== undefined) {
    columns.access_token_sealed = seal('access_token_sealed', accessToken);
    columns.access_token_last_4 = accessToken.slice(-4);
  }
  if (appSecret !== undefined) columns.app_secret_sealed = seal('app_secret_sealed', appSecret);
  if (verifyToken !== undefined) columns.verify_token_sealed = seal('verify_token_sealed', verifyToken);
  for (const [field, column] of Object.entries(PLAIN)) {
    const value = input[field as keyof typeof PLAIN];
    if (value !== undefined) columns[column] = value;
  }
  if (STARTS_ANEW.some((field) => input[field] !== undefined)) {
    Object.assign(columns, {
      connection_status: 'unverified',
      connection_message: null,
      connection_problem: null,
      health_due_at: 0,
    });
  }
  return columns as IntegrationWrite;
};
