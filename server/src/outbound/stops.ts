import { errorRow } from '../cloud-api/error-table';
import type { GraphError } from '../cloud-api/graph-error';

/** How much of a number's sending has to rest, and how long before it is tried again. */
export interface Stop {
  scope: 'all' | 'bulk';
  code: string;
  reason: string;
  forMs: number;
}

const MINUTE = 60_000;
/** An admin may mend it any moment; one message then shows whether it works again. */
const PROBE_MS = 5 * MINUTE;
/** Meta, throughput: quality limits last for hours. */
const SPAM_MS = 60 * MINUTE;
/** Calls of the app or account are used up: Meta names the wait in a header, else as long as its window. */
const CALLS_USED_UP = [4, 80007];
/** The token; the lane itself waits for another one. */
const CREDENTIAL = [0, 190];

/** What an error of a send call stops beyond its own message (cloud-api.md §28); null: nothing. */
export const stopFor = (error: GraphError): Stop | null => {
  const code = error.meta?.code;
  if (code === undefined || CREDENTIAL.includes(code)) return null;
  const row = errorRow(code);
  if (row === null) return null;
  const stop = { code: String(code), reason: row.message };
  if (CALLS_USED_UP.includes(code)) return { ...stop, scope: 'all', forMs: error.retryAfterMs ?? PROBE_MS };
  if (row.stops === 'campaigns') return { ...stop, scope: 'bulk', forMs: SPAM_MS };
  return row.stops === 'number' ? { ...stop, scope: 'all', forMs: PROBE_MS } : null;
};
