import type { WebhookEvent } from '../cloud-api/events';
import { WhatsAppError } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { Scope } from '../storage/scope';
import type { StoredCall, WebhookLog } from '../webhooks-log/service';
import type { GroupCommit } from './buffer';
import { deliveryOf } from './delivery';
import type { Delivery } from './drain';

interface Deps {
  registry: Registry;
  buffer: GroupCommit<Delivery>;
  log: WebhookLog;
}

/** From the exact bytes, as if Meta had sent them again. */
const fromBytes = (call: StoredCall, body: Buffer, owners: ConnectedNumber[]): Delivery => {
  const { at, bytes, webhookKey, ref } = call.row;
  const delivery = deliveryOf({ text: body, bytes, webhookKey, receivedAt: at }, owners);
  return { ...delivery, record: { ...delivery.record, ref, replay: true } };
};

/** From what quarantine holds, when the bytes are gone: the events as they were read then. */
const fromQuarantine = (call: StoredCall, owners: ConnectedNumber[]): Delivery => {
  const { at, bytes, webhookKey, ref } = call.row;
  const units = call.quarantined.flatMap(({ event: text, receivedAt }) => {
    const event = JSON.parse(text) as WebhookEvent;
    const owner = owners.find((number) => number.phoneNumberId === event.phoneNumberId);
    if (!owner) return [];
    return [{ event, receivedAt, route: { integrationId: owner.id, organizationId: owner.organizationId } }];
  });
  const record = {
    organizationId: null,
    receivedAt: at,
    outcome: units.length > 0 ? 'applied' : 'ignored',
    webhookKey,
    bytes,
    events: units.length,
    summary: {},
    body: null,
    ref,
    replay: true,
  } as const;
  return { units, record: { ...record } };
};

/**
 * Applies a logged call again by the way that all calls take. What is stored already stays as it is, so that doing it
 * twice changes nothing; what was in quarantine is tried again. Only for numbers of the caller's own tenant.
 */
export const createReplay =
  ({ registry, buffer, log }: Deps) =>
  async (scope: Scope, id: number | null): Promise<void> => {
    const call = await log.open(scope, id);
    const numbers = await registry.all();
    const owners = numbers.filter((number) => number.organizationId === scope.organizationId);
    if (call.body === null && call.quarantined.length === 0) {
      throw new WhatsAppError(
        'not_replayable',
        'The content of this call is not kept any more, so it cannot be applied again.',
      );
    }
    const item = call.body === null ? fromQuarantine(call, owners) : fromBytes(call, call.body, owners);
    await buffer.push({ item, weight: Math.max(1, item.units.length), bytes: call.row.bytes });
    const { outcome, error = null, ref = null } = item.record;
    await log.settle(scope, call, { outcome, error, ref: error === null ? null : ref });
  };

export type Replay = ReturnType<typeof createReplay>;
