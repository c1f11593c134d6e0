import {
  errorRow,
  type ErrorAct,
  type ErrorClass,
  type ErrorRow,
  type RetryPolicy,
  type Stops,
} from './error-table';
import type { MetaErrorInfo } from './events';

export { errorRow } from './error-table';
export { GraphError, toGraphError } from './graph-error';

export interface ErrorDescription {
  code: number;
  /** Under which the panel has words for it; null for a code that is not in the table. */
  key: string | null;
  class: ErrorClass;
  act: ErrorAct;
  title: string;
  /** A sentence for the editor. */
  message: string;
  /** What to do next; null when nothing can be done. */
  hint: string | null;
  retry: RetryPolicy | null;
  stops: Stops;
  /** False for a code that is not in the table. */
  known: boolean;
}

/** What an error of Meta's means and asks for. Unknown codes fail with Meta's own words: retrying blindly may send twice. */
export function describeMetaError(info: MetaErrorInfo): ErrorDescription {
  const row = errorRow(info.code);
  if (row === null) return unknownError(info);
  const { key, class: kind, act, title, hint, retry, stops } = row;
  return {
    code: info.code,
    key,
    class: kind,
    act,
    title,
    message: sentence(row, info),
    hint,
    retry,
    stops,
    known: true,
  };
}

/** Milliseconds before try `attempt` (1 = the first retry); null when the policy is used up. Adds up to a quarter at random. */
export function retryDelayMs(
  policy: RetryPolicy,
  attempt: number,
  random: () => number = Math.random,
): number | null {
  if (attempt < 1 || attempt > policy.max) return null;
  return Math.round(policy.baseMs * policy.factor ** (attempt - 1) * (1 + random() / 4));
}

function sentence(row: ErrorRow, info: MetaErrorInfo): string {
  const details = row.showDetails ? (info.details ?? info.message) : null;
  return details === null ? row.message : `${row.message} Meta says: ${details}`;
}

function unknownError(info: MetaErrorInfo): ErrorDescription {
  const said = info.details ?? info.message;
  return {
    code: info.code,
    key: null,
    class: 'fail',
    act: 'agent',
    title: info.title ?? 'Refused by Meta',
    message: said === null ? 'Meta refused this without giving a reason we know.' : `Meta says: ${said}`,
    hint: null,
    retry: null,
    stops: 'nothing',
    known: false,
  };
}
