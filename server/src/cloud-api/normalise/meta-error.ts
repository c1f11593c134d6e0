import type { MetaErrorInfo } from '../events';
import { isObject, list, number, object, text } from '../read';

/** Stands for a code that is missing or unreadable; 0 would mean "cannot authenticate". */
export const NO_CODE = -1;

/** One element of any `errors[]`; codes come as numbers or text, `error_data` as an object or plain text. */
export function readError(value: unknown): MetaErrorInfo | null {
  if (!isObject(value)) return null;
  const code = number(value.code);
  return {
    code: code !== null && Number.isInteger(code) ? code : NO_CODE,
    title: text(value.title),
    message: text(value.message),
    details: text(object(value.error_data)?.details) ?? text(value.error_data) ?? text(value.details),
  };
}

export function readErrors(value: unknown): MetaErrorInfo[] {
  return list(value)
    .map(readError)
    .filter((error): error is MetaErrorInfo => error !== null);
}
