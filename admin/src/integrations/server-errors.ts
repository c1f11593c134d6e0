import type { ApiError } from '../api/client';
import type { TranslationId } from '../translate';
import { EMPTY_NUMBER, type NumberErrors, type NumberValues } from './numbers-form';

/** What can be wrong with a filled-in field, in the viewer's language; the server speaks English. */
const OF_FIELD: Partial<Record<keyof NumberValues, TranslationId>> = {
  phoneNumber: 'form.phone',
  phoneNumberId: 'form.digits',
  businessAccountId: 'form.digits',
  endpointUrl: 'form.url',
  apiVersion: 'form.version',
};

/** Server refusals land on their fields; what names no field of ours is told as a whole. */
export const fieldErrorsOf = (error: ApiError): NumberErrors => {
  if (error.code === 'phone_number_id_taken') return { phoneNumberId: 'form.taken' };
  const errors: NumberErrors = {};
  for (const { path, message } of error.fieldErrors) {
    const name = path.replace(/^data\./, '') as keyof NumberValues;
    if (name in EMPTY_NUMBER) errors[name] = OF_FIELD[name] ?? message;
  }
  if (error.code === 'invalid_phone_number') errors.phoneNumber ??= 'form.phone';
  return errors;
};
