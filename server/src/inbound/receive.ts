import { timingSafeEqual, createHash } from 'node:crypto';
import { findSigner, isSignature } from '../cloud-api/signature';
import { WhatsAppError } from '../errors';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { GroupCommit } from './buffer';
import { deliveryOf } from './delivery';
import type { Delivery } from './drain';
import { createOutages } from './outage';

const safeEqual = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

export interface Incoming {
  /** The body exactly as sent: what was signed. Asked only when there is a signature. */
  read(): Promise<Buffer>;
  /** The body behind a content encoding; asked only once the signature held. */
  decode(raw: Buffer): Promise<Buffer>;
  signature: string | undefined;
  /** Path segment after `/webhook/`, when the number's own address was called. */
  webhookKey: string | null;
}

export interface Receiver {
  /** Resolves after the commit. Throws `invalid_signature` (401) or `storage_unavailable` (503). */
  receive(incoming: Incoming): Promise<void>;
  /** The GET handshake: the challenge to echo, or `invalid_verify_token` (403). */
  verify(query: Record<string, unknown>, webhookKey: string | null): Promise<string>;
}

export const createReceiver = (
  registry: Registry,
  buffer: GroupCommit<Delivery>,
  now: () => number,
  events: {
    onRejected(): void;
    /** Deliveries are answered 503: why, without anything from their content. At most once in ten seconds. */
    onOutage(why: string): void;
  },
): Receiver => {
  const answerTo = createOutages(now, events.onOutage);

  const ownersOf = async (raw: Buffer, { signature, webhookKey }: Incoming): Promise<ConnectedNumber[]> => {
    const known = registry.all();
    const numbers = Array.isArray(known) ? known : await known;
    const candidates = numbers
      .filter((number) => number.appSecret && (webhookKey === null || number.webhookKey === webhookKey))
      .map((number) => ({ secret: number.appSecret as string }));
    const secrets = new Set(findSigner(candidates, raw, signature).map(({ secret }) => secret));
    // A secret opens the numbers of its own app and no others, whatever the body claims.
    return numbers.filter((number) => number.appSecret !== null && secrets.has(number.appSecret));
  };

  const unsigned = (): WhatsAppError => {
    events.onRejected();
    return new WhatsAppError(
      'invalid_signature',
      'The request is not signed with the app secret of any number that is connected here.',
    );
  };

  const store = async (incoming: Incoming): Promise<void> => {
    const raw = await incoming.read();
    const owners = await ownersOf(raw, incoming);
    if (owners.length === 0) throw unsigned();
    const { webhookKey } = incoming;
    const text = await incoming.decode(raw);
    const item = deliveryOf({ text, bytes: raw.length, webhookKey, receivedAt: now() }, owners);
    await buffer.push({ item, weight: Math.max(1, item.units.length), bytes: raw.length });
  };

  return {
    async receive(incoming) {
      if (!isSignature(incoming.signature)) throw unsigned();
      try {
        await store(incoming);
      } catch (error) {
        throw answerTo(error);
      }
    },
    async verify(query, webhookKey) {
      const token = query['hub.verify_token'];
      const challenge = query['hub.challenge'];
      const numbers = await registry.all();
      let matched = false;
      for (const number of numbers) {
        if (webhookKey !== null && number.webhookKey !== webhookKey) continue;
        if (number.verifyToken && typeof token === 'string' && safeEqual(number.verifyToken, token))
          matched = true;
      }
      if (!matched || query['hub.mode'] !== 'subscribe' || typeof challenge !== 'string') {
        throw new WhatsAppError(
          'invalid_verify_token',
          'The verify token belongs to no number that is connected here.',
        );
      }
      return challenge;
    },
  };
};
