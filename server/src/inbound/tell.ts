import type { PayloadBox } from '../webhooks-log/payload';
import { redactPayload } from '../webhooks-log/redact-payload';
import type { Delivery } from './drain';

/** Debug mode's line for each delivery: its outcome and its shape, nothing that somebody wrote. */
export const tellDeliveries = async (
  deliveries: Delivery[],
  payloads: PayloadBox,
  log: (line: string) => void,
): Promise<void> => {
  for (const { record } of deliveries) {
    const { outcome, events, bytes, summary, body } = record;
    const kept = body === null ? null : await payloads.open(body);
    const shape = kept ? redactPayload(kept, 0) : '(content not kept)';
    log(`webhook ${outcome} ${events} events ${bytes} bytes ${JSON.stringify(summary)} ${shape}`);
  }
};
