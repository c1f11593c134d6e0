import * as http from 'node:http';
import * as https from 'node:https';
import { findMessage } from '../threads';
import { remember, type PendingDelivery, type World } from '../world';
import { signBody } from './bytes';

/** How often a simulator that is down looks whether it is up again. */
const DOWN_MS = 100;

interface Target {
  url: string;
  appSecret: string;
}

export interface Delivery {
  /** Posts after `delayMs`, and again with growing pauses until the receiver answers 200. */
  start(pending: PendingDelivery, delayMs: number): void;
  /** `signature` undefined: the right one; null: none. Resolves with the status, null when unreachable. */
  postOnce(url: string, appSecret: string, bytes: Buffer, signature?: string | null): Promise<number | null>;
  /** Takes up the postings of this number that lie in `world.pending` untouched. */
  resume(phoneNumberId: string): void;
  close(): void;
}

/** Where a status of the receiver leaves the customer's own message. */
const showOnPhone = (world: World, wamids: string[], status: number | null): void => {
  if (status === null) return;
  for (const wamid of wamids) {
    const found = findMessage(world, wamid);
    if (!found || found.message.state === 'read' || found.message.state === 'arrived') continue;
    found.message.state = status === 200 ? 'arrived' : 'refused';
    const { customerId, phoneNumberId } = found.thread;
    world.changed({ kind: 'status', customerId, phoneNumberId });
  }
};

const pauseBefore = (world: World, attempt: number): number => {
  const { firstMs, factor, maxMs } = world.settings.retry;
  return Math.min(maxMs, firstMs * factor ** (attempt - 2));
};

export const createDelivery = (
  world: World,
  targetOf: (pending: PendingDelivery) => Target | null,
): Delivery => {
  const agents = {
    'http:': new http.Agent({ keepAlive: true }),
    'https:': new https.Agent({ keepAlive: true }),
  };
  const started = new Set<string>();

  const postOnce: Delivery['postOnce'] = (url, appSecret, bytes, signature) =>
    new Promise((resolve) => {
      const target = new URL(url);
      const secure = target.protocol === 'https:';
      const signed = signature === undefined ? signBody(appSecret, bytes) : signature;
      const request = (secure ? https : http).request(
        target,
        {
          method: 'POST',
          agent: agents[secure ? 'https:' : 'http:'],
          timeout: world.settings.webhookTimeoutMs,
          headers: {
            accept: '*/*',
            'content-type': 'application/json',
            'content-length': bytes.length,
            'user-agent': 'facebookexternalua',
            ...(signed !== null && { 'x-hub-signature-256': signed }),
          },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? null));
          response.on('error', () => resolve(null));
        },
      );
      // A receiver that is down or silent is an ordinary case here: null makes the caller try again later.
      request.on('timeout', () => request.destroy());
      request.on('error', () => resolve(null));
      request.end(bytes);
    });

  const attempt = async (pending: PendingDelivery): Promise<void> => {
    const target = targetOf(pending);
    if (!target) {
      world.pending.delete(pending.id);
      return;
    }
    // Nothing leaves while Meta is down; it is no attempt, and it goes on a moment after.
    if (pending.phoneNumberIds.some((phoneNumberId) => world.faults.isOn('meta-down', { phoneNumberId }))) {
      if (started.has(pending.id)) run(pending, DOWN_MS);
      return;
    }
    pending.attempt += 1;
    const status = await postOnce(target.url, target.appSecret, pending.bytes);
    remember(world, world.webhooks, {
      deliveryId: pending.id,
      phoneNumberIds: pending.phoneNumberIds,
      kinds: pending.kinds,
      attempt: pending.attempt,
      status,
      payload: JSON.parse(pending.bytes.toString('latin1')) as unknown,
      at: world.scheduler.now(),
    });
    showOnPhone(world, pending.outWamids, status);
    // Stopped meanwhile: it stays in `pending` for the next start.
    if (!started.has(pending.id)) return;
    if (status === 200 || pending.attempt >= world.settings.retry.attempts) {
      started.delete(pending.id);
      world.pending.delete(pending.id);
      world.changed({ kind: 'status' });
      return;
    }
    run(pending, pauseBefore(world, pending.attempt + 1));
  };

  const run = (pending: PendingDelivery, delayMs: number): void => {
    started.add(pending.id);
    const go = (): void => world.scheduler.track(attempt(pending));
    if (delayMs > 0) world.scheduler.after(delayMs, go);
    else go();
  };

  return {
    postOnce,
    start(pending, delayMs) {
      world.pending.set(pending.id, pending);
      run(pending, delayMs);
    },
    resume(phoneNumberId) {
      for (const pending of world.pending.values()) {
        if (pending.phoneNumberId !== phoneNumberId || started.has(pending.id)) continue;
        pending.attempt = 0;
        run(pending, 0);
      }
    },
    close() {
      started.clear();
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
};
