import * as yup from 'yup';
import type { Integration, IntegrationInput, ReadReceipts } from '../../../server/src/integrations/contract';
import type { TranslationId } from '../translate';

export interface NumberValues {
  name: string;
  phoneNumber: string;
  phoneNumberId: string;
  businessAccountId: string;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
  endpointUrl: string;
  apiVersion: string;
  active: boolean;
  readReceipts: ReadReceipts;
  typingIndicator: boolean;
  copyMediaToLibrary: boolean;
}

export const EMPTY_NUMBER: NumberValues = {
  name: '',
  phoneNumber: '',
  phoneNumberId: '',
  businessAccountId: '',
  accessToken: '',
  appSecret: '',
  verifyToken: '',
  endpointUrl: '',
  apiVersion: '',
  active: true,
  readReceipts: 'on_open',
  typingIndicator: true,
  copyMediaToLibrary: false,
};

/** Secrets never come back from the server: their fields start empty, and empty means "as it is". */
export const valuesOf = (integration: Integration): NumberValues => ({
  ...EMPTY_NUMBER,
  name: integration.name,
  phoneNumber: integration.phoneNumber,
  phoneNumberId: integration.phoneNumberId,
  businessAccountId: integration.businessAccountId,
  endpointUrl: integration.endpointUrl,
  apiVersion: integration.apiVersion,
  active: integration.active,
  readReceipts: integration.readReceipts ?? EMPTY_NUMBER.readReceipts,
  typingIndicator: integration.typingIndicator ?? EMPTY_NUMBER.typingIndicator,
  copyMediaToLibrary: integration.copyMediaToLibrary ?? EMPTY_NUMBER.copyMediaToLibrary,
});

/** What people paste (`+90 (555) 123-45 67`, `00 90 …`) as E.164; text that is no number comes back trimmed. */
export const toE164 = (typed: string): string => {
  const text = typed.trim().replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, '');
  if (!/^(\+|00)[\d\s().\-/]+$/.test(text)) return text;
  return `+${text.replace(/^00/, '').replace(/\D/g, '')}`;
};

const E164 = /^\+[1-9]\d{6,14}$/;
const DIGITS = /^\d{5,}$/;
const MESSAGES = {
  required: 'form.required',
  phone: 'form.phone',
  digits: 'form.digits',
  url: 'form.url',
  version: 'form.version',
} satisfies Record<string, TranslationId>;

const text = () => yup.string().trim().default('');
const required = () => text().required(MESSAGES.required);
const isUrl = (value: string | undefined) => !value || /^https?:\/\/[^\s]+$/.test(value);

/** Rules of the form; messages are translation ids. Secrets are required only while the number has none. */
export const numberSchema = (existing: Integration | null) =>
  yup.object({
    name: required(),
    phoneNumber: required().test('e164', MESSAGES.phone, (value) => E164.test(toE164(value))),
    phoneNumberId: required().matches(DIGITS, { message: MESSAGES.digits, excludeEmptyString: true }),
    businessAccountId: required().matches(DIGITS, { message: MESSAGES.digits, excludeEmptyString: true }),
    accessToken: existing?.accessTokenLast4 ? text() : required(),
    appSecret: existing?.hasAppSecret ? text() : required(),
    verifyToken: text(),
    endpointUrl: text().test('url', MESSAGES.url, isUrl),
    apiVersion: text().matches(/^v\d+\.\d+$/, { message: MESSAGES.version, excludeEmptyString: true }),
    active: yup.boolean().default(true),
    readReceipts: yup.mixed().oneOf(['on_open', 'on_reply', 'never']),
    typingIndicator: yup.boolean(),
    copyMediaToLibrary: yup.boolean(),
  });

export type NumberErrors = Partial<Record<keyof NumberValues, string>>;

/** @returns field → translation id of what is wrong; empty when all is well. */
export const validateNumber = (values: NumberValues, existing: Integration | null): NumberErrors => {
  try {
    numberSchema(existing).validateSync(values, { abortEarly: false });
    return {};
  } catch (cause) {
    if (!(cause instanceof yup.ValidationError)) throw cause;
    const errors: NumberErrors = {};
    for (const { path, message } of cause.inner) {
      if (path && !errors[path as keyof NumberValues]) errors[path as keyof NumberValues] = message;
    }
    return errors;
  }
};

/**
 * The request body: phone as E.164, empty optional fields and untouched secrets left out, and so is what the environment
 * fixes.
 */
export const inputOf = (values: NumberValues, locked: readonly string[] = []): Partial<IntegrationInput> => {
  const trimmed = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value]),
  ) as unknown as NumberValues;
  const { accessToken, appSecret, verifyToken, endpointUrl, apiVersion, ...rest } = trimmed;
  const input: Partial<IntegrationInput> = {
    ...rest,
    phoneNumber: toE164(trimmed.phoneNumber),
    ...(accessToken && { accessToken }),
    ...(appSecret && { appSecret }),
    ...(verifyToken && { verifyToken }),
    ...(endpointUrl && { endpointUrl }),
    ...(apiVersion && { apiVersion }),
  };
  return Object.fromEntries(Object.entries(input).filter(([name]) => !locked.includes(name)));
};

/** Whether Meta could reach an address: https, and no name or number that only this machine or network knows. */
export const isPublicHttps = (address: string): boolean => {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  const host = url.hostname;
  const isPrivate =
    host === 'localhost' ||
    /\.(localhost|local|internal|test)$/.test(host) ||
    !/[.:]/.test(host) ||
    /^(0|10|127)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\./.test(host) ||
    /^\[(::1|f[cd]|fe80)/.test(host);
  return url.protocol === 'https:' && !isPrivate;
};
