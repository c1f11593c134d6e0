import { isUnsubscribed } from '../account-faults';
import { remember, type NumberRecord, type World } from '../world';
import type { FaultSettings } from '../types';
import { toMetaBytes } from './bytes';
import { createDelivery, type Delivery } from './deliver';

/** One thing to tell the receiver. */
export interface Update {
  phoneNumberId: string;
  field: string;
  /** For the history: `message:text`, `status:read` … */
  kind: string;
  /**
   * Array under `value` that the element goes into. `value` = the element is the value, of an account-level field that
   * ignores overrides (template events); `message-value` = it is the value of a field that obeys them.
   */
  slot: 'messages' | 'statuses' | 'value' | 'message-value';
  element: Record<string, unknown>;
  contact?: Record<string, unknown>;
  /** Set for customers' messages: the tick on the phone follows the answer. */
  outWamid?: string;
}

export interface WebhookQueue {
  push(update: Update): void;
  /** Posts given bytes as they are. Resolves with the receiver's status, null when it was not reached. */
  postRaw(
    phoneNumberId: string,
    bytes: Buffer,
    options?: { signature?: string | null },
  ): Promise<number | null>;
  /** Goes on with postings that an earlier process did not get rid of. */
  resume(phoneNumberId: string): void;
  close(): void;
}

interface Batch {
  updates: Update[];
  cancel: () => void;
}

/** Where this number's updates of that level go now; null: nowhere. */
export const targetOf = (world: World, number: NumberRecord, appLevel: boolean): string | null => {
  const account = world.accounts.get(number.wabaId);
  if (!account?.subscribedApps.has(number.appId) || isUnsubscribed(world, number.phoneNumberId)) return null;
  return appLevel ? number.callbackUrl : (number.override ?? account.override ?? number.callbackUrl);
};

const valueOf = (
  number: NumberRecord,
  slot: 'messages' | 'statuses',
  updates: Update[],
): Record<string, unknown> => {
  const contacts = new Map(
    updates.flatMap((update) => (update.contact ? [[JSON.stringify(update.contact), update.contact]] : [])),
  );
  return {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: number.displayPhoneNumber.replace(/\D/g, ''),
      phone_number_id: number.phoneNumberId,
    },
    ...(contacts.size > 0 && { contacts: [...contacts.values()] }),
    [slot]: updates.map((update) => update.element),
  };
};

const groupBy = <T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

/** One `changes[]` element per number and kind; system messages stand alone, because they must not see `contacts`. */
const changesOf = (world: World, updates: Update[]): Record<string, unknown>[] => {
  const changes: Record<string, unknown>[] = [];
  const keyOf = (update: Update): string =>
    [update.phoneNumberId, update.field, update.slot, update.slot === 'messages' && !update.contact].join(
      '|',
    );
  for (const [first, ...rest] of groupBy(updates, keyOf).values()) {
    const { field, slot, phoneNumberId } = first;
    const number = world.numbers.get(phoneNumberId);
    if (!number) continue;
    if (slot === 'value' || slot === 'message-value')
      changes.push(...[first, ...rest].map((update) => ({ value: update.element, field })));
    else changes.push({ value: valueOf(number, slot, [first, ...rest]), field });
  }
  return changes;
};

const payloadOf = (world: World, updates: Update[], now: number): Record<string, unknown> => {
  const wabaOf = (update: Update): string => world.numbers.get(update.phoneNumberId)?.wabaId ?? '';
  return {
    object: 'whatsapp_business_account',
    entry: [...groupBy(updates, wabaOf)].map(([id, group]) => ({
      id,
      // Meta dates the entries of account-level fields only.
      ...(group.some((update) => update.slot === 'value') && { time: Math.floor(now / 1000) }),
      changes: changesOf(world, group),
    })),
  };
};

/** Gathers updates per destination for a moment and hands them over as one posting. */
export const createWebhookQueue = (world: World): WebhookQueue => {
  const batches = new Map<string, Batch>();
  const delivery: Delivery = createDelivery(world, (pending) => {
    const number = world.numbers.get(pending.phoneNumberId);
    const url = number && targetOf(world, number, pending.appLevel);
    return number && url ? { url, appSecret: number.appSecret } : null;
  });

  const post = (updates: Update[]): void => {
    // A number can go while its updates wait in the batch.
    const present = updates.filter((update) => world.numbers.has(update.phoneNumberId));
    if (present.length === 0) return;
    const bytes = toMetaBytes(payloadOf(world, present, world.scheduler.now()));
    // Numbers that share a posting share its fate.
    const phoneNumberIds = [...new Set(present.map((update) => update.phoneNumberId))];
    const hit = (name: 'duplicate' | 'late' | 'shuffled'): FaultSettings | null =>
      phoneNumberIds.reduce<FaultSettings | null>(
        (found, phoneNumberId) => found ?? world.faults.take(name, { phoneNumberId }),
        null,
      );
    const copies = hit('duplicate') ? 2 : 1;
    const late = hit('late');
    const shuffled = hit('shuffled');
    for (let copy = 0; copy < copies; copy += 1) {
      const pending = {
        id: world.ids.token(12),
        phoneNumberId: present[0].phoneNumberId,
        phoneNumberIds,
        appLevel: present[0].slot === 'value',
        bytes,
        kinds: present.map((update) => update.kind),
        outWamids: present.flatMap((update) => update.outWamid ?? []),
        attempt: 0,
      };
      const wait = shuffled ? Math.floor(world.ids.random() * (shuffled.delayMs ?? 0)) : 0;
      delivery.start(pending, (late?.delayMs ?? 0) + wait);
    }
  };

  const flush = (key: string): void => {
    const batch = batches.get(key);
    batches.delete(key);
    if (batch) post(batch.updates);
  };

  const push = (update: Update): void => {
    const number = world.numbers.get(update.phoneNumberId);
    const url = number && targetOf(world, number, update.slot === 'value');
    if (!number || !url) return;
    // Numbers of one app share postings; account-level events go elsewhere when an override is set.
    const key = `${url}\n${number.appSecret}\n${update.slot === 'value'}`;
    const batch = batches.get(key);
    if (!batch) {
      const cancel = world.scheduler.after(world.settings.batchWindowMs, () => flush(key));
      batches.set(key, { updates: [update], cancel });
      return;
    }
    batch.updates.push(update);
    if (batch.updates.length >= world.settings.maxBatch) {
      batch.cancel();
      flush(key);
    }
  };

  const postRaw: WebhookQueue['postRaw'] = async (phoneNumberId, bytes, options = {}) => {
    const number = world.numbers.get(phoneNumberId);
    const url = number && (targetOf(world, number, false) ?? number.callbackUrl);
    if (!number || !url) throw new Error(`Number '${phoneNumberId}' has no callback`);
    const status = await delivery.postOnce(url, number.appSecret, bytes, options.signature);
    remember(world, world.webhooks, {
      deliveryId: world.ids.token(12),
      phoneNumberIds: [phoneNumberId],
      kinds: ['raw'],
      attempt: 1,
      status,
      payload: null,
      at: world.scheduler.now(),
    });
    return status;
  };

  const close = (): void => {
    // What still waits in a batch becomes a posting that the next start goes on with.
    for (const [key, batch] of [...batches]) {
      batch.cancel();
      flush(key);
    }
    delivery.close();
  };

  return { push, postRaw, resume: delivery.resume, close };
};
