import type { GraphError } from '../cloud-api/graph-error';
import { RECEIVED_MEDIA_ID_TTL_MS } from '../cloud-api/limits';

export type Verdict = 'again' | 'failed' | 'expired';

/**
 * What becomes of a file whose fetch failed. A dead token or a missing right is mended by somebody; the file waits for it
 * as long as Meta keeps it, which is a week from the webhook.
 */
export const verdictOn = (
  failure: Pick<GraphError, 'retryable' | 'category'>,
  { receivedAt, now, lastTry }: { receivedAt: number; now: number; lastTry: boolean },
): Verdict => {
  if (receivedAt < now - RECEIVED_MEDIA_ID_TTL_MS) return 'expired';
  const mendable = failure.retryable || failure.category === 'credential' || failure.category === 'config';
  return mendable && !lastTry ? 'again' : 'failed';
};
